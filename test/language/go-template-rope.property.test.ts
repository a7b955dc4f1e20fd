import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { quoted } from '../../shared-rules/language/go-template/quote.ts';
import { type Piece, Rope } from '../../shared-rules/language/go-template/rope.ts';
import { sliceBytes } from '../../shared-rules/language/go-template/slice-bytes.ts';
import { utf8Bytes, utf8Length } from '../../shared-rules/language/utf8.ts';

/** The texts of two files, of which ropes have parts. */
const FILES = { one: 'name: web\nimage: "nginx:1"\n  - é😀x\n', two: 'a  b\t\n\n c"d\\e\n' };
type File = keyof typeof FILES;

const part = fc
  .tuple(fc.constantFrom<File>('one', 'two'), fc.nat(40), fc.nat(12))
  .map(([file, start, length]): Rope => {
    const range = { start: 0, end: FILES[file].length };
    return Rope.of(FILES[file], { offset: 0, place: { file, range } }).slice(start, start + length);
  });
const rope = fc
  .array(
    fc.oneof(
      part,
      fc.constantFrom('', ' ', '\n', 'x').map((text) => Rope.of(text)),
    ),
    { maxLength: 6 },
  )
  .map((parts) => Rope.join(parts));

/** Each piece that says where it is written is written there, and they make up the text. */
function isTrue(made: Rope): void {
  const written = ({ from, text }: Piece) =>
    from?.offset === undefined ? text : FILES[from.place?.file as File].slice(from.offset, from.offset + text.length);
  assert.deepEqual(
    made.pieces.map(({ text }) => text),
    made.pieces.map(written),
  );
  assert.equal(made.pieces.map(({ text }) => text).join(''), made.text);
  assert.equal(made.length, made.text.length);
  assert.ok(made.pieces.every(({ text }) => text !== ''));
}

function assertRope(made: Rope, text: string): void {
  assert.equal(made.text, text);
  isTrue(made);
}

test('parts of a rope', () => {
  fc.assert(
    fc.property(rope, fc.nat(60), fc.nat(60), (made, start, end) => {
      assertRope(made.slice(start, end), made.text.slice(start, Math.max(start, end)));
      assertRope(made.slice(start), made.text.slice(start));
    }),
  );
});

test('ropes one after the other', () => {
  fc.assert(
    fc.property(fc.array(rope, { maxLength: 4 }), rope, (all, separator) => {
      assertRope(Rope.join(all, separator), all.map(({ text }) => text).join(separator.text));
      assertRope(Rope.concat(...all, 'z'), `${all.map(({ text }) => text).join('')}z`);
    }),
  );
});

test('what is replaced and split', () => {
  const old = fc.constantFrom('\n', ' ', 'e', 'na', '"');
  fc.assert(
    fc.property(rope, old, rope, (made, text, by) => {
      assertRope(
        made.replaceAll(text, by),
        made.text.replaceAll(text, () => by.text),
      );
      const parts = made.split(text);
      assert.deepEqual(
        parts.map((one) => one.text),
        made.text.split(text),
      );
      parts.forEach(isTrue);
    }),
  );
});

test('indented, trimmed and spelled in another way', () => {
  const isBlank = (character: string) => /\s/.test(character);
  fc.assert(
    fc.property(rope, fc.nat(4), (made, spaces) => {
      const padding = ' '.repeat(spaces);
      assertRope(made.indent(spaces), padding + made.text.replaceAll('\n', `\n${padding}`));
      assertRope(made.trim(isBlank), made.text.trim());
      assertRope(made.trim(isBlank, 'start'), made.text.trimStart());
      assertRope(made.trim(isBlank, 'end'), made.text.trimEnd());
      assertRope(
        made.spelled((text) => text.toUpperCase()),
        made.text.toUpperCase(),
      );
    }),
  );
});

test('in quotes the text is what JSON reads', () => {
  fc.assert(
    fc.property(rope, (made) => {
      const inQuotes = quoted(made.replaceAll('\ud83d', '').replaceAll('\ude00', ''));
      isTrue(inQuotes);
      assert.equal(JSON.parse(inQuotes.text), made.text.replaceAll(/\p{Cs}|😀/gu, ''));
    }),
  );
});

test('cut at bytes', () => {
  const text = FILES.one;
  const whole = Rope.of(text, { offset: 0, place: { file: 'one', range: { start: 0, end: text.length } } });
  const bytes = Uint8Array.from(utf8Bytes(text));
  assert.equal(new TextDecoder().decode(bytes), text);
  assert.equal(utf8Length(text), bytes.length);
  for (let start = 0; start <= bytes.length; start++)
    for (let end = start; end <= bytes.length; end++) {
      const made = sliceBytes(whole, start, end);
      isTrue(made);
      const left = [...bytes.slice(start, end)];
      const isCut = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;
      if (!isCut(bytes[start]) && !isCut(bytes[end]))
        assert.equal(made.text, new TextDecoder().decode(Uint8Array.from(left)));
    }
});

test('a place is given to pieces that have none', () => {
  const place = { file: 'one', range: { start: 1, end: 2 } };
  const made = Rope.concat('x', Rope.of('y', { place: { file: 'two', range: { start: 0, end: 1 } } })).printedAt(place);
  assert.deepEqual(
    made.pieces.map(({ from }) => from?.place?.file),
    ['one', 'two'],
  );
});
