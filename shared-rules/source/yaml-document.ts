import { type Alias, isAlias, isCollection, isPair, isScalar, type Node, parseAllDocuments } from 'yaml';
import { type Insertion, insertionsIn } from './insertions.ts';
import type { Template } from './template.ts';
import type { Range } from './text.ts';
import { type Part, Value } from './value.ts';

/** What the YAML parser could not read, and where. */
export interface ParseProblem {
  readonly message: string;
  readonly range: Range;
}

/**
 * The ranges of the YAML documents in a text, which can be read one by one: each begins at its `---` marker, the first at
 * 0, with the comments before it. A marker counts only at the start of a line, where YAML lets it end every other construct;
 * so an unclosed quote or bracket in one document hides nothing of the next. A text that is read as a whole is one range.
 */
export function splitDocuments(text: string): Range[] {
  const starts = [0];
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 1))
    if (isMarkerEnd(text[at + 4])) starts.push(at + 1);
  if (starts.length === 1 || isReadWhole(text)) return [{ start: 0, end: text.length }];
  if (HOLDS_NOTHING.test(text.slice(0, starts[1]))) starts.splice(1, 1);
  return starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length }));
}

/**
 * Whether a text may hold what decides about the documents behind it: a directive, or a `...` that ends a document, behind
 * which directives may stand.
 */
export function isReadWhole(text: string): boolean {
  if (/^\uFEFF?%/.test(text) || text.includes('\n%')) return true;
  for (let at = text.indexOf('\n...'); at >= 0; at = text.indexOf('\n...', at + 1))
    if (isMarkerEnd(text[at + 4])) return true;
  return /^\uFEFF?\.\.\.(?:\s|$)/.test(text);
}

/** Whether a document's `---` marker stands at an offset. */
export function isMarkerAt(text: string, offset: number): boolean {
  const isLineStart = offset === 0 || text[offset - 1] === '\n';
  return isLineStart && text.startsWith('---', offset) && isMarkerEnd(text[offset + 3]);
}

function isMarkerEnd(character: string | undefined): boolean {
  return character === undefined || ' \t\r\n'.includes(character);
}

/** Blank lines and comments. */
const HOLDS_NOTHING = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n)*$/;

/** The parser recurses, so absurd nesting overflows its stack. */
function problemOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.includes('call stack') ? 'nested too deeply' : message;
}

/** An alias costs at most this many look-ups a document, so that nested aliases cannot multiply without bound. */
const ALIAS_BUDGET = 20_000;

interface ParsedFile {
  readonly text: string;
  readonly template: Template | undefined;
  readonly part: Part | undefined;
}

/** One parsed YAML document. Its values tell ranges in the whole text. */
export class YamlDocument {
  readonly problems: readonly ParseProblem[];
  readonly #node: Node | null;
  #anchors: { name: string; start: number; node: Node }[] | undefined;
  #aliased: Set<string> | undefined;
  #aliasBudget = ALIAS_BUDGET;

  /** The whole file or part, as it was parsed: a template's actions are masked. */
  readonly text: string;
  /** Where the document lies in the text. */
  readonly range: Range;
  /** The template whose reading it is, if the file is one. */
  readonly template: Template | undefined;
  /** The part of a file that the text is, where it is one. */
  readonly part: Part | undefined;
  #insertions: readonly Insertion[] | undefined;

  private constructor(file: ParsedFile, range: Range, node: Node | null, problems: readonly ParseProblem[]) {
    this.text = file.text;
    this.template = file.template;
    this.part = file.part;
    this.range = range;
    this.#node = node;
    this.problems = problems;
  }

  /**
   * Never throws: what cannot be read is a problem.
   * @param text the whole file or part, `range` the document in it
   * @param template what the text is a reading of, if it is one
   */
  static parse(text: string, range: Range, template?: Template, part?: Part): YamlDocument[] {
    const file = { text, template, part };
    const source = text.slice(range.start, range.end);
    try {
      const parsed = parseAllDocuments(source, {
        // Scalars stay the text they are: what `yes` or `0o10` means depends on who reads the file.
        schema: 'failsafe',
        uniqueKeys: false,
        prettyErrors: false,
        logLevel: 'silent',
      });
      if (!Array.isArray(parsed)) return [];
      return parsed.map((document) => {
        const problems = document.errors.map((error) => ({
          message: problemOf(error),
          range: {
            start: range.start + Math.min(error.pos[0], source.length),
            end: range.start + Math.min(error.pos[1], source.length),
          },
        }));
        return new YamlDocument(file, range, document.contents as Node | null, problems);
      });
    } catch (error) {
      return [
        new YamlDocument(file, range, null, [
          { message: problemOf(error), range: { start: range.start, end: range.start } },
        ]),
      ];
    }
  }

  get root(): Value | undefined {
    return this.#node === null ? undefined : new Value(this, this.#node, undefined, undefined, false);
  }

  /** Where the template the document belongs to may print more than is written here. */
  get insertions(): readonly Insertion[] {
    this.#insertions ??= this.template ? insertionsIn(this.template, this.text, this.range) : [];
    return this.#insertions;
  }

  /** The conditions of the template that decide whether a place is part of the output. */
  conditionsAround({ start, end }: Range): string[] {
    const around = this.template?.branches.filter((branch) => branch.start <= start && end <= branch.end);
    return around?.map(({ condition }) => condition) ?? [];
  }

  /** The node an alias stands for: the last anchor of that name before it. Undefined when there is none. */
  resolve(alias: Alias): Node | undefined {
    if (this.#aliasBudget-- <= 0) return undefined;
    const start = alias.range?.[0] ?? 0;
    return this.#anchorTable().findLast((anchor) => anchor.name === alias.source && anchor.start < start)?.node;
  }

  /** Whether some alias in the document repeats this node, so that an edit in it would show there too. */
  isRepeated(node: Node): boolean {
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (!anchor) return false;
    this.#anchorTable();
    return this.#aliased?.has(anchor) ?? false;
  }

  #anchorTable(): { name: string; start: number; node: Node }[] {
    if (this.#anchors) return this.#anchors;
    this.#anchors = [];
    this.#aliased = new Set();
    const open: unknown[] = [this.#node];
    while (open.length > 0) {
      const node = open.pop();
      if (isPair(node)) open.push(node.value, node.key);
      else if (isAlias(node)) this.#aliased.add(node.source);
      else if (isCollection(node) || isScalar(node)) {
        if (node.anchor) this.#anchors.push({ name: node.anchor, start: node.range?.[0] ?? 0, node: node as Node });
        if (isCollection(node)) open.push(...node.items.toReversed());
      }
    }
    return this.#anchors;
  }
}
