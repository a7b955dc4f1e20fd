import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { applyOperations } from '../../shared-rules/assembly/kustomize/json-patch.ts';
import { copyOf, isNull, nameOf, nodeAt } from '../../shared-rules/assembly/kustomize/nodes.ts';
import { mergePatch, type PatchUse } from '../../shared-rules/assembly/kustomize/strategic-merge.ts';
import { TreeBuilder } from '../../shared-rules/assembly/tree-builder.ts';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import type { Value } from '../../shared-rules/language/yaml/value.ts';

/**
 * Patches, and what `kustomize build` (api v0.21.2) prints for `resources: [base.yaml]` and one entry of `patches` with
 * `path: patch.yaml`, as JSON; `target: {kind: KIND}` where it is selected or a list of operations. The random ones were taken
 * as they came. What Kustomize refuses has no result.
 */
interface Case {
  readonly name: string;
  readonly base: string;
  readonly patch?: string;
  readonly use?: PatchUse;
  readonly operations?: string;
  readonly expected?: readonly unknown[];
}

const CASES: readonly Case[] = JSON.parse(readFileSync(new URL('kustomize-patches.json', import.meta.url), 'utf8'));

type Texts = Readonly<Record<string, string>>;

function rootOf(text: string, file: string): Value {
  return YamlDocument.parse(text, { start: 0, end: text.length }, { file })[0]?.root as Value;
}

function apply({ base, patch, use, operations }: Omit<Case, 'name'>) {
  const tree = new TreeBuilder();
  const target = copyOf(tree, rootOf(base, 'base')) as YAMLMap;
  const before = JSON.stringify(dataOf(target));
  const outcome =
    operations === undefined
      ? mergePatch(tree, target, rootOf(patch as string, 'patch'), use)
      : applyOperations(tree, target, rootOf(operations, 'patch'));
  assert.equal(JSON.stringify(dataOf(target)), before, 'the object that is given stays as it is');
  if ('refused' in outcome) return { refused: outcome.refused, at: outcome.at };
  return { root: outcome.result && (tree.build(outcome.result).root as Value), node: outcome.result };
}

/** A tree as Kustomize prints it as JSON. */
function dataOf(node: unknown): unknown {
  if (isMap(node)) return Object.fromEntries(node.items.map((pair) => [nameOf(pair as Pair), dataOf(pair.value)]));
  if (isSeq(node)) return node.items.map(dataOf);
  if (!isScalar(node) || isNull(node)) return null;
  const text = String(node.value);
  const isText = (node.type !== undefined && node.type !== 'PLAIN') || node.tag === 'tag:yaml.org,2002:str';
  if (isText) return text;
  if (/^(?:true|false)$/.test(text)) return text === 'true';
  const digits = text.replaceAll('_', '');
  if (/^0[0-7]+$/.test(digits)) return Number.parseInt(digits, 8);
  return /^-?(?:\d|\.\d)/.test(digits) && !Number.isNaN(Number(digits)) ? Number(digits) : text;
}

/** Annotations that are left empty go elsewhere in a build. */
function withoutNothing(data: unknown): unknown {
  const { metadata } = (data ?? {}) as { metadata?: { annotations?: unknown } };
  if (metadata?.annotations === null) delete metadata.annotations;
  return data;
}

/** Asserts that each key and scalar is where its place says. */
function assertPlaces(value: Value, texts: Texts): void {
  const textAt = (file: string | undefined, { start, end }: { start: number; end: number }) =>
    texts[file ?? '']?.slice(start, end) ?? '';
  for (const field of value.fields()) {
    const written = textAt(field.document.file, field.range).replaceAll('~1', '/').replaceAll('~0', '~');
    assert.ok(written.includes(field.name), `${field.value.path} is written as ${written}`);
    assertPlaces(field.value, texts);
  }
  for (const item of value.allItems()) assertPlaces(item, texts);
  if (!isScalar(value.node)) return;
  const [line = ''] = String(value.node.value).split('\n');
  assert.ok(textAt(value.file, value.range).includes(line), `${value.path} is at ${textAt(value.file, value.range)}`);
}

describe('patches of Kustomize', () => {
  for (const one of CASES)
    it(one.name, () => {
      const { refused, root, node } = apply(one);
      assert.equal(refused === undefined, one.expected !== undefined, refused);
      if (refused !== undefined) return;
      assert.deepEqual(node ? [withoutNothing(dataOf(node))] : [], one.expected);
      if (root) assertPlaces(root, { base: one.base, patch: one.patch ?? (one.operations as string) });
    });
});

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n';

describe('where a patched object is written', () => {
  const base = `${POD}  hostPID: false\n  containers:\n  - name: a\n    securityContext:\n      runAsUser: 0\n`;
  const patch = `${POD}  hostPID: true\n  containers:\n  - name: b\n  - name: a\n    securityContext:\n      privileged: true\n`;
  const placesOf = (root: Value, ...names: readonly string[]) => {
    const field = root.at(...names.slice(0, -1))?.field(names.at(-1) as string);
    return [field?.document.file, field?.value.file];
  };

  it('has what both have where the base has it, and the rest where it is from', () => {
    const { root } = apply({ base, patch });
    const [added, both] = root?.at('spec', 'containers')?.items() ?? [];
    assert.deepEqual(placesOf(root as Value, 'spec', 'containers'), ['base', 'base']);
    assert.deepEqual(placesOf(root as Value, 'spec', 'hostPID'), ['patch', 'patch']);
    assert.deepEqual([added?.file, both?.file], ['patch', 'base']);
    assert.equal(both?.range.start, base.indexOf('name: a', base.indexOf('containers')));
    assert.deepEqual(placesOf(both as Value, 'securityContext'), ['base', 'base']);
    assert.deepEqual(placesOf(both as Value, 'securityContext', 'runAsUser'), ['base', 'base']);
    assert.deepEqual(placesOf(both as Value, 'securityContext', 'privileged'), ['patch', 'patch']);
  });

  it('has what an operation sets at its path and value', () => {
    const operations = '- op: add\n  path: /spec/hostIPC\n  value: true\n';
    const { root } = apply({ base, operations });
    const field = root?.get('spec')?.field('hostIPC');
    assert.equal(field?.range.start, operations.indexOf('/spec'));
    assert.equal(field?.value.range.start, operations.indexOf('true'));
    assert.deepEqual([field?.document.file, field?.value.boolean], ['patch', true]);
  });

  it('names the place in the patch that cannot be applied', () => {
    const wrong = `${POD}  containers:\n  - name: a\n    securityContext: [x]\n`;
    const { refused, at } = apply({ base, patch: wrong });
    assert.equal(refused, 'this is a list, and what it is merged with is a mapping');
    assert.deepEqual([at?.file, at?.range.start], ['patch', wrong.indexOf('[x]')]);
  });
});

describe('hostile patches', () => {
  const bomb = [
    'b0: &b0 [x, x, x, x, x, x, x, x]',
    ...Array.from({ length: 9 }, (_, i) => `b${i + 1}: &b${i + 1} [${Array(8).fill(`*b${i}`)}]`),
  ];
  const wide = `b0: &b0 [${'x, '.repeat(2_000)}]\nb1: [${'*b0, '.repeat(2_000)}]\n`;

  it('end where aliases stand for too much', () => {
    assert.ok(apply({ base: POD, patch: `${POD}${bomb.join('\n')}\n` }));
    assert.equal(
      apply({ base: POD, patch: POD + wide }).refused,
      'this and what was built before are too large together',
    );
  });

  it('end where trees are nested deeply', () => {
    const deep = `${POD}  x: ${'{a: '.repeat(1_000)}1${'}'.repeat(1_000)}\n`;
    assert.ok(apply({ base: deep, patch: deep.replace('1}', '2}') }).root);
    const nested = Array.from({ length: 600 }, (_, i) => ({ op: 'move', from: `/m${i}`, path: `/m${i + 1}/x` }));
    const base = POD + Array.from({ length: 601 }, (_, i) => `m${i}: {}\n`).join('');
    assert.equal(apply({ base, operations: JSON.stringify(nested) }).refused, 'this is nested too deeply');
  });

  it('end where operations copy what they copied', () => {
    const operations = JSON.stringify(Array(60).fill({ op: 'copy', from: '/x', path: '/x/-' }));
    assert.notEqual(apply({ base: `${POD}x: [a]\n`, operations }).refused, undefined);
  });

  it('end where items that lack keys would have to be compared with each other', () => {
    const ports = (from: number) =>
      Array.from({ length: 2_000 }, (_, i) => `{port: ${from + i}${i === 0 ? ', protocol: TCP' : ''}}`);
    const service = (from: number) =>
      `apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {ports: [${ports(from)}]}\n`;
    assert.equal(apply({ base: service(0), patch: service(1_000) }).refused, 'there are too many items to merge');
  });

  it('keep names that objects of JavaScript have', () => {
    const names = 'constructor: 1\n__proto__: {a: 1}\ntoString: [x]\n';
    const { node } = apply({ base: POD + names, patch: `${POD}${names.replaceAll('1', '2')}` });
    assert.deepEqual(
      [nodeAt(node, 'constructor'), nodeAt(node, '__proto__', 'a')].map((one) => (one as Node).toJSON()),
      ['2', '2'],
    );
  });

  it('take operations that are no list for none', () => {
    for (const operations of ['{}', 'text', '1', 'null'])
      assert.notEqual(apply({ base: POD, operations }).refused, undefined);
  });
});
