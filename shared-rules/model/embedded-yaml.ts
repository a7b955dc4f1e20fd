import { isScalar, Scalar } from 'yaml';
import { DerivedText, type Piece } from '../language/derived-text.ts';
import { lineEnd, nextLine } from '../language/text.ts';
import { type Derivation, YamlDocument } from '../language/yaml/document.ts';
import { splitDocuments } from '../language/yaml/split.ts';
import type { Value } from '../language/yaml/value.ts';

/**
 * The YAML documents of a text that stands in a scalar, as a patch in a kustomization does. What is found in them is found
 * at its place in the file. Edits are made where the scalar is a literal block (`|`), whose lines are those of the text.
 * @returns none for a text whose characters cannot be found in the scalar, and for one that cannot be read
 */
export function embeddedDocuments(value: Value): YamlDocument[] {
  const derived = textOf(value);
  if (!derived) return [];
  const { part, file } = value.document;
  const source = { part, file, host: value.document, derived: isLiteral(value) ? derived : readOnly(derived) };
  const documents = splitDocuments(derived.text).flatMap((range) => YamlDocument.parse(derived.text, range, source));
  return documents.some(({ problems }) => problems.length > 0) ? [] : documents;
}

function isLiteral({ node }: Value): boolean {
  return isScalar(node) && node.type === Scalar.BLOCK_LITERAL;
}

function readOnly(derived: DerivedText): Derivation {
  return { inFile: (range) => derived.inFile(range), editsInFile: () => [] };
}

/** A scalar's text with the place of each character. */
function textOf(value: Value): DerivedText | undefined {
  const { node, document, span } = value;
  if (!isScalar(node) || value.isNull || value.shared) return undefined;
  const written = document.text.slice(span.start, span.end);
  const read = String(node.value);
  const pieces = isLiteral(value) ? literalLines(written, read) : flowCharacters(written, read, node.type);
  return pieces && new DerivedText(pieces.map(({ text, offset }) => ({ text, offset: fileOffset(value, offset) })));
}

function fileOffset({ document, span }: Value, offset: number): number {
  const at = span.start + offset;
  return document.inFile({ start: at, end: at }).start;
}

/** The lines below the header of a literal block, without their indentation. */
function literalLines(written: string, read: string): Piece[] | undefined {
  const pieces: Piece[] = [];
  let at = nextLine(written, 0);
  for (let start = 0; start < read.length && at < written.length; start = nextLine(read, start)) {
    const line = read.slice(start, lineEnd(read, start));
    const end = lineEnd(written, at);
    const from = end - line.length;
    if (from < at || written.slice(from, end) !== line) return undefined;
    pieces.push({ text: written.slice(from, nextLine(written, at)), offset: from });
    at = nextLine(written, at);
  }
  return pieces;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', '"': '"', '/': '/', '\\': '\\' };

/** The characters of a quoted or plain scalar; undefined where lines are folded, or by an escape that is not usual. */
function flowCharacters(written: string, read: string, type: Scalar.Type | undefined): Piece[] | undefined {
  const quote = type === Scalar.QUOTE_DOUBLE || type === Scalar.QUOTE_SINGLE ? 1 : 0;
  const pieces: Piece[] = [];
  let text = '';
  for (let at = quote; at < written.length - quote; at++) {
    const two = written.slice(at, at + 2);
    const escaped = type === Scalar.QUOTE_DOUBLE && two[0] === '\\' ? ESCAPES[two[1] ?? ''] : undefined;
    const isDoubled = type === Scalar.QUOTE_SINGLE && two === "''";
    const character = escaped ?? two[0] ?? '';
    pieces.push({ text: character, offset: at });
    text += character;
    if (escaped !== undefined || isDoubled) at++;
  }
  return text === read ? pieces : undefined;
}
