import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { type Linted, lint, type RuleId } from '../../shared-rules/index.ts';
import { MOST_BYTES, readTextFile, tooLarge } from '../read-file.ts';
import { isExcluded, isWalked } from '../walk.ts';
import { isConfig } from './config-files.ts';
import type { Folders } from './folders.ts';
import type { Pages } from './pages.ts';
import type { SettingsStore } from './settings.ts';
import { toDiagnostic } from './to-lsp.ts';

/** Schemes of documents that an editor derives from others, to compare or preview them: problems are shown at the original. */
const DERIVED_SCHEME = /^(?:git|gitfs|gitlens|scm-history-item|output|chat-.*|vscode-(?!vfs$|remote$|test-web$).*)$/;

export interface LintedDocument extends Linted {
  readonly document: TextDocument;
  /** Whether it is as an editor holds it, not as it lies on disk. */
  readonly isOpen: boolean;
}

/**
 * Lints files and publishes what it finds: open documents as the editor holds them, others as they lie on disk.
 * Keeps the findings of open documents by version, and nothing of the others.
 */
export class Files {
  readonly #connection: Connection;
  readonly #documents: TextDocuments<TextDocument>;
  readonly #settings: SettingsStore;
  readonly #folders: Folders;
  readonly #pages: Pages;
  readonly #linted = new Map<string, LintedDocument>();
  /** The URIs that have diagnostics in the editor, with the rules these come from. */
  readonly #published = new Map<string, ReadonlySet<RuleId>>();
  readonly #waiting = new Set<string>();

  constructor(
    connection: Connection,
    documents: TextDocuments<TextDocument>,
    settings: SettingsStore,
    folders: Folders,
    pages: Pages,
  ) {
    this.#connection = connection;
    this.#documents = documents;
    this.#settings = settings;
    this.#folders = folders;
    this.#pages = pages;
  }

  /** Lints an open document when the messages that have arrived are handled, so that a burst of edits costs once. */
  changed(uri: string): void {
    if (this.#waiting.size === 0) setImmediate(() => this.#lintWaiting());
    this.#waiting.add(uri);
  }

  #lintWaiting(): void {
    const uris = [...this.#waiting];
    this.#waiting.clear();
    for (const uri of uris) this.lintOpen(uri).catch((error: unknown) => this.#log(`Checking ${uri} failed`, error));
  }

  /** The findings of an open document at its present version; undefined for what is not checked. */
  async lintOpen(uri: string): Promise<LintedDocument | undefined> {
    const settings = await this.#settings.for(this.#folders.scopeOf(uri));
    const document = this.#documents.get(uri);
    if (!document) return undefined;
    const known = this.#linted.get(uri);
    if (known?.document.version === document.version && known.settings === settings.lint) return known;
    const isChecked =
      settings.enable &&
      !isConfig(uri) &&
      !DERIVED_SCHEME.test(URI.parse(uri).scheme) &&
      !this.#isExcluded(uri, settings.exclude);
    const text = document.getText();
    if (!isChecked || text.length > MOST_BYTES) {
      if (isChecked) this.#connection.console.warn(`${uri} ${tooLarge(text.length)}.`);
      this.clear(uri);
      return undefined;
    }
    // Edits are applied to the document in place; the findings belong to the text as it is now.
    const snapshot = TextDocument.create(uri, document.languageId, document.version, text);
    const linted = this.#lint(snapshot, this.#pathOf(document), settings.lint, true);
    this.#linted.set(uri, linted);
    this.#publish(linted, document.version);
    return linted;
  }

  /** An open document was closed: its place is taken by the file on disk. */
  async closed(uri: string): Promise<void> {
    this.#linted.delete(uri);
    await this.lintClosed(uri);
  }

  /**
   * Lints a file on disk, if it is one that the workspace's list shows.
   * @returns undefined when it is not, and when it cannot be read
   */
  async lintClosed(uri: string): Promise<LintedDocument | undefined> {
    const settings = await this.#settings.for(this.#folders.scopeOf(uri));
    if (this.#documents.get(uri)) return undefined;
    const below = this.#folders.pathInFolder(uri);
    const isListed =
      settings.enable && settings.scope === 'workspace' && below !== undefined && isWalked(below, settings.exclude);
    const { fsPath } = URI.parse(uri);
    const read = isListed ? await readTextFile(fsPath) : undefined;
    // It may have been opened in the meantime.
    if (this.#documents.get(uri)) return undefined;
    if (!read || 'refused' in read) {
      if (read && !read.refused.includes('ENOENT')) this.#connection.console.warn(`${fsPath} ${read.refused}.`);
      this.clear(uri);
      return undefined;
    }
    const linted = this.#lint(TextDocument.create(uri, 'yaml', 0, read.text), below ?? fsPath, settings.lint, false);
    this.#publish(linted, undefined);
    return linted;
  }

  /** Every file that has problems now, read and linted anew. */
  async withProblems(): Promise<LintedDocument[]> {
    const files = await Promise.all(
      [...this.#published.keys()].sort().map((uri) => (this.isOpen(uri) ? this.lintOpen(uri) : this.lintClosed(uri))),
    );
    return files.filter((file) => file !== undefined);
  }

  /** Whether a file other than this one has a finding of a rule. */
  hasElsewhere(rule: RuleId, uri: string): boolean {
    return [...this.#published].some(([other, rules]) => other !== uri && rules.has(rule));
  }

  /** Takes back the diagnostics of a file, and of every file below it if it was a folder. */
  clear(uri: string): void {
    for (const published of [...this.#published.keys()]) {
      if (published !== uri && !published.startsWith(`${uri}/`)) continue;
      this.#published.delete(published);
      this.#linted.delete(published);
      this.#connection.sendDiagnostics({ uri: published, diagnostics: [] });
    }
    this.#linted.delete(uri);
  }

  /** The settings changed: lints all open documents again and takes back what is not listed any more. */
  async refreshOpen(): Promise<void> {
    this.#linted.clear();
    await Promise.all(this.#documents.keys().map((uri) => this.lintOpen(uri)));
  }

  /** The published files that are not open. */
  listed(): string[] {
    return [...this.#published.keys()].filter((uri) => !this.#documents.get(uri));
  }

  isOpen(uri: string): boolean {
    return this.#documents.get(uri) !== undefined;
  }

  #isExcluded(uri: string, exclude: readonly string[]): boolean {
    const below = this.#folders.pathInFolder(uri);
    return below !== undefined && isExcluded(below, exclude);
  }

  /** What the rules take for an open document's path: its language tells more than the name of an untitled document. */
  #pathOf({ uri, languageId }: TextDocument): string {
    const { scheme, path } = URI.parse(uri);
    const known = this.#folders.pathInFolder(uri) ?? path;
    if (languageId === 'dockercompose') return `${known}/compose.yaml`;
    return (scheme === 'untitled' ? UNTITLED[languageId] : undefined) ?? known;
  }

  #lint(document: TextDocument, path: string, settings: Linted['settings'], isOpen: boolean): LintedDocument {
    const result = lint(path, document.getText(), settings);
    for (const { part, error } of result.failures)
      this.#log(`The ${part} failed in ${document.uri} and was left out there`, error);
    return { document, path, settings, result, isOpen };
  }

  #publish({ document, result }: LintedDocument, version: number | undefined): void {
    const { uri } = document;
    // An editor learns of every version of an open document that it was checked, and of a clean file on disk nothing.
    if (version === undefined && result.findings.length === 0 && !this.#published.has(uri)) return;
    if (result.findings.length > 0) this.#published.set(uri, new Set(result.findings.map(({ rule }) => rule)));
    else this.#published.delete(uri);
    const diagnostics = result.findings.map((finding) => toDiagnostic(document, finding, this.#pages.linkTo));
    this.#connection.sendDiagnostics({ uri, diagnostics, ...(version !== undefined && { version }) });
  }

  #log(what: string, error: unknown): void {
    this.#connection.console.error(
      `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

/** What an untitled document of a language would be called. */
const UNTITLED: Readonly<Record<string, string>> = {
  dockerfile: 'Dockerfile',
  makefile: 'Makefile',
  markdown: 'untitled.md',
  shellscript: 'untitled.sh',
};
