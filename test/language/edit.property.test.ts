import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { applyEdits } from '../../shared-rules/language/text.ts';
import { put, remove, replace, type YamlChange } from '../../shared-rules/language/yaml/change.ts';
import { YamlDocument } from '../../shared-rules/language/yaml/document.ts';
import { editsFor } from '../../shared-rules/language/yaml/edit.ts';
import { settle } from '../../shared-rules/language/yaml/settle.ts';
import { snapshotOf } from '../../shared-rules/language/yaml/snapshot.ts';
import type { Plain } from '../../shared-rules/language/yaml/style.ts';
import type { Field, Value } from '../../shared-rules/language/yaml/value.ts';
import { commentsOf, style, Writer } from '../generated-yaml.ts';

const word = fc.constantFrom(
  'a',
  'image',
  'x: y',
  'yes',
  '0o7',
  '\u{1F433}',
  '- b',
  '# no',
  '',
  'null',
  '{{ x }}',
  "it's",
  '"q"',
);
const key = fc.constantFrom('name', 'hostNetwork', 'a.b/c', 'x y', 'ports', '\u{1F433}', 'true', 'k1', 'k2');
const { tree } = fc.letrec<{ tree: Plain }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.oneof(word, fc.nat(9999), fc.boolean()),
    fc.array(tie('tree'), { minLength: 1, maxLength: 4 }),
    fc.dictionary(key, tie('tree'), { minKeys: 1, maxKeys: 4 }),
  ),
}));
const root = fc.dictionary(key, tree, { minKeys: 1, maxKeys: 5 });

/** Every field and item below a value. */
function entriesBelow(value: Value): (Field | Value)[] {
  return [
    ...value.fields().flatMap((field) => [field, ...entriesBelow(field.value)]),
    ...value.items().flatMap((item) => [item, ...entriesBelow(item)]),
  ];
}

function mappingsBelow(value: Value): Value[] {
  return [value, ...entriesBelow(value).map((entry) => ('pair' in entry ? entry.value : entry))].filter(
    ({ isMapping }) => isMapping,
  );
}

function parse(text: string): YamlDocument {
  const [document] = YamlDocument.parse(text, { start: 0, end: text.length });
  assert.ok(document?.root);
  return document;
}

/**
 * Checks a change that could be made: the tree is the wanted one, nothing parses worse, and every line of the result
 * stood in the file already or is new.
 */
function check(text: string, changes: YamlChange[], keepsComments: boolean): string | undefined {
  const settled = settle(changes);
  const edits = settled && editsFor(text, settled);
  if (!settled || !edits) return undefined;
  const after = applyEdits(text, edits);
  const reread = parse(after);
  assert.deepEqual(reread.problems, [], after);
  assert.deepEqual(snapshotOf(reread.root?.node), snapshotOf(settled.document.root?.node, settled), after);
  const [before, left] = [commentsOf(text), commentsOf(after)];
  assert.deepEqual(
    left,
    before.filter((comment) => left.includes(comment)),
    'comments keep their order',
  );
  if (keepsComments) assert.deepEqual(left, before, after);
  if (text.endsWith('\n')) assert.ok(after.endsWith('\n'), 'the final newline stays');
  const hasUnixLines = (some: string) => /(?<!\r)\n/.test(some);
  if (text.includes('\n')) assert.ok(hasUnixLines(text) || !hasUnixLines(after), 'line ends stay as they were');
  return after;
}

const runs = { numRuns: 1000 };

it('removing any entry leaves just the others', () => {
  let made = 0;
  fc.assert(
    fc.property(root, style, fc.nat(), (data, style, pick) => {
      const text = new Writer(style).write(data);
      const entries = entriesBelow(parse(text).root as Value);
      const entry = entries[pick % entries.length] as Field | Value;
      if (check(text, [remove(entry)], false) !== undefined) made++;
    }),
    runs,
  );
  assert.ok(made > runs.numRuns * 0.8, `only ${made} removals were made`);
});

it('removing several entries leaves just the others', () => {
  fc.assert(
    fc.property(root, style, fc.array(fc.nat(), { minLength: 2, maxLength: 4 }), (data, style, picks) => {
      const text = new Writer(style).write(data);
      const entries = entriesBelow(parse(text).root as Value);
      const chosen = [...new Set(picks.map((pick) => entries[pick % entries.length] as Field | Value))];
      const paths = chosen.map((entry) => ('pair' in entry ? entry.value.path : entry.path));
      fc.pre(paths.every((path) => !paths.some((other) => other !== path && path.startsWith(other))));
      check(text, chosen.map(remove), false);
    }),
    runs,
  );
});

it('putting data anywhere changes nothing else', () => {
  let made = 0;
  const added = fc.oneof(
    fc.constant<Plain>(true),
    fc.constant<Plain>(['x', 'yes']),
    fc.constant<Plain>({ n: { m: [1] } }),
  );
  fc.assert(
    fc.property(root, style, fc.nat(), added, (data, style, pick, added) => {
      const text = new Writer(style).write(data);
      const mappings = mappingsBelow(parse(text).root as Value);
      const mapping = mappings[pick % mappings.length] as Value;
      if (check(text, [put(mapping, ['brand', 'new'], added)], true) !== undefined) made++;
    }),
    runs,
  );
  assert.ok(made > runs.numRuns * 0.9, `only ${made} were put`);
});

it('replacing any scalar keeps its quotes and everything else', () => {
  fc.assert(
    fc.property(root, style, fc.nat(), (data, style, pick) => {
      const text = new Writer(style).write(data);
      const scalars = entriesBelow(parse(text).root as Value)
        .map((entry) => ('pair' in entry ? entry.value : entry))
        .filter((value) => value.text !== undefined);
      fc.pre(scalars.length > 0);
      const scalar = scalars[pick % scalars.length] as Value;
      const after = check(text, [replace(scalar, 'word')], true);
      const quote = text[scalar.range.start] ?? '';
      const expected = /["']/.test(quote) ? `${quote}word${quote}` : 'word';
      assert.equal(after, text.slice(0, scalar.range.start) + expected + text.slice(scalar.range.end));
    }),
    runs,
  );
});
