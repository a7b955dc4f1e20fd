import { type Position, TextDocument } from 'vscode-languageserver-textdocument';
import type { LintResult } from '../../shared-rules/index.ts';

/** A text at a version, and where its lines are. */
export type VersionedText = Pick<TextDocument, 'uri' | 'version' | 'getText' | 'positionAt' | 'offsetAt'>;

type Part = LintResult['parts'][number];

const linesOfPart = new WeakMap<Part['manifest'], TextDocument>();

/** A linted text whose lines are counted part by part, so that a version costs the parts that are new in it. */
export class TextInParts implements VersionedText {
  readonly uri: string;
  readonly version: number;
  readonly #result: LintResult;
  /** The line that each part begins with. */
  readonly #firstLines: readonly number[];

  constructor(uri: string, version: number, result: LintResult) {
    this.uri = uri;
    this.version = version;
    this.#result = result;
    let line = 0;
    this.#firstLines = result.parts.map((part) => {
      const first = line;
      line += linesOf(part).lineCount - 1;
      return first;
    });
  }

  getText(): string {
    return this.#result.text;
  }

  positionAt(offset: number): Position {
    const { parts } = this.#result;
    const index = lastAt(parts.length, (part) => parts[part]!.start <= offset);
    const { line, character } = linesOf(parts[index]!).positionAt(offset - parts[index]!.start);
    return { line: this.#firstLines[index]! + line, character };
  }

  /** The line that a part begins with. @param index which of the parts */
  firstLineOf(index: number): number {
    return this.#firstLines[index]!;
  }

  offsetAt({ line, character }: Position): number {
    const index = lastAt(this.#firstLines.length, (part) => this.#firstLines[part]! <= line);
    const part = this.#result.parts[index]!;
    return part.start + linesOf(part).offsetAt({ line: line - this.#firstLines[index]!, character });
  }
}

function linesOf({ manifest }: Part): TextDocument {
  const known = linesOfPart.get(manifest) ?? TextDocument.create('', '', 0, manifest.text);
  linesOfPart.set(manifest, known);
  return known;
}

/** The last of so many places in order of which something is true; it is of the first. */
function lastAt(count: number, isTrue: (index: number) => boolean): number {
  let [low, high] = [0, count];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (isTrue(middle)) low = middle;
    else high = middle;
  }
  return low;
}
