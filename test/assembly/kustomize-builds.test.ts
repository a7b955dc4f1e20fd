import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isScalar, Scalar } from 'yaml';
import { buildKustomization } from '../../shared-rules/assembly/kustomize/build.ts';
import type { Value } from '../../shared-rules/language/yaml/value.ts';

type Files = Readonly<Record<string, string>>;

/**
 * Kustomizations, and the objects that Kustomize (api v0.21.2) builds from each. To make `expected` anew, write the files of a
 * case, with those of `base` where it has them, to a folder, and take what
 * `kustomize build --load-restrictor LoadRestrictionsNone top` prints there as an array of JSON. The random ones were taken as
 * they came, but for those that Kustomize refuses.
 */
interface Case {
  readonly name: string;
  readonly files: Files;
  readonly hasBase?: true;
  readonly path: string;
  readonly expected: readonly unknown[];
}

const { base, cases }: { readonly base: Files; readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(new URL('kustomize-builds.json', import.meta.url), 'utf8'),
);

function build(files: Files, path: string) {
  return buildKustomization(path, (file) =>
    Object.hasOwn(files, file) ? { text: files[file] as string, file } : undefined,
  );
}

/** What a value is for Kustomize, which reads YAML 1.2. */
function dataOf(value: Value): unknown {
  if (value.isMapping) return Object.fromEntries(value.fields().map((field) => [field.name, dataOf(field.value)]));
  if (value.isSequence) return value.allItems().map(dataOf);
  const { node } = value;
  assert.ok(isScalar(node));
  const text = String(node.value);
  if (node.type !== undefined && node.type !== Scalar.PLAIN) return text;
  if (value.isNull) return null;
  if (/^(?:true|false)$/.test(text)) return text === 'true';
  return /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : text;
}

function objectsOf(files: Files, path: string): unknown[] {
  return build(files, path).objects.map(({ root }) => dataOf(root as Value));
}

function filesOf({ files, hasBase }: Case): Files {
  return hasBase ? { ...base, ...files } : files;
}

function scalarsIn(value: Value): Value[] {
  if (value.isMapping) return value.fields().flatMap((field) => scalarsIn(field.value));
  return value.isSequence ? value.allItems().flatMap(scalarsIn) : [value];
}

/** Another text in the place of a scalar; undefined where no scalar of one line is there. */
function otherText(written: string): string | undefined {
  if (/[\n:[{]/.test(written.replace(/^(["'])(.*)\1$/s, ''))) return undefined;
  if (/^["']/.test(written)) return `${written[0]}z${written.slice(1)}`;
  if (/^\d+$/.test(written)) return `${written}7`;
  if (/^(?:true|false)$/.test(written)) return written === 'true' ? 'false' : 'true';
  return `z${written}`;
}

/** So many scalars of a case are changed. */
const CHANGED = 12;

describe('buildKustomization', () => {
  for (const one of cases)
    it(`builds what Kustomize builds: ${one.name}`, () => {
      const files = filesOf(one);
      const { missing } = build(files, one.path);
      assert.deepEqual(objectsOf(files, one.path), one.expected);
      assert.deepEqual(missing, []);
    });

  it('knows where each scalar is written: another text there is another object', () => {
    for (const one of cases) {
      const files = filesOf(one);
      const { objects } = build(files, one.path);
      const scalars = objects.flatMap(({ root }) => scalarsIn(root as Value));
      const step = Math.max(1, Math.floor(scalars.length / CHANGED));
      for (let at = 0; at < scalars.length; at += step) {
        const { range, file, path } = scalars[at] as Value;
        const text = files[file as string];
        assert.ok(text !== undefined && range.end <= text.length, `${one.name}: ${path} is in ${file}`);
        const other = otherText(text.slice(range.start, range.end));
        if (other === undefined) continue;
        const changed = text.slice(0, range.start) + other + text.slice(range.end);
        const after = objectsOf({ ...files, [file as string]: changed }, one.path);
        assert.notDeepEqual(after, one.expected, `${one.name}: ${path} is written at ${file}:${range.start}`);
      }
    }
  });

  it('copies nothing that no template or patch changes, so that it can be repaired where it is written', () => {
    const [one] = cases as [Case];
    const document = build(filesOf(one), one.path).objects.find(({ root }) => root?.get('kind')?.text === 'Deployment');
    const root = document?.root as Value;
    const field = root
      .at('spec', 'template', 'spec', 'containers')
      ?.items()[0]
      ?.at('securityContext')
      ?.field('privileged');
    assert.equal(field?.document.file, 'base/web.yaml');
    assert.equal(field.origin?.value.text, 'true');
    assert.equal(field.value.file, 'base/web.yaml');
  });

  it('says where a patch and a transformer have written what they write', () => {
    const files = {
      ...base,
      'top/kustomization.yaml':
        'resources: [../base]\nnamespace: prod\nimages:\n  - name: nginx\n    newTag: "2"\nreplicas:\n  - name: web\n    count: 5\nlabels:\n  - pairs: {team: a}\npatches:\n  - path: p.yaml\n',
      'top/p.yaml':
        'apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\nspec: {template: {spec: {hostNetwork: true}}}\n',
    };
    const document = build(files, 'top/kustomization.yaml').objects.find(
      ({ root }) => root?.get('kind')?.text === 'Deployment',
    );
    const root = document?.root as Value;
    const written = (value: Value | undefined) => {
      const { range, file } = value as Value;
      return [file, files[file as keyof typeof files]?.slice(range.start, range.end)];
    };
    const pod = root.at('spec', 'template', 'spec');
    assert.deepEqual(written(pod?.get('hostNetwork')), ['top/p.yaml', 'true']);
    assert.deepEqual(written(root.at('metadata', 'namespace')), ['top/kustomization.yaml', 'prod']);
    assert.deepEqual(written(root.at('metadata', 'labels', 'team')), ['top/kustomization.yaml', 'a']);
    assert.deepEqual(written(root.at('spec', 'replicas')), ['top/kustomization.yaml', '5']);
    assert.deepEqual(written(pod?.get('containers')?.items()[0]?.get('image')), ['top/kustomization.yaml', '"2"']);
  });
});
