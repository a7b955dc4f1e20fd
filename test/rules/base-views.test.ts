import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { itemsIn } from '../../shared-rules/engine/views.ts';
import { rangeInFile } from '../../shared-rules/language/place.ts';
import { isWritten } from '../../shared-rules/language/yaml/presence.ts';
import { readManifest } from '../../shared-rules/model/manifest.ts';
import type { View, ViewContext, Viewed } from '../../shared-rules/rules/api.ts';
import {
  containerSetting,
  objectsOfKind,
  podSetting,
  type SettingItem,
  serviceSetting,
} from '../../shared-rules/rules/base-views.ts';

/** These views ask for nothing beside what they read. */
const NO_CONTEXT = {} as ViewContext;

function items<Item extends Viewed>(view: View<Item>, path: string, text: string): Item[] {
  return readManifest(path, text, () => true).contents.flatMap((content) => itemsIn(view, content, NO_CONTEXT));
}

/** Each setting as `name: presence at place`. */
function settings(view: View<SettingItem>, path: string, text: string): string[] {
  return items(view, path, text).map(({ name, presence, at }) => {
    const { start, end } = rangeInFile(at);
    return `${name}: ${isWritten(presence) ? 'written' : presence} at ${text.slice(start, end)}`;
  });
}

describe('objectsOfKind', () => {
  const text =
    'apiVersion: v1\nkind: List\nitems:\n  - { apiVersion: a/v1, kind: Role }\n  - { apiVersion: a/v1, kind: RoleBinding }\n';
  it('gives the objects of its kinds, also those in a list', () => {
    const kinds = (view: ReturnType<typeof objectsOfKind>) =>
      items(view, 'a.yaml', text).map(({ object }) => object.kind);
    assert.deepEqual(kinds(objectsOfKind('RoleBinding')), ['RoleBinding']);
    assert.deepEqual(kinds(objectsOfKind(/^Role/)), ['Role', 'RoleBinding']);
  });

  it('says which kinds have to be parsed', () => assert.deepEqual(objectsOfKind('Role').kinds, ['Role']));
});

describe('serviceSetting', () => {
  const view = serviceSetting('security_opt');
  const compose = (...lines: string[]) => settings(view, 'compose.yaml', ['services:', ...lines, ''].join('\n'));

  it('gives a value that is written, or the name of the service', () => {
    assert.deepEqual(compose('  a: { image: i, security_opt: [x] }', '  b: { build: . }'), [
      'service a: written at [x]',
      'service b: absent at b',
    ]);
  });

  it('takes it from the service of the same file that is extended', () => {
    assert.deepEqual(compose('  a: { image: i, security_opt: [x] }', '  b: { extends: a }'), [
      'service a: written at [x]',
      'service b: written at [x]',
    ]);
  });

  it('does not know what is missing where another file may add it', () => {
    assert.deepEqual(compose('  a: { image: i, extends: { file: f, service: a } }', '  b: { ports: [80] }'), [
      'service a: unknown at a',
      'service b: unknown at b',
    ]);
  });

  it('gives the service with it', () => {
    const [item] = items(view, 'compose.yaml', 'services:\n  a: { image: i }\n');
    assert.equal(item?.service.value.get('image')?.text, 'i');
  });
});

describe('the settings of a pod', () => {
  const pod =
    'apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n  containers:\n    - name: c\n      image: i\n      resources: { limits: { cpu: 1 } }\n';

  it('stand at the last key on the way that is there', () => {
    const name = 'container c of Pod p';
    const limit = (key: string) => settings(containerSetting('resources', 'limits', key), 'a.yaml', pod);
    assert.deepEqual(limit('cpu'), [`${name}: written at 1`]);
    assert.deepEqual(limit('memory'), [`${name}: absent at limits`]);
    assert.deepEqual(settings(containerSetting('securityContext'), 'a.yaml', pod), [`${name}: absent at c`]);
    assert.deepEqual(settings(podSetting('hostUsers'), 'a.yaml', pod), ['the pod of Pod p: absent at spec']);
  });

  it('are not known where a patch says less than the pod', () => {
    const patch = pod.replace('      image: i\n', '');
    assert.deepEqual(settings(podSetting('hostUsers'), 'a.yaml', patch), ['the pod of Pod p: unknown at spec']);
  });
});
