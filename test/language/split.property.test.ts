import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { type Document, isScalar, parseAllDocuments, visit } from 'yaml';
import { splitDocuments } from '../../shared-rules/language/yaml/split.ts';

/** Lines that mean one thing by themselves and another beside others. */
const LINES = [
  '---',
  '--- ',
  '--- # begins',
  '--- |',
  '--- "text',
  '---x',
  ' ---',
  '  ---',
  '...',
  '... # ends',
  '....',
  '%YAML 1.2',
  '%TAG !e! tag:example.com,2000:',
  '# comment',
  '  # comment',
  '',
  '  ',
  '\t',
  'a: 1',
  'b:',
  '  c: d',
  'text: |',
  'text: >-',
  '  lines',
  '  --- in lines',
  'q: "open',
  '  more',
  'closed"',
  "s: 'open",
  "closed'",
  'f: [1,',
  '2]',
  '{ a: 1 }',
  '- item',
  'x: &x 1',
  'y: *x',
  'plain text',
  '\uFEFF---',
  '\u2028---',
  '"---"',
];

const texts = fc
  .tuple(
    fc.constantFrom('', '\uFEFF'),
    fc.array(fc.tuple(fc.constantFrom(...LINES), fc.constantFrom('\n', '\n', '\n', '\r\n', '\r')), { maxLength: 14 }),
    fc.constantFrom('', 'a: 1', '---', '...'),
  )
  .map(([mark, lines, end]) => mark + lines.map(([line, lineEnd]) => line + lineEnd).join('') + end);

const OPTIONS = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

function parse(text: string): Document.Parsed[] {
  const documents = parseAllDocuments(text, OPTIONS);
  return Array.isArray(documents) ? documents : [];
}

/** What a document says, and where. */
function shapeOf({ contents }: Document.Parsed, offset: number): unknown[] {
  const nodes: unknown[] = [];
  visit(contents, (_, node) => {
    const { range, anchor, value, tag } = (node ?? {}) as Partial<
      Record<'range' | 'anchor' | 'value' | 'tag', unknown>
    >;
    const [start, end] = (range as [number, number] | undefined) ?? [Number.NaN, Number.NaN];
    // How much of the comments behind it a block collection takes in depends on what follows them.
    nodes.push([
      start + offset,
      isScalar(node) ? end + offset : undefined,
      anchor,
      tag,
      isScalar(node) ? value : undefined,
    ]);
  });
  return nodes;
}

const shapesIn = (text: string, offset = 0) => parse(text).map((document) => shapeOf(document, offset));

it('documents are the same whether a text is read as a whole or divided at its markers', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const ranges = splitDocuments(text);
      assert.equal(ranges.map(({ start, end }) => text.slice(start, end)).join(''), text);
      const divided = ranges.flatMap(({ start, end }) => shapesIn(text.slice(start, end), start));
      const documents = parse(text);
      // Behind a mistake more is read than in a whole text; before it nothing differs.
      const mistake = documents.findIndex(({ errors }) => errors.length > 0);
      const whole = documents.map((document) => shapeOf(document, 0));
      if (mistake < 0) assert.deepEqual(divided, whole);
      else assert.deepEqual(divided.slice(0, mistake), whole.slice(0, mistake));
    }),
    { numRuns: 5000 },
  );
});

it('a document with a mistake hides nothing of the next', () => {
  for (const open of ['a: "open', "a: 'open", 'a: [', 'a: {', 'a: |', '\ta: 1', '&x'])
    assert.deepEqual(
      splitDocuments(`${open}\n---\nb: 1\n`).map(({ start }) => start),
      [0, open.length + 1],
      open,
    );
});
