import { type Alias, Composer, isAlias, isCollection, isMap, isPair, isScalar, type Node, type Pair } from 'yaml';
import type { Part, Place } from '../place.ts';
import { branchesAround } from '../template/branches.ts';
import { type Insertion, insertionsIn } from '../template/insertions.ts';
import type { Template } from '../template/template.ts';
import type { Range, TextEdit } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';
import type { Variables } from '../variables.ts';
import { tolerantParser } from './lexer.ts';
import { type Field, Value } from './value.ts';

/** What could not be read, and where. */
export interface ParseProblem {
  readonly message: string;
  /** Whether it is no error: there is more of it than is read. */
  readonly isLimit?: boolean;
  readonly range: Range;
}

interface Parsed {
  readonly text: string;
  readonly range: Range;
  readonly source: DocumentSource;
  readonly problems?: readonly ParseProblem[];
}

interface Assembled {
  readonly origins?: Origins;
  readonly written?: YamlDocument | undefined;
}

/** The parser recurses, so absurd nesting overflows its stack. */
function problemOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message.includes('call stack') ? 'nested too deeply' : message;
}

/** Whether a text with that error is not deployed either: go-yaml takes a comment right behind a quote or a bracket, and `\'`. */
function isRefused({ message }: Error): boolean {
  return (
    !message.startsWith('Comments must be separated from other tokens') && !message.endsWith("escape sequence \\'")
  );
}

/** An alias costs at most this many look-ups a document, so that nested aliases cannot multiply without bound. */
const ALIAS_BUDGET = 20_000;

/** Where a text that was made from a file, or a part of one, is written there. */
export interface Derivation {
  readonly inFile: (range: Range) => Range;
  /** Undefined where the edits cannot be made in the file that is linted. */
  readonly editsInFile: (edits: readonly TextEdit[], file: string) => TextEdit[] | undefined;
  /** The file, and the part of it, that a range is written in, where the text is made from several files. */
  readonly fileOf?: (range: Range) => Pick<Place, 'part' | 'file'>;
  /** Where templates print a value or a key, from the literal text or action to the outermost action that includes that. */
  readonly usedAt?: (entry: Value | Field) => readonly Place[];
}

/** What a text is that documents are parsed from. */
export interface DocumentSource {
  /** The template that the text is a reading of, if it is one. */
  readonly template?: Template | undefined;
  /** The part of a file that the text is, where it is one. */
  readonly part?: Part | undefined;
  /** How the text was made, where it is not a file or part as it stands: cut out of one, or a reading of a template. */
  readonly derived?: Derivation | undefined;
  /** The file, where it is another one than the one that is linted. */
  readonly file?: string | undefined;
  /** The folder that relative paths in it start from, where it is read for a project. */
  readonly folder?: string | undefined;
  /** The variables that are set where the text is read. */
  readonly variables?: Variables | undefined;
  /** The scalar of another document whose text it is, where it is one. */
  readonly holder?: Value | undefined;
}

/**
 * Where the nodes of an assembled tree are written: a pair as the field it is there, an item or a collection as the value it
 * is there. What is below one that is not listed is written where that is.
 */
export type Origins = ReadonlyMap<object, Field | Value>;

/**
 * One YAML document: parsed from a text, or a tree that was put together from the nodes of several. Its values know where
 * they are written, in the file or part.
 */
export class YamlDocument {
  readonly problems: readonly ParseProblem[];
  readonly #node: Node | null;
  #root: Value | undefined;
  #anchors: Map<string, { start: number; node: Node }[]> | undefined;
  readonly #aliases: Alias[] = [];
  #aliased: ReadonlySet<string> | undefined;
  #aliasBudget = ALIAS_BUDGET;

  /** The text it was parsed from: a file, a part of one, or what was cut out of one. A template's actions are masked. */
  readonly text: string;
  /** Where the document lies in the text. */
  readonly range: Range;
  readonly source: DocumentSource;
  readonly #origins: Origins | undefined;
  /** Where the nodes of an assembled tree are written that have no origin. */
  readonly #written: YamlDocument | undefined;
  #mayHaveUnknowns: boolean | undefined;
  #hasPatchDirectives: boolean | undefined;
  #mergesInOrder: boolean | undefined;
  #insertions: readonly Insertion[] | undefined;

  private constructor(node: Node | null, { text, range, source, problems = [], origins, written }: Parsed & Assembled) {
    this.#node = node;
    this.text = text;
    this.range = range;
    this.source = source;
    this.problems = problems;
    this.#origins = origins;
    this.#written = written;
  }

  /**
   * Never throws: what cannot be read is a problem.
   * @param text a whole text, `range` the document in it
   */
  static parse(text: string, range: Range, source: DocumentSource = {}): YamlDocument[] {
    const written = text.slice(range.start, range.end);
    try {
      const composer = new Composer({
        // Scalars stay the text they are: what `yes` or `0o10` means depends on who reads the file.
        schema: 'failsafe',
        uniqueKeys: false,
        prettyErrors: false,
        logLevel: 'silent',
      });
      return Array.from(composer.compose(tolerantParser().parse(written)), (document) => {
        const problems = document.errors.filter(isRefused).map((error) => ({
          message: problemOf(error),
          range: {
            start: range.start + Math.min(error.pos[0], written.length),
            end: range.start + Math.min(error.pos[1], written.length),
          },
        }));
        return new YamlDocument(document.contents as Node | null, { text, range, source, problems });
      });
    } catch (error) {
      const problems = [{ message: problemOf(error), range: { start: range.start, end: range.start } }];
      return [new YamlDocument(null, { text, range, source, problems })];
    }
  }

  /**
   * A tree put together from nodes of other documents.
   * @param origins where its pairs, items and collections are written; a value made up of no other is written where its pair is
   * @param written the document that its root is from, where that has no origin
   */
  static assemble(node: Node, origins: Origins, written?: YamlDocument): YamlDocument {
    return new YamlDocument(node, { text: '', range: { start: 0, end: 0 }, source: {}, origins, written });
  }

  /** The same document, where it is known of some of its nodes that they are written in other documents. */
  withOrigins(origins: Origins): YamlDocument {
    const { text, range, source, problems } = this;
    return new YamlDocument(this.#node, { text, range, source, problems, origins });
  }

  get template(): Template | undefined {
    return this.source.template;
  }

  get part(): Part | undefined {
    return this.source.part;
  }

  get file(): string | undefined {
    return this.source.file;
  }

  /** Where a pair is written, in a tree that was put together from several documents. */
  fieldOrigin(pair: Pair): Field | undefined {
    return this.#origins?.get(pair) as Field | undefined;
  }

  /** Where an item or a collection is written, in a tree that was put together from several documents. */
  valueOrigin(node: Node): Value | undefined {
    return this.#origins?.get(node) as Value | undefined;
  }

  /** The text of the document alone. */
  get ownText(): string {
    return this.text.slice(this.range.start, this.range.end);
  }

  /** Where it is written in the file or part. */
  get rangeInFile(): Range {
    return this.inFile(this.range);
  }

  /** Where a range of the text is written in the file or part. */
  inFile(range: Range): Range {
    const { derived, holder } = this.source;
    return derived?.inFile(range) ?? holder?.range ?? range;
  }

  /** The file, and the part of it, that a range of the text is written in. */
  fileOf(range: Range): Pick<Place, 'part' | 'file'> {
    return this.source.derived?.fileOf?.(range) ?? { part: this.part, file: this.file };
  }

  /** Edits of the text as edits of the file or part; undefined where they cannot be made there. */
  editsInFile(edits: readonly TextEdit[], file: string): TextEdit[] | undefined {
    const { derived } = this.source;
    return derived ? derived.editsInFile(edits, file) : [...edits];
  }

  get root(): Value | undefined {
    if (this.#node) this.#root ??= new Value(this, this.#node, { document: this.#written ?? this });
    return this.#root;
  }

  /**
   * Whether what stands further down counts, of the keys of a mapping and what its `<<` brings: so go-yaml v2 reads objects of
   * Kubernetes, by sigs.k8s.io/yaml in kubectl and Helm. Others let a mapping's own keys count, and the first of several `<<`.
   */
  get mergesInOrder(): boolean {
    const node = this.#node;
    this.#mergesInOrder ??=
      isMap(node) &&
      ['apiVersion', 'kind'].every((name) => node.items.some(({ key }) => isScalar(key) && key.value === name));
    return this.#mergesInOrder;
  }

  /** Whether a template's expression stands anywhere in the file, so that something is not known. */
  get mayHaveUnknowns(): boolean {
    this.#mayHaveUnknowns ??= this.text.includes(UNKNOWN_CHARACTER);
    return this.#mayHaveUnknowns;
  }

  /** Whether directives of a strategic merge patch, such as `$patch: delete`, may be written in it. */
  get hasPatchDirectives(): boolean {
    this.#hasPatchDirectives ??= this.ownText.includes('$patch');
    return this.#hasPatchDirectives;
  }

  /** Where the template the document belongs to may print more than is written here. */
  get insertions(): readonly Insertion[] {
    this.#insertions ??= this.template ? insertionsIn(this.template, this.text, this.range) : [];
    return this.#insertions;
  }

  /** The conditions of the template that decide whether a place is part of the output. */
  conditionsAround(span: Range): string[] {
    if (!this.template) return [];
    return branchesAround(this.template.branches, this.inFile(span)).map(({ condition }) => condition);
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
    this.#aliased ??= new Set(this.#aliases.map(({ source }) => source));
    return this.#aliased.has(anchor);
  }

  /** How many aliases stand for nothing, so that no program reads the document. */
  get unresolvedAliases(): number {
    const anchors = this.#anchorTable();
    const isResolved = ({ source, range }: Alias) => (anchors.get(source)?.[0]?.start ?? Infinity) < (range?.[0] ?? 0);
    return this.#aliases.filter((alias) => !isResolved(alias)).length;
  }

  /** Every anchor by its name, in the order of the text: a name may be given again. */
  #anchorTable(): Map<string, { start: number; node: Node }[]> {
    if (this.#anchors) return this.#anchors;
    this.#anchors = new Map();
    const open: unknown[] = [this.#node];
    while (open.length > 0) {
      const node = open.pop();
      if (isPair(node)) open.push(node.value, node.key);
      else if (isAlias(node)) this.#aliases.push(node);
      else if (isCollection(node) || isScalar(node)) {
        if (node.anchor) {
          const namesakes = this.#anchors.get(node.anchor) ?? [];
          namesakes.push({ start: node.range?.[0] ?? 0, node: node as Node });
          this.#anchors.set(node.anchor, namesakes);
        }
        if (isCollection(node)) for (const item of node.items.toReversed()) open.push(item);
      }
    }
    return this.#anchors;
  }
}
