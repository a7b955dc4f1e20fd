import type { Connection, TextDocuments } from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import { type Linted, lint, type RuleId } from '../../../shared-rules/index.ts';
import type { Workers } from '../../workspace/lint/workers.ts';
import { MOST_BYTES, readTextFile, tooLarge, withoutMark } from '../../workspace/read-file.ts';
import { isExcluded, isWalked } from '../../workspace/walk.ts';
import { Published } from '../diagnostics/published.ts';
import type { Pages } from '../features/pages.ts';
import { ClosedFiles } from './closed-files.ts';
import { isConfig } from './config-files.ts';
import { FolderFacts } from './folder-facts.ts';
import type { Folders } from './folders.ts';
import { type LintedDocument, OpenLint } from './open-lint.ts';
import type { OpenText } from './open-text.ts';
import type { Settings, SettingsStore } from './settings.ts';
import { fileOf } from './uris.ts';

/** Schemes of documents that an editor derives from others, to compare or preview them: problems are shown at the original. */
const DERIVED_SCHEME = /^(?:git|gitfs|gitlens|scm-history-item|output|chat-.*|vscode-(?!vfs$|remote$|test-web$).*)$/;

/** What files have to do with. */
export interface FilesParts {
  readonly connection: Connection;
  readonly documents: TextDocuments<OpenText>;
  readonly settings: SettingsStore;
  readonly folders: Folders;
  readonly pages: Pages;
  /** Who lints files that no editor holds. */
  readonly workers: Workers;
}

/**
 * Lints files and publishes what it finds: open documents as the editor holds them, others as they lie on disk. Where one
 * says something else to others than before, these are linted again.
 * Keeps the findings of open documents by version, and of the others what they say to each other.
 */
export class Files {
  readonly #connection: Connection;
  readonly #documents: TextDocuments<OpenText>;
  readonly #settings: SettingsStore;
  readonly #folders: Folders;
  readonly #open = new Map<string, OpenLint>();
  readonly #published: Published;
  readonly #closed: ClosedFiles;
  readonly #waiting = new Set<string>();
  readonly #neighbourhoods: FolderFacts;
  /** Files in which other ones may have changed what is found. */
  readonly #concerned = new Set<string>();
  #held = 0;

  constructor({ connection, documents, settings, folders, pages, workers }: FilesParts) {
    this.#connection = connection;
    this.#documents = documents;
    this.#settings = settings;
    this.#folders = folders;
    this.#neighbourhoods = new FolderFacts(folders);
    this.#published = new Published(connection, this.#neighbourhoods, pages);
    this.#closed = new ClosedFiles({
      connection,
      settings,
      folders,
      neighbourhoods: this.#neighbourhoods,
      published: this.#published,
      workers,
      isOpen: (uri) => this.isOpen(uri),
      onConcerned: (uris) => this.#concern(uris),
      onGone: (uri) => this.clear([uri]),
    });
  }

  /** The files of the workspace that no editor holds. */
  get closedFiles(): ClosedFiles {
    return this.#closed;
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

  /** Runs something that lints many files. What they say to each other is brought together when it is done. */
  async hold(run: () => Promise<void>): Promise<void> {
    this.#held++;
    try {
      await run();
    } finally {
      this.#held--;
      await this.#settle();
    }
  }

  /** In open files something else may be found now. */
  #concern(uris: Iterable<string>): void {
    const isFirst = this.#concerned.size === 0;
    for (const uri of uris) {
      this.#open.get(uri)?.hearAgain();
      this.#concerned.add(uri);
    }
    if (isFirst && this.#concerned.size > 0) setImmediate(() => void this.#settle());
  }

  /** Lints again what waits for it; other messages come between the files. */
  async #settle(): Promise<void> {
    for (const uri of this.#concerned) {
      if (this.#held > 0) return;
      this.#concerned.delete(uri);
      await this.lintOpen(uri).catch((error: unknown) => this.#log(`Checking ${uri} failed`, error));
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** A file has changed what is found in others, or what they refer to stands elsewhere. */
  #spread(concerned: readonly string[], moved: readonly string[]): void {
    const isClosed = (uri: string) => !this.isOpen(uri);
    this.#concern([...concerned, ...moved].filter((uri) => this.isOpen(uri)));
    this.#try('Checking what is concerned', this.#closed.consider(concerned.filter(isClosed)));
    this.#try('Checking what is concerned', this.#closed.changed(moved.filter(isClosed)));
  }

  /** The findings of an open document at its present version; undefined for what is not checked. */
  async lintOpen(uri: string): Promise<LintedDocument | undefined> {
    const settings = await this.#settings.for(this.#folders.scopeOf(uri));
    const document = this.#documents.get(uri);
    if (!document) return undefined;
    const isChecked =
      settings.enable &&
      !isConfig(uri) &&
      !DERIVED_SCHEME.test(URI.parse(uri).scheme) &&
      !this.#isExcluded(uri, settings.exclude);
    const size = isChecked ? document.length : 0;
    if (!isChecked || size > MOST_BYTES) {
      if (isChecked) this.#connection.console.warn(`${uri} ${tooLarge(size)}.`);
      this.clear([uri]);
      return undefined;
    }
    const open = this.#openLint(document, settings.lint);
    return open.present ?? open.lint();
  }

  #openLint(document: OpenText, settings: Linted['settings']): OpenLint {
    const { uri } = document;
    const path = this.#pathOf(document);
    const known = this.#open.get(uri);
    if (known?.isFor(document, { path, settings })) return known;
    const about = { path, settings, neighbours: this.#neighbourhoods.beside(uri) };
    const open = new OpenLint(document, about, (linted, isEdited) => {
      // It may have been closed, or have other settings now.
      if (this.#open.get(uri) !== open) return;
      this.#learn(linted);
      this.#published.showOpen(linted, isEdited);
    });
    this.#open.set(uri, open);
    return open;
  }

  /** An open document was closed: its place is taken by the file on disk. */
  async closed(uri: string): Promise<void> {
    this.#open.delete(uri);
    await this.changedOnDisk([uri]);
  }

  /** Lints files that changed on disk, those of them that the workspace's list shows. */
  async changedOnDisk(uris: readonly string[]): Promise<void> {
    const listed: string[] = [];
    const gone: string[] = [];
    for (const uri of uris) {
      if (this.isOpen(uri)) continue;
      const settings = await this.#settings.for(this.#folders.scopeOf(uri));
      (this.#isListed(uri, settings) ? listed : gone).push(uri);
    }
    this.clear(gone.filter((uri) => !this.isOpen(uri)));
    await this.#closed.changed(listed);
  }

  /**
   * Lints a file on disk, if it is one that the workspace's list shows.
   * @returns undefined when it is not, and when it cannot be read
   */
  async lintClosed(uri: string): Promise<LintedDocument | undefined> {
    const settings = await this.#settings.for(this.#folders.scopeOf(uri));
    if (this.#documents.get(uri)) return undefined;
    const below = this.#folders.pathInFolder(uri);
    const fsPath = fileOf(uri);
    const read = this.#isListed(uri, settings) ? await readTextFile(fsPath) : undefined;
    // It may have been opened in the meantime.
    if (this.#documents.get(uri)) return undefined;
    if (!read || 'refused' in read) {
      if (read && !read.refused.includes('ENOENT')) this.#connection.console.warn(`${fsPath} ${read.refused}.`);
      this.clear([uri]);
      return undefined;
    }
    // Edits are made to the text as an editor would show it.
    const document = TextDocument.create(uri, 'yaml', 0, withoutMark(read.text));
    const [path, neighbours] = [below ?? fsPath, this.#neighbourhoods.beside(uri)];
    const result = lint(path, document.getText(), settings.lint, neighbours);
    const linted = { document, path, settings: settings.lint, result, neighbours, isOpen: false };
    this.#learn(linted);
    this.#published.show(uri, result.findings, document);
    return linted;
  }

  /** Whether a file is one of those that are listed while they are not open, as a scan lists them. */
  #isListed(uri: string, { enable, scope, exclude }: Settings): boolean {
    const below = this.#folders.pathInFolder(uri);
    if (!enable || scope !== 'workspace' || below === undefined || !isWalked(below, exclude)) return false;
    const gitIgnore = this.#folders.gitIgnoreOf(this.#folders.scopeOf(uri));
    return !gitIgnore.ignores(fileOf(uri));
  }

  /** Every file that has problems now, read and linted anew. */
  async withProblems(): Promise<LintedDocument[]> {
    const files = await Promise.all(
      [...this.#published.files].sort().map((uri) => (this.isOpen(uri) ? this.lintOpen(uri) : this.lintClosed(uri))),
    );
    return files.filter((file) => file !== undefined);
  }

  /** Whether a file other than this one has a finding of a rule. */
  hasElsewhere(rule: RuleId, uri: string): boolean {
    return this.#published.hasElsewhere(rule, uri);
  }

  /** Takes back all that is known of files, and of every file below those that were folders. */
  clear(uris: readonly string[]): void {
    const gone = new Set(uris);
    if (gone.size === 0) return;
    const all = uris.every((uri) => this.#neighbourhoods.has(uri)) ? gone : this.#known();
    for (const uri of all) {
      if (!isAtOrBelow(uri, gone)) continue;
      this.#open.delete(uri);
      this.#closed.forget(uri);
      this.#spread(this.#neighbourhoods.forget(uri), []);
      this.#published.hide(uri);
    }
    for (const uri of gone) {
      this.#open.delete(uri);
      this.#closed.forget(uri);
    }
  }

  /** The settings changed: lints all open documents again and takes back what is not listed any more. */
  async refreshOpen(): Promise<void> {
    this.#open.clear();
    await Promise.all(this.#documents.keys().map((uri) => this.lintOpen(uri)));
  }

  /** The files that are known and not open. */
  listed(): string[] {
    return [...this.#known()].filter((uri) => !this.#documents.get(uri));
  }

  #known(): Set<string> {
    return new Set([...this.#published.files, ...this.#neighbourhoods.files]);
  }

  isOpen(uri: string): boolean {
    return this.#documents.get(uri) !== undefined;
  }

  #isExcluded(uri: string, exclude: readonly string[]): boolean {
    const below = this.#folders.pathInFolder(uri);
    return below !== undefined && isExcluded(below, exclude);
  }

  /** What the rules take for an open document's path: its language tells more than the name of an untitled document. */
  #pathOf({ uri, languageId }: OpenText): string {
    const { scheme, path } = URI.parse(uri);
    const known = this.#folders.pathInFolder(uri) ?? path;
    if (languageId === 'dockercompose') return `${known}/compose.yaml`;
    return (scheme === 'untitled' ? UNTITLED[languageId] : undefined) ?? known;
  }

  /** Takes in what a lint says about the file and to others. */
  #learn({ document, result }: LintedDocument): void {
    const { uri } = document;
    for (const { part, error } of result.failures)
      this.#log(`The ${part} failed in ${uri} and was left out there`, error);
    const lines = result.facts.length > 0 ? document : undefined;
    const isMentioned = this.#published.isMentioned(uri);
    const { concerned, isMoved } = this.#neighbourhoods.learn(uri, result, lines, isMentioned);
    this.#spread(concerned, isMoved ? [...this.#published.mentioning(uri)] : []);
  }

  #try(what: string, run: Promise<void>): void {
    run.catch((error: unknown) => this.#log(`${what} failed`, error));
  }

  #log(what: string, error: unknown): void {
    this.#connection.console.error(
      `${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}

/** Whether a file is one of some, or lies below one of them. */
function isAtOrBelow(uri: string, uris: ReadonlySet<string>): boolean {
  for (let end = uri.length; end > 0; end = uri.lastIndexOf('/', end - 1)) if (uris.has(uri.slice(0, end))) return true;
  return false;
}

/** What an untitled document of a language would be called. */
const UNTITLED: Readonly<Record<string, string>> = {
  dockerfile: 'Dockerfile',
  makefile: 'Makefile',
  markdown: 'untitled.md',
  shellscript: 'untitled.sh',
};
