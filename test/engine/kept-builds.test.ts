import assert from 'node:assert/strict';
import { it } from 'node:test';
import { keptBuild } from '../../shared-rules/engine/kept-builds.ts';

const TOP = 'top/kustomization.yaml';
const own = { path: 'base/web.yaml', text: 'apiVersion: v1\nkind: Pod\nmetadata: { name: web }\n', file: undefined };
const top = (text: string) => ({ path: TOP, text, file: TOP });
const first = top('namePrefix: a-\nresources: [../base/web.yaml]\n');

function built(kustomization: typeof first, of = own, isNeeded?: (path: string) => boolean) {
  return keptBuild(TOP, of, (path) => (path === own.path ? of : path === TOP ? kustomization : undefined), isNeeded);
}

it('a kustomization is built once for all parts of a file, and anew when something it depends on is another', () => {
  const kept = built(first);
  assert.equal(built(first), kept);
  assert.notEqual(built(first, { ...own }), kept);
  const second = top('namePrefix: b-\nresources: [../base/web.yaml]\n');
  const names = [first, second].map((kustomization) => built(kustomization).objects[0]?.root?.at('metadata', 'name'));
  assert.deepEqual(
    names.map((name) => name?.text),
    ['a-web', 'b-web'],
  );
  assert.equal(built(first, own, () => true).objects.length, 1);
  assert.equal(built(first, own, () => false).objects.length, 0);
});
