import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits } from '../../shared-rules/language/text.ts';
import { addDocument, put, remove, replace, type YamlChange } from '../../shared-rules/language/yaml/change.ts';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import { editsFor } from '../../shared-rules/language/yaml/edit.ts';
import { settle } from '../../shared-rules/language/yaml/settle.ts';
import { snapshotOf } from '../../shared-rules/language/yaml/snapshot.ts';
import { splitDocuments } from '../../shared-rules/language/yaml/split.ts';
import type { Plain } from '../../shared-rules/language/yaml/style.ts';
import type { Field, Value } from '../../shared-rules/language/yaml/value.ts';

/** The text after changes, whose tree must be the one they ask for; undefined when they are refused. */
function after(text: string, changesTo: (root: Value) => YamlChange[]): string | undefined {
  const parse = (source: string) => YamlDocument.parse(source, { start: 0, end: source.length })[0];
  const document = parse(text);
  assert.ok(document?.root);
  const settled = settle(changesTo(document.root));
  const edits = settled && editsFor(text, settled);
  if (!edits) return undefined;
  const result = applyEdits(text, edits);
  const reread = parse(result);
  assert.deepEqual(reread?.problems, []);
  assert.deepEqual(snapshotOf(reread?.root?.node), snapshotOf(document.root.node, settled));
  return result;
}

/** Removes what stands at paths such as `a.b` or `list.1`. */
function without(text: string, ...paths: string[]): string | undefined {
  return after(text, (root) =>
    paths.map((path) => {
      const names = path.split('.');
      const last = names.pop() as string;
      const owner = names.reduce<Value | undefined>(
        (value, name) => (/^\d+$/.test(name) ? value?.items()[Number(name)] : value?.get(name)),
        root,
      );
      const entry = /^\d+$/.test(last) ? owner?.items()[Number(last)] : owner?.field(last);
      assert.ok(entry, path);
      return remove(entry);
    }),
  );
}

describe('removing an entry of a block', () => {
  const cases: [string, string, string[], string | undefined][] = [
    ['takes its line', 'a: 1\nb: 2\nc: 3\n', ['b'], 'a: 1\nc: 3\n'],
    ['takes the comment beside it', 'a: 1\nb: 2 # why\nc: 3\n', ['b'], 'a: 1\nc: 3\n'],
    ['keeps comments above and below', 'a: 1\n# above\nb: 2\n# below\nc: 3\n', ['b'], 'a: 1\n# above\n# below\nc: 3\n'],
    ['keeps blank lines', 'a: 1\n\nb: 2\n\nc: 3\n', ['b'], 'a: 1\n\n\nc: 3\n'],
    ['takes the lines of a deep value', 'a:\n  x:\n    - 1\n    # in\n    - 2\nb: 1\n', ['a.x'], 'a: {}\nb: 1\n'],
    ['takes the whole block scalar', 'a: |\n  x\n\n  y\nb: 1\n', ['a'], 'b: 1\n'],
    ['leaves the blank lines behind a block scalar', 'a: |\n  x\n\n\nb: 1\n', ['a'], '\n\nb: 1\n'],
    ['works in the first line', 'a: 1\nb: 2\n', ['a'], 'b: 2\n'],
    ['works in the last line', 'a: 1\nb: 2\n', ['b'], 'a: 1\n'],
    ['adds no final newline', 'a: 1\nb: 2', ['b'], 'a: 1'],
    ['keeps line ends of Windows', 'a: 1\r\nb: 2\r\nc: 3\r\n', ['b'], 'a: 1\r\nc: 3\r\n'],
    ['without final newline, with line ends of Windows', 'a: 1\r\nb: 2', ['b'], 'a: 1'],
    ['keeps a byte order mark', '\uFEFFb: 2\nc: 3\n', ['c'], '\uFEFFb: 2\n'],
    ['takes an empty value', 'a:\nb: 1\n', ['a'], 'b: 1\n'],
    ['takes quoted keys', '"a b": 1\nc: 2\n', ['a b'], 'c: 2\n'],
    ['moves the next key up to the dash', '- a: 1\n  b: 2\n', ['0.a'], '- b: 2\n'],
    ['keeps a comment on its way to the dash', '- a: 1 # x\n  # y\n  b: 2\n', ['0.a'], '- # y\n  b: 2\n'],
    ['takes several keys beside a dash', '- a: 1\n  b: 2\n  c: 3\n', ['0.a', '0.b'], '- c: 3\n'],
    ['leaves an empty mapping beside a dash', '- a: 1\n- b: 2\n', ['0.a'], '- {}\n- b: 2\n'],
    ['leaves an empty mapping behind a key', 'a: # why\n  b: 1\nc: 2\n', ['a.b'], 'a: {} # why\nc: 2\n'],
    ['takes an item', 'l:\n  - 1\n  - 2 # two\n  - 3\n', ['l.1'], 'l:\n  - 1\n  - 3\n'],
    ['takes an item of a flush list', 'l:\n- 1\n- 2\nb: 1\n', ['l.1'], 'l:\n- 1\nb: 1\n'],
    ['takes an item of several lines', 'l:\n  - a: 1\n    b: 2\n  - c: 1\n', ['l.0'], 'l:\n  - c: 1\n'],
    ['takes an item below its dash', 'l:\n  -\n    a: 1\n  - 2\n', ['l.0'], 'l:\n  - 2\n'],
    ['takes a list with its last item', 'a: 1\nl:\n  - 1\n  - 2\nb: 1\n', ['l.0', 'l.1'], 'a: 1\nb: 1\n'],
    ['takes an alias', 'x: &x 1\na: *x\nb: 1\n', ['a'], 'x: &x 1\nb: 1\n'],
    ['keeps tabs before comments', 'a: 1\t# one\nb: 2\t# two\nc: 3\n', ['b'], 'a: 1\t# one\nc: 3\n'],
    ['keeps mixed line ends', 'a: 1\r\nb: 2\nc: 3\r\n', ['b'], 'a: 1\r\nc: 3\r\n'],
    ['takes the later of equal keys, and leaves the other', 'a: 1\nb: 2\na: 3\n', ['a'], 'a: 1\nb: 2\n'],
    [
      'counts characters of two units as two',
      'a: "\u{1F433}\u{1F433}"\nb: 2 # \u{1F433}\nc: 3\n',
      ['b'],
      'a: "\u{1F433}\u{1F433}"\nc: 3\n',
    ],
    [
      'works deep down',
      'a:\n- b:\n  - c:\n    - d: 1\n      e: 2\n',
      ['a.0.b.0.c.0.e'],
      'a:\n- b:\n  - c:\n    - d: 1\n',
    ],
    ['takes a value with an anchor nobody uses', 'a: &x 1\nb: 2\n', ['a'], 'b: 2\n'],
    ['takes a folded scalar that keeps its line ends', 'a: >+\n  x\n\nb: 1\n', ['a'], '\nb: 1\n'],
    ['takes a quoted scalar of several lines', 'a: "x\n  y"\nb: 1\n', ['a'], 'b: 1\n'],
    ['is refused for an explicit key', '? a\n: 1\nb: 2\n', ['a'], undefined],
    [
      'is made at the anchor that an alias repeats',
      'x: &x\n  a: 1\n  b: 2\ny: *x\n',
      ['x.a'],
      'x: &x\n  b: 2\ny: *x\n',
    ],
    ['is made at the anchor through its alias', 'x: &x\n  a: 1\n  b: 2\ny: *x\n', ['y.a'], 'x: &x\n  b: 2\ny: *x\n'],
    [
      'is made at the anchor through a merge key',
      'x: &x\n  a: 1\n  b: 2\ny:\n  <<: *x\n',
      ['y.a'],
      'x: &x\n  b: 2\ny:\n  <<: *x\n',
    ],
    ['is refused where it would empty an anchor', 'x: &x\n  a: 1\ny:\n  <<: *x\n  b: 2\n', ['y.a'], undefined],
    ['is refused for the last key of a document', 'a: 1\n', ['a'], undefined],
  ];
  for (const [name, text, paths, expected] of cases) it(name, () => assert.equal(without(text, ...paths), expected));
});

describe('replacing a scalar', () => {
  const cases: [string, string, string, string][] = [
    ['keeps its quotes', "a: 'b' # c\n", 'x', "a: 'x' # c\n"],
    ['writes a comma without quotes in a block', 'a: b\n', 'x,y', 'a: x,y\n'],
    ['writes a comma in quotes between brackets', 'l: ["c"]\nm: { a: b }\n', 'x,y', 'l: ["c"]\nm: { a: "x,y" }\n'],
    ['keeps its quotes between brackets', "m: { a: 'b' }\n", 'x,y', "m: { a: 'x,y' }\n"],
  ];
  for (const [name, text, value, expected] of cases)
    it(name, () => {
      const changed = after(text, (root) => [replace((root.at('m', 'a') ?? root.get('a')) as Value, value)]);
      assert.equal(changed, expected);
    });
});

describe('removing an entry of a flow collection', () => {
  const cases: [string, string, string[], string][] = [
    ['takes the first with its comma', '{ a: 1, b: 2, c: 3 }', ['a'], '{ b: 2, c: 3 }'],
    ['takes one in the middle', '{ a: 1, b: 2, c: 3 }', ['b'], '{ a: 1, c: 3 }'],
    ['takes the last with the comma before it', '{ a: 1, b: 2 }', ['b'], '{ a: 1 }'],
    ['takes several', '[1, 2, 3, 4]', ['1', '3'], '[1, 3]'],
    ['takes all', 'x: { a: 1 }', ['x.a'], 'x: {  }'],
    ['keeps the shape over several lines', '{\n  "a": 1,\n  "b": 2\n}\n', ['a'], '{\n  "b": 2\n}\n'],
    ['keeps the shape at the end too', '{\n  "a": 1,\n  "b": 2\n}\n', ['b'], '{\n  "a": 1\n}\n'],
    ['keeps a comment before it', 'x: {\n  a: 1, # one\n  b: 2\n}\n', ['x.b'], 'x: {\n  a: 1 # one\n}\n'],
    ['keeps a comment line behind it', 'x: {\n  a: 1,\n  # two\n  b: 2\n}\n', ['x.a'], 'x: {\n  # two\n  b: 2\n}\n'],
    ['keeps a comma at the end', '[\n  1,\n  2,\n]\n', ['1'], '[\n  1,\n]\n'],
    ['keeps tabs of JSON', '{\n\t"a": 1,\n\t"b": [\n\t\t1\n\t]\n}\n', ['a'], '{\n\t"b": [\n\t\t1\n\t]\n}\n'],
    ['keeps JSON on one line', '{"a":{"b":1,"c":2},"d":3}', ['a.b'], '{"a":{"c":2},"d":3}'],
    [
      'works in a nested flow mapping',
      '- { a: { b: 1, c: [x, y] } } # c\n',
      ['0.a.c.0'],
      '- { a: { b: 1, c: [y] } } # c\n',
    ],
    ['finds commas in strings harmless', '{ a: "1, 2", b: "x" }', ['a'], '{ b: "x" }'],
  ];
  for (const [name, text, paths, expected] of cases) it(name, () => assert.equal(without(text, ...paths), expected));
});

describe('putting data into a mapping', () => {
  const cases: [string, string, string[], Plain, string | undefined][] = [
    ['adds a key at its end', 'a:\n  b: 1 # why\nc: 2\n', ['a', 'd'], true, 'a:\n  b: 1 # why\n  d: true\nc: 2\n'],
    [
      'adds a key behind a block scalar',
      'a:\n  b: |\n    x\nc: 2\n',
      ['a', 'd'],
      1,
      'a:\n  b: |\n    x\n  d: 1\nc: 2\n',
    ],
    ['adds a key behind a deep value', 'a:\n  b:\n    - x: 1\n', ['a', 'd'], 1, 'a:\n  b:\n    - x: 1\n  d: 1\n'],
    ['makes the mappings on the way', 'a: 1\n', ['b', 'c', 'd'], 1, 'a: 1\nb:\n  c:\n    d: 1\n'],
    ['keeps the indent of the file', 'a:\n    b: 1\n', ['a', 'c', 'd'], 1, 'a:\n    b: 1\n    c:\n        d: 1\n'],
    ['writes lists as the file does', 'a:\n- 1\n', ['b'], ['x'], 'a:\n- 1\nb:\n- x\n'],
    ['writes indented lists as the file does', 'a:\n  - 1\n', ['b'], ['x'], 'a:\n  - 1\nb:\n  - x\n'],
    [
      'quotes what would not be text',
      "a: 'x'\n",
      ['b'],
      ['yes', 'plain', '1'],
      "a: 'x'\nb:\n  - 'yes'\n  - plain\n  - '1'\n",
    ],
    [
      'writes addresses and sizes as text',
      'a: 1\n',
      ['b'],
      ['127.0.0.1', '1gb', '1.5', '12:30'],
      'a: 1\nb:\n  - 127.0.0.1\n  - 1gb\n  - "1.5"\n  - "12:30"\n',
    ],
    ['adds no final newline', 'a: 1', ['b'], 1, 'a: 1\nb: 1'],
    ['keeps line ends of Windows', 'a: 1\r\n', ['b', 'c'], 1, 'a: 1\r\nb:\r\n  c: 1\r\n'],
    ['fills a key without a value', 'a: # why\nb: 1\n', ['a', 'c'], 1, 'a: # why\n  c: 1\nb: 1\n'],
    ['adds to a flow mapping', 'a: { b: 1 }\n', ['a', 'c'], true, 'a: { b: 1, c: true }\n'],
    ['adds to an empty flow mapping', 'a: {}\n', ['a', 'c'], 1, 'a: { c: 1 }\n'],
    ['adds to a flow mapping of several lines', 'a: {\n  b: 1,\n}\n', ['a', 'c'], 1, 'a: {\n  b: 1,\n  c: 1,\n}\n'],
    [
      'adds to JSON',
      '{\n  "a": {\n    "b": 1\n  }\n}\n',
      ['a', 'c'],
      ['x'],
      '{\n  "a": {\n    "b": 1,\n    "c": ["x"]\n  }\n}\n',
    ],
    ['adds to JSON on one line', '{"a": {}}', ['a', 'c'], 'x', '{"a": {"c": "x"}}'],
    ['replaces a scalar', 'a: yes # why\n', ['a'], false, 'a: false # why\n'],
    ['changes nothing that is so already', 'a: { b: x }\nl: [y]\n', ['l'], ['y', 'z'], 'a: { b: x }\nl: [y, z]\n'],
    [
      'adds the items that a list lacks',
      'l:\n  - a # why\n  - b\nc: 1\n',
      ['l'],
      ['b', 'd'],
      'l:\n  - a # why\n  - b\n  - d\nc: 1\n',
    ],
    ['merges mappings', 'a:\n  b: 1\n', ['a'], { b: 2, c: { d: 1 } }, 'a:\n  b: 2\n  c:\n    d: 1\n'],
    ['works beside a dash', '- a: 1\n- b: 1\n', [], [{ c: 1, d: [1] }], '- a: 1\n- b: 1\n- c: 1\n  d:\n    - 1\n'],
    ['is refused for a key below a list', 'a: [1]\n', ['a', 'b'], 1, undefined],
    ['is refused for a list in place of a scalar', 'a: 1\n', ['a'], ['x'], undefined],
    ['is refused for a written null', 'a: null\n', ['a', 'b'], 1, undefined],
  ];
  for (const [name, text, keys, data, expected] of cases)
    it(name, () =>
      assert.equal(
        after(text, (root) => [put(root, keys, data)]),
        expected,
      ),
    );

  it('gathers several puts into one new mapping', () => {
    const text = after('c:\n  name: a\n', (root) => [
      put(root, ['c', 'securityContext', 'capabilities', 'drop'], ['ALL']),
      put(root, ['c', 'securityContext', 'privileged'], false),
    ]);
    assert.equal(
      text,
      'c:\n  name: a\n  securityContext:\n    capabilities:\n      drop:\n        - ALL\n    privileged: false\n',
    );
  });
});

it('entries are added at the ends of several collections that end on one line', () => {
  const text = 's:\n  l:\n    - a: 1\n';
  const changed = after(text, (root) => [
    put(root, ['s', 'z'], 3),
    put(root.at('s', 'l')?.items()[0] as Value, ['b'], 2),
    put(root, ['s', 'l'], ['c']),
  ]);
  assert.equal(changed, 's:\n  l:\n    - a: 1\n      b: 2\n    - c\n  z: 3\n');
});

it('entries come and go at the same end of a collection', () => {
  const change = (text: string) => after(text, (root) => [remove(root.field('b') as Field), put(root, ['c'], 3)]);
  assert.equal(change('a: 1\nb: 2 # why\n'), 'a: 1\nc: 3\n');
  assert.equal(change('a: 1\nb: 2'), 'a: 1\nc: 3');
  assert.equal(change('{ a: 1, b: 2 }'), '{ a: 1, c: 3 }');
  assert.equal(change('b: 2\n'), undefined);
  const around = after('s:\n  a:\n    x: 1\n    y: 2\n', (root) => [
    remove(root.at('s', 'a')?.field('y') as Field),
    put(root, ['s', 'b', 'z'], 3),
  ]);
  assert.equal(around, 's:\n  a:\n    x: 1\n  b:\n    z: 3\n');
});

it('the only entry of a mapping gives way to another', () => {
  const change = (text: string) =>
    after(text, (root) => [remove(root.get('s')?.field('a') as Field), put(root, ['s', 'b'], 2)]);
  assert.equal(change('s:\n  a: 1 # why\nt: 3\n'), 's:\n  b: 2\nt: 3\n');
  assert.equal(change('s: # all\n  # above\n  a:\n    - 1\n    - 2'), 's: # all\n  # above\n  b: 2');
  assert.equal(change('s: { a: 1 }\n'), 's: { b: 2 }\n');
  assert.equal(change('{"s": {"a": 1}}'), '{"s": {"b": 2}}');
});

describe('a text of several documents', () => {
  const text = '# head\na: 1\nb: 2\n# between\n---\n# second\na: 1\nb: 2\n';
  const [, second] = splitDocuments(text).flatMap((range) => YamlDocument.parse(text, range));
  const edit = (change: YamlChange) => {
    const settled = settle([change]);
    return applyEdits(text, (settled && editsFor(text, settled)) ?? []);
  };
  it('changes in the document a change is about', () => {
    assert.equal(edit(remove(second?.root?.field('a') as Field)), text.replace('# second\na: 1\n', '# second\n'));
    assert.equal(edit(put(second?.root as Value, ['c'], 3)), `${text}c: 3\n`);
  });
  it('takes a change in one of them only', () => {
    const [first] = splitDocuments(text).flatMap((range) => YamlDocument.parse(text, range));
    const fields = [first, second].map((document) => document?.root?.field('a') as Field);
    assert.equal(settle(fields.map(remove)), undefined);
  });
});

describe('adding a document', () => {
  const cases: [string, string, string | undefined][] = [
    ['at the end', 'a: 1\n', 'a: 1\n---\nb:\n  - 1\n'],
    ['without final newline', 'a: 1', 'a: 1\n---\nb:\n  - 1'],
    ['with line ends of Windows', 'a: 1\r\n', 'a: 1\r\n---\r\nb:\r\n  - 1\r\n'],
    ['is refused in JSON', '{"a": 1}', undefined],
    ['is refused behind an explicit end', 'a: 1\n...\n', undefined],
  ];
  for (const [name, text, expected] of cases)
    it(name, () => {
      const document = YamlDocument.parse(text, { start: 0, end: text.length })[0];
      const settled = settle([addDocument({ b: [1] }, document?.root as Value)]);
      const edits = settled && editsFor(text, settled);
      assert.equal(edits && applyEdits(text, edits), expected);
    });
});

describe('replacing a scalar', () => {
  const cases: [string, string][] = [
    ['a: yes # c\n', 'a: no # c\n'],
    ['a: "yes"\n', 'a: "no"\n'],
    ["a: 'yes'\n", "a: 'no'\n"],
    ['{ a: yes, b: 1 }', '{ a: no, b: 1 }'],
  ];
  for (const [text, expected] of cases)
    it(`keeps the rest of ${text.trim()}`, () => {
      assert.equal(
        after(text, (root) => [replace(root.get('a') as Value, 'no')]),
        expected,
      );
    });
  it('is refused for a block scalar', () => {
    assert.equal(
      after('a: |\n  yes\n', (root) => [replace(root.get('a') as Value, 'no')]),
      undefined,
    );
  });
});
