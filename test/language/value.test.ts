import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import { splitDocuments } from '../../shared-rules/language/yaml/split.ts';
import type { Value } from '../../shared-rules/language/yaml/value.ts';

function read(text: string): Value {
  const [document] = splitDocuments(text).flatMap((range) => YamlDocument.parse(text, range));
  assert.ok(document?.root);
  return document.root;
}

function textAt(text: string, value: Value | undefined): string | undefined {
  return value && text.slice(value.range.start, value.range.end);
}

describe('a boolean', () => {
  // As sigs.k8s.io/yaml v1.6.0 decodes them into a Go bool; undefined is what it refuses.
  const cases: [string, boolean | undefined][] = [
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['y', true],
    ['Yes', true],
    ['on', true],
    ['!!bool "true"', true],
    ['false', false],
    ['n', false],
    ['NO', false],
    ['Off', false],
    ['tRue', undefined],
    ['"true"', undefined],
    ["'yes'", undefined],
    ['!!str true', undefined],
    ['1', undefined],
    ['', undefined],
    ['[true]', undefined],
  ];
  for (const [text, expected] of cases)
    it(`${text || 'nothing'} is ${expected}`, () => assert.equal(read(`a: ${text}`).get('a')?.boolean, expected));
});

describe('null', () => {
  for (const text of ['', '~', 'null', 'Null', 'NULL', '# only a comment', '!reset 5'])
    it(`"${text}" counts as absent`, () => {
      const root = read(`a: ${text}\nb: 1`);
      assert.equal(root.get('a'), undefined);
      assert.equal(root.field('a')?.value.isNull, true);
    });
  it('a quoted "null" is a text', () => assert.equal(read('a: "null"').get('a')?.text, 'null'));
});

describe('a field', () => {
  it('is found through aliases and merge keys, at the place where it is written', () => {
    const text = 'base: &base\n  a: 1\n  b: 2\nuse:\n  <<: *base\n  b: 3\nalias: *base\n';
    const root = read(text);
    assert.equal(root.at('use', 'a')?.text, '1');
    assert.equal(root.at('use', 'a')?.shared, true);
    assert.equal(root.at('use', 'a')?.range.start, text.indexOf('1'));
    assert.equal(root.at('use', 'b')?.text, '3');
    assert.equal(root.at('use', 'b')?.shared, false);
    assert.equal(root.at('alias', 'b')?.text, '2');
    assert.deepEqual(
      root
        .get('use')
        ?.fields()
        .map(({ name }) => name),
      ['b', 'a'],
    );
  });

  it('takes the earlier of several merged mappings, and the later of several equal keys', () => {
    const root = read('x: &x { a: 1 }\ny: &y { a: 2, b: 2 }\nuse: { <<: [*x, *y] }\ntwice: { a: 1, a: 2 }');
    assert.equal(root.at('use', 'a')?.text, '1');
    assert.equal(root.at('use', 'b')?.text, '2');
    assert.equal(root.at('twice', 'a')?.text, '2');
  });

  // As go-yaml v2 (sigs.k8s.io/yaml), v3 and v4 read them.
  const mergeKeys: [string, string[]][] = [
    ['<<', ['p']],
    ['!!merge <<', ['p']],
    ['"<<"', ['<<']],
    ["'<<'", ['<<']],
    ['!!str <<', ['<<']],
  ];
  for (const [key, expected] of mergeKeys)
    it(`${key} brings ${expected.join()}`, () => {
      const use = read(`x: &x { p: 1 }\nuse:\n  ${key}: *x\n`).get('use');
      assert.deepEqual(
        use?.fields().map(({ name }) => name),
        expected,
      );
    });

  // Objects as sigs.k8s.io/yaml 1.4 reads them, by go-yaml v2; others as go-yaml v3 does, which refuses two `<<`.
  const merges: [string, { inObject: object; elsewhere: object }][] = [
    ['{ <<: *a, p: 9 }', { inObject: { p: '9', q: '1' }, elsewhere: { p: '9', q: '1' } }],
    ['{ p: 9, <<: *a }', { inObject: { p: '1', q: '1' }, elsewhere: { p: '9', q: '1' } }],
    ['{ <<: *a, <<: *b }', { inObject: { p: '2', q: '1' }, elsewhere: { p: '1', q: '1' } }],
    ['{ <<: [*a, *b] }', { inObject: { p: '1', q: '1' }, elsewhere: { p: '1', q: '1' } }],
    ['{ <<: *a, p: 9, <<: [*b, *a] }', { inObject: { p: '2', q: '1' }, elsewhere: { p: '9', q: '1' } }],
    ['{ r: 9, <<: { p: 3, r: 3 } }', { inObject: { p: '3', r: '3' }, elsewhere: { p: '3', r: '9' } }],
    ['{ <<: *c, q: 9 }', { inObject: { p: '1', q: '9' }, elsewhere: { p: '4', q: '9' } }],
  ];
  for (const [mapping, { inObject, elsewhere }] of merges)
    it(`of ${mapping} is the one that its reader takes`, () => {
      const text = `a: &a { p: 1, q: 1 }\nb: &b { p: 2 }\nc: &c { p: 4, <<: *a }\nuse: ${mapping}\n`;
      const fields = (root: Value) => root.get('use')?.fields() ?? [];
      const texts = (root: Value) => Object.fromEntries(fields(root).map(({ name, value }) => [name, value.text]));
      assert.deepEqual(texts(read(`apiVersion: v1\nkind: Pod\n${text}`)), inObject);
      assert.deepEqual(texts(read(text)), elsewhere);
    });

  it('follows the anchor defined last before the alias', () => {
    const root = read('a: &x 1\nb: *x\nc: &x 2\nd: *x');
    assert.deepEqual([root.get('b')?.text, root.get('d')?.text], ['1', '2']);
  });

  it('is unknown behind an alias without an anchor, and absent behind one that holds itself', () => {
    assert.equal(read('a: *nowhere').get('a')?.isUnknown, true);
    const circle = read('a: &x\n  <<: *x\n  b: *x');
    assert.equal(circle.at('a', 'b', 'b', 'b', 'c'), undefined);
  });

  it('has a path a person can follow', () => {
    const root = read('spec:\n  containers:\n    - labels: { "a.b/c": 1 }');
    const container = root.at('spec', 'containers')?.items()[0];
    assert.equal(container?.at('labels', 'a.b/c')?.path, 'spec.containers[0].labels["a.b/c"]');
  });
});

describe('a range', () => {
  const texts: [string, string][] = [
    ['line ends of Windows', 'first: 1\r\nsecond:\r\n  key: "quoted value"\r\n'],
    ['a byte order mark', '\uFEFFfirst: 1\nsecond:\n  key: "quoted value"\n'],
    ['characters of two units', 'first: "\u{1F433}\u{1F433}"\nsecond:\n  key: "quoted value" # \u{1F433}\n'],
    ['JSON', '{"first": 1,\n\t"second": {"key": "quoted value"}}'],
    ['a document behind others', '---\na: 1\n---\nfirst: 1\nsecond:\n  key: "quoted value"\n'],
  ];
  for (const [name, text] of texts)
    it(`is true with ${name}`, () => {
      const roots = splitDocuments(text).flatMap((range) => YamlDocument.parse(text, range));
      const value = roots.at(-1)?.root?.at('second', 'key');
      assert.equal(textAt(text, value), '"quoted value"');
      assert.equal(value?.text, 'quoted value');
      const part = value?.rangeOf('value');
      assert.equal(part && text.slice(part.start, part.end), 'value');
    });
  it('of a part is the whole scalar where escapes hide it', () => {
    const text = 'a: "tab\\tvalue"';
    const part = read(text).get('a')?.rangeOf('value');
    assert.equal(part && text.slice(part.start, part.end), '"tab\\tvalue"');
  });
});

describe('a text of several documents', () => {
  it('is split at markers in the first column only', () => {
    const text = 'a: |\n  ---\n  b\n---\nc: "---"\n--- # comment\nd: 1\n---e: 2\n';
    const parts = splitDocuments(text).map(({ start, end }) => text.slice(start, end));
    assert.deepEqual(parts, ['a: |\n  ---\n  b\n', '---\nc: "---"\n', '--- # comment\nd: 1\n---e: 2\n']);
  });
  it('loses nothing behind a broken document', () => {
    const text = 'a: "unclosed\n---\nb: [unclosed\n---\nc: 1\n';
    const documents = splitDocuments(text).flatMap((range) => YamlDocument.parse(text, range));
    assert.equal(documents.at(-1)?.root?.get('c')?.text, '1');
    assert.ok((documents[0]?.problems.length ?? 0) > 0);
    for (const { range } of documents.flatMap(({ problems }) => problems)) assert.ok(range.end <= text.length);
  });
});

describe('hostile input', () => {
  it('an alias bomb gives unknown values after its budget, and ends', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
    );
    const root = read(`l0: &l0 [x]\n${levels.join('\n')}\n`);
    let open = [root.get('l30')];
    for (let level = 0; level < 6; level++) open = open.flatMap((value) => value?.items() ?? []);
    assert.ok(open.length > 0);
    assert.ok(open.some((value) => value?.isUnknown));
  });
  it('absurd nesting is a problem, not an exception', () => {
    const [document] = YamlDocument.parse('['.repeat(50_000), { start: 0, end: 50_000 });
    assert.match(document?.problems[0]?.message ?? '', /nested too deeply/);
  });
});
