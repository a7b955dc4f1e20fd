import type { Connection } from 'vscode-languageserver/node';
import { type Finding, mostSevere, type RuleId } from '../../shared-rules/index.ts';
import type { Positions } from '../places.ts';
import type { Neighbourhoods } from './neighbourhoods.ts';
import type { LintedDocument } from './open-lint.ts';
import type { Pages } from './pages.ts';
import { leftOut, toDiagnostic } from './to-lsp.ts';

/** As many problems of a file as VS Code shows; more make each keystroke slower and are seen by nobody while typing. */
const MOST_WHILE_TYPING = 1000;
/** Typing stops when nothing comes for so many milliseconds. */
const PAUSE = 400;

/** What of a finding an editor shows. */
export type ShownFinding = Pick<Finding, 'rule' | 'severity' | 'message' | 'range' | 'related'>;

/** What the editor shows of a file. */
interface Shown {
  /** The rules that its diagnostics come from. */
  readonly rules: ReadonlySet<RuleId>;
  /** The other files that they refer to. */
  readonly mentions: ReadonlySet<string>;
}

/** What is sent of a file. */
interface Shipment {
  readonly uri: string;
  readonly places: Positions;
  readonly findings: readonly ShownFinding[];
  /** Of an open document; undefined for a file on disk. */
  readonly version?: number;
  /** How many findings come later. */
  readonly left?: number;
}

/** The diagnostics that the editor has of files. Of each is kept only what others want to know of it. */
export class Published {
  readonly #connection: Connection;
  readonly #neighbourhoods: Neighbourhoods;
  readonly #pages: Pages;
  readonly #shown = new Map<string, Shown>();
  /** The open documents of which not all findings are shown yet. */
  readonly #completions = new Map<string, NodeJS.Timeout>();
  /** The files whose diagnostics refer to a file. */
  readonly #mentioning = new Map<string, Set<string>>();

  constructor(connection: Connection, neighbourhoods: Neighbourhoods, pages: Pages) {
    this.#connection = connection;
    this.#neighbourhoods = neighbourhoods;
    this.#pages = pages;
  }

  /** The files that have problems. */
  get files(): Iterable<string> {
    return this.#shown.keys();
  }

  /** Whether a file other than this one has a finding of a rule. */
  hasElsewhere(rule: RuleId, uri: string): boolean {
    return [...this.#shown].some(([other, { rules }]) => other !== uri && rules.has(rule));
  }

  /** The files whose diagnostics refer to a file. */
  mentioning(uri: string): Iterable<string> {
    return this.#mentioning.get(uri) ?? [];
  }

  /** Whether diagnostics of other files refer to a file. */
  isMentioned(uri: string): boolean {
    return this.#mentioning.has(uri);
  }

  /** Shows what was found in a file on disk. */
  show(uri: string, findings: readonly ShownFinding[], places: Positions): void {
    // An editor learns nothing of a clean file that it knows no problems of.
    if (findings.length === 0 && !this.#shown.has(uri)) return;
    this.#remember(uri, findings);
    this.#send({ uri, places, findings });
  }

  /**
   * Shows what was found in a version of an open document. While somebody types, at first the most severe of very many
   * findings, and how many are left; all of them as soon as the typing stops.
   */
  showOpen(linted: LintedDocument, isTyped: boolean): void {
    const { document, result } = linted;
    const { uri, version } = document;
    this.#remember(
      uri,
      result.parts.flatMap(({ findings }) => findings),
    );
    const { findings, left } = isTyped ? mostSevere(result, MOST_WHILE_TYPING) : { findings: result.findings, left: 0 };
    this.#send({ uri, places: document, findings, version, left });
    if (left === 0) return;
    const complete = () => this.#send({ uri, places: document, findings: result.findings, version });
    this.#completions.set(uri, setTimeout(complete, PAUSE).unref());
  }

  /** Keeps what others want to know of what is shown. */
  #remember(uri: string, findings: readonly ShownFinding[]): void {
    const rules = new Set<RuleId>();
    const mentions = new Set<string>();
    for (const { rule, related } of findings) {
      rules.add(rule);
      for (const { file } of related) if (file !== undefined) mentions.add(file);
    }
    this.#keep(uri, findings.length > 0 ? { rules, mentions } : undefined);
  }

  #send({ uri, places, findings, version, left = 0 }: Shipment): void {
    clearTimeout(this.#completions.get(uri));
    this.#completions.delete(uri);
    const linesOf = (other: string) => this.#neighbourhoods.linesOf(other);
    const diagnostics = findings.map((finding) => toDiagnostic({ uri, places }, finding, this.#pages.linkTo, linesOf));
    if (left > 0) diagnostics.push(leftOut(left));
    void this.#connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  }

  /** Takes back what is shown of a file. */
  hide(uri: string): void {
    if (!this.#shown.has(uri)) return;
    this.#keep(uri, undefined);
    this.#send({ uri, places: { positionAt: () => ({ line: 0, character: 0 }) }, findings: [] });
  }

  #keep(uri: string, shown: Shown | undefined): void {
    for (const other of this.#shown.get(uri)?.mentions ?? []) {
      const files = this.#mentioning.get(other);
      files?.delete(uri);
      if (files?.size === 0) this.#mentioning.delete(other);
    }
    if (!shown) {
      this.#shown.delete(uri);
      return;
    }
    this.#shown.set(uri, shown);
    for (const other of shown.mentions) {
      const files = this.#mentioning.get(other);
      if (files) files.add(uri);
      else this.#mentioning.set(other, new Set([uri]));
    }
  }
}
