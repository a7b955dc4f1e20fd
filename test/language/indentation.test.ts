import assert from 'node:assert/strict';
import { test } from 'node:test';
import { yamlComments } from '../../shared-rules/language/comments.ts';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import type { Value } from '../../shared-rules/language/yaml/value.ts';

function read(text: string) {
  const [document] = YamlDocument.parse(text, { start: 0, end: text.length });
  return document!;
}

/** Scalars as texts, as all of them are texts in these examples. */
function dataOf(value: Value): unknown {
  if (value.isMapping) return Object.fromEntries(value.fields().map((field) => [field.name, dataOf(field.value)]));
  return value.isSequence ? value.items().map(dataOf) : value.text;
}

/**
 * What `sigs.k8s.io/yaml` 1.6.0 (kubectl) and `go.yaml.in/yaml/v4` (Compose) read, both: print `YAMLToJSON` of the one and
 * `Unmarshal` into `any` of the other to get the right side again.
 */
const READ_BY_GO_YAML: readonly (readonly [string, unknown])[] = [
  ['k: "a\nb\n"\nz: end\n', { k: 'a b ', z: 'end' }],
  ['p:\n  k: "a\n b\n "\n  j: x\nz: end\n', { p: { k: 'a b ', j: 'x' }, z: 'end' }],
  ['p:\n  k: "a\n\n  b"\n  j: x\nz: end\n', { p: { k: 'a\nb', j: 'x' }, z: 'end' }],
  ["p:\n- k: 'a\n  it''s\n  '\n  j: x\nz: end\n", { p: [{ k: "a it's ", j: 'x' }], z: 'end' }],
  ['p:\n  k: "a\\\n\tb"\n  j: x\n', { p: { k: 'ab', j: 'x' } }],
  ['p:\n  k: "say \\"x\\"\n  # no comment"\n  j: x # one\n', { p: { k: 'say "x" # no comment', j: 'x' } }],
  ['k: "a\n- b: c\n"\nz: end\n', { k: 'a - b: c ', z: 'end' }],
  ['p:\n- k: [a,\nb\n]\n  j: x\n- [c\n]\nz: end\n', { p: [{ k: ['a', 'b'], j: 'x' }, ['c']], z: 'end' }],
  ['p:\n  k: {a: b,\nc: d\n}\n  j: x\n', { p: { k: { a: 'b', c: 'd' }, j: 'x' } }],
  ['p:\n  k: [ {\n  a: [b,\nc] }, "d\n  e"\n  ] # f\n  j: x\n', { p: { k: [{ a: ['b', 'c'] }, 'd e'], j: 'x' } }],
  ['p:\n  k: [a\nb, c]\n  j: x\n', { p: { k: ['a b', 'c'], j: 'x' } }],
  ['p:\n  k: [a, # b ]\n\n# c\nd]\n  j: x\n', { p: { k: ['a', 'd'], j: 'x' } }],
  ['k: "a\r\nb\r\n"\r\nz: end\r\n', { k: 'a b ', z: 'end' }],
  ['a: "b"#c\nd: [e]#f\ng: [h,#i\n j]\n', { a: 'b', d: ['e'], g: ['h', 'j'] }],
];

for (const [text, data] of READ_BY_GO_YAML) {
  test(`what go-yaml accepts is read as it reads it: ${JSON.stringify(text)}`, () => {
    const document = read(text);
    assert.deepEqual(document.problems, []);
    assert.deepEqual(dataOf(document.root!), data);
  });
}

test('an escaped single quote in double quotes does not make a text broken, other escapes that go-yaml refuses do', () => {
  assert.deepEqual(read('a: "it\\\'s"\nb: c\n').problems, []);
  assert.equal(read('a: "it\\qs"\nb: c\n').problems.length, 1);
});

test('ranges of such scalars and of what is behind them are exact', () => {
  const text = 'p:\n  k: "a\n  b"\n  j: x\n';
  const { root } = read(text);
  const written = (value: Value) => text.slice(value.range.start, value.range.end);
  assert.equal(written(root!.at('p', 'k')!), '"a\n  b"');
  assert.equal(written(root!.at('p', 'j')!), 'x');
});

test('what is not closed ends at the next line that is not indented enough, and what is behind it is read', () => {
  for (const open of ['"x', "'x", '[x, y', '{x: y', '[x, "y', '["x", [y]', '{x: [y}']) {
    const document = read(`p:\n  k: ${open}\n  j: x\nq:\n  r: ["s", 't']\n`);
    assert.notEqual(document.problems.length, 0, open);
    assert.equal(document.root!.at('q', 'r')?.items()[1]?.text, 't', open);
  }
});

test('a marker ends what is not closed', () => {
  for (const text of ['k: "a\n---\nb"\n', 'k: [a,\n---\nb]\n']) assert.notEqual(read(text).problems.length, 0, text);
});

test('a comment is none inside such a scalar', () => {
  const text = 'p:\n  k: "a\n  # b\n  " # c\n  # d\n';
  const comments = yamlComments(text, { start: 0, end: text.length });
  assert.deepEqual(
    comments.map(({ range }) => text.slice(range.start, range.end)),
    ['# c', '# d'],
  );
});

test('collections that are not closed are looked through to the end only so often', () => {
  const parsedIn = (lines: number) => read(`p:\n${'  k: [a,\n  b\n'.repeat(lines)}q: end\n`);
  assert.equal(parsedIn(2000).root!.get('q')?.text, 'end');
});
