import { UNKNOWN_CHARACTER } from '../unknown.ts';

/** A key of a mapping in block style, as it is met from top to bottom. */
export interface OutlineKey {
  readonly name: string;
  /** What is written behind it on its line, without quotes; empty where nothing is. */
  readonly text: string;
  /** Whether the mapping is the document's root. */
  readonly isTop: boolean;
}

const QUOTED = String.raw`"[^"\\]{0,500}"|'[^']{0,500}'`;
const KEY = String.raw`[\w${UNKNOWN_CHARACTER}][\w./${UNKNOWN_CHARACTER}-]{0,500}|${QUOTED}`;
const PLAIN = String.raw`[\w/~${UNKNOWN_CHARACTER}](?:[^\s:#]|:(?=[^\s#])| +(?=[^\s:#]))*`;
const ITEM = String.raw`(?:${QUOTED}|[\w/][\w./-]*)`;
const LIST = String.raw`\[ *(?:${ITEM}(?: *, *${ITEM})* *)?\]`;
const VALUE = String.raw`${PLAIN}|${QUOTED}|${LIST}|\{\}`;
/** Dashes, a key, a value of one line and a comment, each of which may be missing. */
const LINE = new RegExp(`^( *)((?:-(?: +|$))*)(?:(${KEY}):(?: +|$))?((?:${VALUE})(?= |$))?(?:(?<! ) +)?(?:#.*)?$`);
const FREE = /^ *(?:#.*)?$/;
/** YAML limits keys to 1,024 characters; the parser counts comments and blank lines before some of them in. */
const LONGEST_GAP = 1000;
const MARKER = /^---(?: *| +#.*)$/;

/**
 * The keys of a YAML document in block style whose every line is so plain that a look at it is enough: no block or
 * folded scalars, anchors, tags, escapes and flow mappings. Such a document has no syntax error.
 * @yields undefined, and nothing more, where the document is not that plain or its lines do not fit together
 */
export function* plainKeys(text: string): Generator<OutlineKey | undefined, void> {
  const nesting = new Nesting();
  let isMarked = false;
  let contentEnd = 0;
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const line = text.slice(start, newline > 0 && text[end - 1] === '\r' ? end - 1 : end);
    start = end + 1;
    if (FREE.test(line)) continue;
    if (!isMarked && nesting.isEmpty && MARKER.test(line)) {
      isMarked = true;
      continue;
    }
    const [found, indent = '', dashes = '', key, value] = LINE.exec(line) ?? [];
    const isFound = found !== undefined && end - contentEnd < LONGEST_GAP;
    if (!isFound || !nesting.enter(indent.length, dashes, key !== undefined, value !== undefined)) {
      yield undefined;
      return;
    }
    contentEnd = end;
    if (key !== undefined) yield { name: unquoted(key), text: unquoted(value ?? ''), isTop: nesting.isTop };
  }
}

function unquoted(text: string): string {
  return /^["']/.test(text) ? text.slice(1, -1) : text;
}

interface BlockCollection {
  readonly column: number;
  readonly isSequence: boolean;
}

/** The collections that the lines of a document in block style open and close. */
class Nesting {
  readonly #open: BlockCollection[] = [];
  /** Whether what was read last may still get a value on deeper lines. */
  #awaitsValue = true;

  /** Whether the last key is one of the document's root. */
  get isTop(): boolean {
    return this.#open.length === 1;
  }

  get isEmpty(): boolean {
    return this.#open.length === 0;
  }

  /** Enters a line with content; false where no collection begins or goes on in its column. */
  enter(indent: number, dashes: string, hasKey: boolean, hasValue: boolean): boolean {
    const columns = [...dashes.matchAll(/-/g)].map(({ index }) => ({ column: indent + index, isSequence: true }));
    const entries = hasKey ? [...columns, { column: indent + dashes.length, isSequence: false }] : columns;
    const [first, ...compact] = entries;
    if (!first || !this.#goesOnWith(first)) return false;
    this.#open.push(...compact);
    this.#awaitsValue = !hasValue;
    return true;
  }

  #goesOnWith(entry: BlockCollection): boolean {
    while (this.#isBehind(entry)) {
      this.#open.pop();
      this.#awaitsValue = false;
    }
    const around = this.#open.at(-1);
    if (around?.column === entry.column && around.isSequence === entry.isSequence) return true;
    // A list may stand in the column of its key.
    const isInside = !around || entry.column > around.column || (entry.column === around.column && entry.isSequence);
    if (this.#awaitsValue && isInside) this.#open.push(entry);
    return this.#awaitsValue && isInside;
  }

  /** Whether the innermost collection ends before an entry. */
  #isBehind({ column, isSequence }: BlockCollection): boolean {
    const innermost = this.#open.at(-1);
    if (!innermost) return false;
    return innermost.column > column || (innermost.column === column && innermost.isSequence && !isSequence);
  }
}
