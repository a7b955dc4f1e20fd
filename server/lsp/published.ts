import type { Connection } from 'vscode-languageserver/node';
import type { Finding, RuleId } from '../../shared-rules/index.ts';
import type { Positions } from '../places.ts';
import type { Neighbourhoods } from './neighbourhoods.ts';
import type { Pages } from './pages.ts';
import { toDiagnostic } from './to-lsp.ts';

/** What of a finding an editor shows. */
export type ShownFinding = Pick<Finding, 'rule' | 'severity' | 'message' | 'range' | 'related'>;

/** What the editor shows of a file. */
interface Shown {
  /** The rules that its diagnostics come from. */
  readonly rules: ReadonlySet<RuleId>;
  /** The other files that they refer to. */
  readonly mentions: ReadonlySet<string>;
}

/** The diagnostics that the editor has of files. Of each is kept only what others want to know of it. */
export class Published {
  readonly #connection: Connection;
  readonly #neighbourhoods: Neighbourhoods;
  readonly #pages: Pages;
  readonly #shown = new Map<string, Shown>();
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

  /** @param version of an open document; undefined for a file on disk */
  show(uri: string, findings: readonly ShownFinding[], places: Positions, version: number | undefined): void {
    // An editor learns of every version of an open document that it was checked, and of a clean file on disk nothing.
    if (version === undefined && findings.length === 0 && !this.#shown.has(uri)) return;
    const rules = new Set(findings.map(({ rule }) => rule));
    const mentions = new Set(findings.flatMap(({ related }) => related.flatMap(({ file }) => file ?? [])));
    this.#keep(uri, findings.length > 0 ? { rules, mentions } : undefined);
    const linesOf = (other: string) => this.#neighbourhoods.linesOf(other);
    const diagnostics = findings.map((finding) => toDiagnostic({ uri, places }, finding, this.#pages.linkTo, linesOf));
    void this.#connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  }

  /** Takes back what is shown of a file. */
  hide(uri: string): void {
    if (!this.#shown.has(uri)) return;
    this.#keep(uri, undefined);
    void this.#connection.sendDiagnostics({ uri, diagnostics: [] });
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
