import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { buildKustomization } from '../../shared-rules/assembly/kustomize/build.ts';

type Files = Readonly<Record<string, string>>;

const POD = 'apiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: nginx}]}\n';

function build(files: Files, options = {}, path = 'k/kustomization.yaml') {
  const sources = (file: string) => (Object.hasOwn(files, file) ? { text: files[file] as string, file } : undefined);
  const built = buildKustomization(path, sources, options);
  const missing = built.missing.map(({ at, message }) => {
    const text = files[at.file as string]?.slice(at.range.start, at.range.end) ?? '';
    return `${text.split('\n')[0]}: ${message}`;
  });
  const names = built.objects.map(({ root }) => root?.at('metadata', 'name')?.text);
  return { ...built, missing, names };
}

/** A kustomization of one Pod, and what of it is missing. */
function missingIn(kustomization: string, files: Files = {}): string[] {
  const text = `resources: [pod.yaml]\n${kustomization}`;
  return build({ 'k/kustomization.yaml': text, 'k/pod.yaml': POD, ...files }).missing;
}

const OPERATION = '[{"op": "remove", "path": "/spec/none"}]';

describe('what a build of a kustomization leaves out', () => {
  const cases: readonly [name: string, kustomization: string, files: Files, expected: readonly string[]][] = [
    ['nothing', 'namePrefix: a-\n', {}, []],
    [
      'a remote base',
      'bases: ["https://github.com/a/b//c?ref=v1"]\n',
      {},
      ['"https://github.com/a/b//c?ref=v1": https://github.com/a/b//c?ref=v1 is remote and was not read'],
    ],
    [
      'a remote base without a protocol',
      'bases: [github.com/a/b]\n',
      {},
      ['github.com/a/b: github.com/a/b is remote and was not read'],
    ],
    ['a missing file', 'bases: [none.yaml]\n', {}, ['none.yaml: k/none.yaml was not found']],
    [
      'a circle',
      'bases: [../b]\n',
      { 'b/kustomization.yaml': 'resources: [../k]\n' },
      ['../k: ../k leads in a circle'],
    ],
    [
      'a folder that holds this one',
      'bases: [..]\n',
      { 'kustomization.yaml': 'resources: []\n' },
      ['..: .. leads in a circle'],
    ],
    ['itself', 'bases: [.]\n', {}, ['.: . leads in a circle']],
    ['a chart', 'helmCharts: [{name: x}]\n', {}, ['helmCharts: charts are not built into kustomizations']],
    [
      'another schema',
      'openapi: {path: x.json}\n',
      {},
      ['openapi: other schemas than that of Kubernetes are not read'],
    ],
    ['an unknown field', 'resource: [x]\n', {}, ['resource: Kustomize refuses the unknown field resource']],
    [
      'a plugin',
      'transformers: [t.yaml]\n',
      { 'k/t.yaml': 'apiVersion: example.com/v1\nkind: Mine\nmetadata: {name: x}\n' },
      ['apiVersion: example.com/v1: the transformer Mine is not run'],
    ],
    [
      'a function',
      'generators: [t.yaml]\n',
      {
        'k/t.yaml':
          'apiVersion: v1\nkind: Mine\nmetadata: {name: x, annotations: {config.kubernetes.io/function: "exec: {path: ./x}"}}\n',
      },
      ['apiVersion: v1: the generator Mine is not run'],
    ],
    [
      'a component as a resource',
      'bases: [../c]\n',
      { 'c/kustomization.yaml': 'kind: Component\nresources: []\n' },
      ['../c: ../c is a component'],
    ],
    [
      'a kustomization as a component',
      'components: [../c]\n',
      { 'c/kustomization.yaml': 'resources: []\n' },
      ['../c: ../c is no component'],
    ],
    ['the same object twice', 'bases: [again.yaml]\n', { 'k/again.yaml': POD }, ['again.yaml: Pod p is there already']],
    [
      'a resource without a name',
      'bases: [x.yaml]\n',
      { 'k/x.yaml': 'kind: Pod\n' },
      ['x.yaml: k/x.yaml has an object without a name'],
    ],
    [
      'a resource without a kind',
      'bases: [x.yaml]\n',
      { 'k/x.yaml': 'a: b\n' },
      ['x.yaml: k/x.yaml has an object without a kind'],
    ],
    [
      'a resource with a syntax error',
      'bases: [x.yaml]\n',
      { 'k/x.yaml': 'a: [b\n' },
      ['x.yaml: k/x.yaml has a syntax error'],
    ],
    ['a folder as a patch', 'patches: [{path: ../c}]\n', { 'c/kustomization.yaml': '' }, ['../c: c was not found']],
    [
      'a patch without anything',
      'patches: [{target: {kind: Pod}}]\n',
      {},
      ['{target: {kind: Pod}}: a patch has a path or a text'],
    ],
    [
      'a patch for nothing',
      'patches: [{patch: "{apiVersion: v1, kind: Pod, metadata: {name: q}}"}]\n',
      {},
      ['"{apiVersion: v1, kind: Pod, metadata: {name: q}}": there is no Pod q for this patch'],
    ],
    [
      'a patch that is a text',
      'patches: [{patch: hello}]\n',
      {},
      ['hello: this patch has a document that is no mapping'],
    ],
    [
      'operations without a target',
      `patches: [{patch: '${OPERATION}'}]\n`,
      {},
      [`'${OPERATION}': a list of operations has a target`],
    ],
    [
      'an operation that fails',
      `patches: [{target: {kind: Pod}, patch: '${OPERATION}'}]\n`,
      {},
      ['{"op": "remove", "path": "/spec/none"}: none does not exist'],
    ],
    [
      'an expression that is none',
      `patches: [{target: {kind: "("}, patch: '${OPERATION}'}]\n`,
      {},
      ['"(": this regular expression is not supported'],
    ],
    ['replicas of nothing', 'replicas: [{name: x, count: 1}]\n', {}, ['x: nothing with replicas is called x']],
    [
      'a missing file of a generator',
      'configMapGenerator: [{name: c, files: [x.txt]}]\n',
      {},
      ['x.txt: k/x.txt was not found'],
    ],
    [
      'a generator that merges into nothing',
      'configMapGenerator: [{name: c, behavior: merge}]\n',
      {},
      ['merge: there is no ConfigMap c to merge'],
    ],
    [
      'a source that is nothing',
      'replacements: [{source: {kind: Job}, targets: [{select: {kind: Pod}}]}]\n',
      {},
      ['{kind: Job}: no object is this source'],
    ],
    [
      'a field that is not there',
      'replacements: [{source: {kind: Pod}, targets: [{select: {kind: Pod}, fieldPaths: [spec.x.y]}]}]\n',
      {},
      ['spec.x.y: Pod p has no field spec.x.y'],
    ],
    [
      'a variable without a value',
      'vars: [{name: V, objref: {apiVersion: v1, kind: Job, name: x}}]\n',
      {},
      ['{name: V, objref: {apiVersion: v1, kind: Job, name: x}}: there is no value for the variable V'],
    ],
    ['a missing configuration', 'configurations: [x.yaml]\n', {}, ['x.yaml: k/x.yaml was not found']],
  ];
  for (const [name, kustomization, files, expected] of cases)
    it(`says what is missing: ${name}`, () => assert.deepEqual(missingIn(kustomization, files), expected));

  it('builds what is left', () => {
    const files = { 'k/kustomization.yaml': 'resources: [https://x.com/a.yaml, pod.yaml]\n', 'k/pod.yaml': POD };
    assert.deepEqual(build(files).names, ['p']);
  });

  it('builds nothing where there is no kustomization', () => {
    for (const text of ['', '- a\n', 'a: [\n', 'text\n'])
      assert.deepEqual(build({ 'k/kustomization.yaml': text }).objects, []);
    assert.deepEqual(build({}).objects, []);
  });

  it('leaves files of resources unread that are not needed, and calls nothing missing because of it', () => {
    const files = {
      'k/kustomization.yaml': 'resources: [pod.yaml, job.yaml]\npatches: [{path: p.yaml}]\n',
      'k/pod.yaml': POD,
      'k/p.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\nspec: {}\n',
    };
    const built = build(
      { ...files, 'k/job.yaml': 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: j}\n' },
      { isNeeded: (path: string) => path === 'k/pod.yaml' },
    );
    assert.deepEqual(built.names, ['p']);
    assert.deepEqual(built.missing, []);
    assert.deepEqual([...built.read], ['k/kustomization.yaml', 'k/pod.yaml', 'k/p.yaml']);
  });
});

describe('a build of some files', () => {
  it('runs transformers all the same', () => {
    const files = {
      'k/kustomization.yaml': 'resources: [pod.yaml]\ntransformers: [t.yaml]\n',
      'k/pod.yaml': POD,
      'k/t.yaml':
        'apiVersion: builtin\nkind: PrefixTransformer\nmetadata: {name: t}\nprefix: a-\nfieldSpecs: [{path: metadata/name}]\n',
    };
    assert.deepEqual(build(files, { isNeeded: (path: string) => path === 'k/pod.yaml' }).names, ['a-p']);
  });
});

describe('a build of a hostile kustomization', () => {
  it('reads no more than a bound', () => {
    const files: Record<string, string> = {};
    const names = Array.from({ length: 2_100 }, (_, index) => `p${index}.yaml`);
    for (const name of names) files[`k/${name}`] = POD.replace('name: p', `name: ${name}`);
    files['k/kustomization.yaml'] = `resources: [${names.join(', ')}]\n`;
    const built = build(files);
    assert.equal(built.read.size, 2_000);
    assert.ok(built.missing.length > 0 && built.missing.length <= 200);
    const large = `a: ${'x'.repeat(17 * 1024 * 1024)}\n`;
    assert.ok(build({ 'k/kustomization.yaml': 'resources: [a.yaml]\n', 'k/a.yaml': large }).characters < 100);
  });

  it('follows kustomizations so far', () => {
    const files: Record<string, string> = { 'k/kustomization.yaml': 'resources: [../f0]\n' };
    for (let at = 0; at < 40; at++) files[`f${at}/kustomization.yaml`] = `resources: [../f${at + 1}]\n`;
    assert.equal(build(files).missing.length, 1);
  });

  it('reads a folder that many use as often as it is used, to a bound', () => {
    const files: Record<string, string> = { 'f0/kustomization.yaml': 'resources: []\n' };
    for (let at = 1; at < 19; at++)
      files[`f${at}/kustomization.yaml`] = `resources: [../f${at - 1}, ../f${at - 1}/../f${at - 1}, ./../f${at - 1}]\n`;
    files['k/kustomization.yaml'] = 'resources: [../f18]\n';
    assert.ok(build(files).missing.length > 0);
  });

  it('does not grow with nested aliases', () => {
    const levels = Array.from({ length: 12 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at}, `.repeat(9)}*a${at}]`);
    const bomb = `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: bomb}\na0: &a0 [x]\n${levels.join('\n')}\n`;
    const built = build({
      'k/kustomization.yaml': 'resources: [a.yaml, pod.yaml]\n',
      'k/a.yaml': bomb,
      'k/pod.yaml': POD,
    });
    assert.ok(built.names.includes('p') || built.missing.length > 0);
  });

  it('takes names that JavaScript knows for names', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, labels: {__proto__: a, constructor: b}}\n';
    const target = 'patches: [{target: {labelSelector: "toString"}, patch: "[]"}]\n';
    const built = build({ 'k/kustomization.yaml': `resources: [a.yaml]\n${target}`, 'k/a.yaml': text });
    const labels = built.objects[0]?.root?.at('metadata', 'labels');
    assert.deepEqual(
      labels?.fields().map(({ name }) => name),
      ['__proto__', 'constructor'],
    );
    assert.equal(({} as { a?: unknown }).a, undefined);
  });

  it('matches expressions in linear time', () => {
    const pod = POD.replace('name: p', `name: ${'a'.repeat(20_000)}`);
    const kustomization = `resources: [pod.yaml]\npatches:\n  - target: {name: "(a|a)*(a*)*b"}\n    patch: '${OPERATION}'\nimages:\n  - {name: "(n|n)*x", newTag: a}\n`;
    assert.deepEqual(build({ 'k/kustomization.yaml': kustomization, 'k/pod.yaml': pod }).missing, []);
  });
});
