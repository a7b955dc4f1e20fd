import { type Alias, isAlias, isCollection, isPair, isScalar, type Node, parseAllDocuments } from 'yaml';
import type { Part } from '../place.ts';
import { type Insertion, insertionsIn } from '../template/insertions.ts';
import type { Template } from '../template/template.ts';
import type { Range } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';
import { Value } from './value.ts';

/** What the YAML parser could not read, and where. */
export interface ParseProblem {
  readonly message: string;
  readonly range: Range;
}

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
  #root: Value | undefined;
  #anchors: Map<string, { start: number; node: Node }[]> | undefined;
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
  #mayHaveUnknowns: boolean | undefined;
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
    if (this.#node) this.#root ??= new Value(this, this.#node, undefined, undefined, false);
    return this.#root;
  }

  /** Whether a template's expression stands anywhere in the file, so that something is not known. */
  get mayHaveUnknowns(): boolean {
    this.#mayHaveUnknowns ??= this.text.includes(UNKNOWN_CHARACTER);
    return this.#mayHaveUnknowns;
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
    return this.#anchorTable()
      .get(alias.source)
      ?.findLast((anchor) => anchor.start < start)?.node;
  }

  /** Whether some alias in the document repeats this node, so that an edit in it would show there too. */
  isRepeated(node: Node): boolean {
    const anchor = 'anchor' in node ? node.anchor : undefined;
    if (!anchor) return false;
    this.#anchorTable();
    return this.#aliased?.has(anchor) ?? false;
  }

  /** Every anchor by its name, in the order of the text: a name may be given again. */
  #anchorTable(): Map<string, { start: number; node: Node }[]> {
    if (this.#anchors) return this.#anchors;
    this.#anchors = new Map();
    this.#aliased = new Set();
    const open: unknown[] = [this.#node];
    while (open.length > 0) {
      const node = open.pop();
      if (isPair(node)) open.push(node.value, node.key);
      else if (isAlias(node)) this.#aliased.add(node.source);
      else if (isCollection(node) || isScalar(node)) {
        if (node.anchor) {
          const namesakes = this.#anchors.get(node.anchor) ?? [];
          namesakes.push({ start: node.range?.[0] ?? 0, node: node as Node });
          this.#anchors.set(node.anchor, namesakes);
        }
        if (isCollection(node)) open.push(...node.items.toReversed());
      }
    }
    return this.#anchors;
  }
}
