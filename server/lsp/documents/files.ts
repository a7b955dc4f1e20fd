import type { TextDocuments } from 'vscode-languageserver/node';
import type { AskedTopics, RuleId } from '../../../shared-rules/index.ts';
import { acceptedCounts } from '../../report/finding-data.ts';
import type { Positions } from '../../report/positions.ts';
import { Companions } from '../../workspace/companions.ts';
import type { Workers } from '../../workspace/lint/workers.ts';
import { Published } from '../diagnostics/published.ts';
import type { EditorConnection } from '../editor-connection.ts';
import { logError } from '../log.ts';
import type { Pages } from '../pages.ts';
import type { AcceptedFindings } from './accepted-findings.ts';
import { isListed } from './checked-files.ts';
import { ClosedFiles } from './closed-files.ts';
import { FolderFacts } from './folder-facts.ts';
import type { Folders } from './folders.ts';
import { OpenFiles } from './open-files.ts';
import type { LintedDocument, OpenDocument } from './open-lint.ts';
import type { OpenText } from './open-text.ts';
import { ReadableSources } from './readable-sources.ts';
import type { SettingsStore } from './settings-store.ts';
import { fileOf, uriOf } from './uris.ts';

/** What files have to do with. */
export interface FilesParts {
  readonly connection: EditorConnection;
  readonly documents: TextDocuments<OpenText>;
  readonly settings: SettingsStore;
  readonly folders: Folders;
  readonly accepted: AcceptedFindings;
  readonly pages: Pages;
  /** Who lints files that no editor holds. */
  readonly workers: Workers;
  /** Called when something else may be true of files that the editor holds. */
  readonly onOpenAffected: () => void;
}

/**
 * Which text a file is: the editor's where it is open, else the disk's. What is found in either is published, and its facts
 * are collected; files in which something else may be found by that are linted again.
 */
export class Files {
  readonly #connection: EditorConnection;
  readonly #settings: SettingsStore;
  readonly #folders: Folders;
  readonly #facts: FolderFacts;
  readonly #published: Published;
  readonly #companions = new Companions();
  readonly #sources = new ReadableSources();
  readonly #accepted: AcceptedFindings;
  readonly #onOpenAffected: () => void;
  /** The files that the editor holds. */
  readonly open: OpenFiles;
  /** The files of the workspace that no editor holds. */
  readonly closed: ClosedFiles;

  constructor({ connection, documents, settings, folders, accepted, pages, workers, onOpenAffected }: FilesParts) {
    this.#connection = connection;
    this.#settings = settings;
    this.#folders = folders;
    this.#accepted = accepted;
    this.#onOpenAffected = onOpenAffected;
    this.#facts = new FolderFacts(folders);
    this.#published = new Published(connection, this.#facts, pages);
    this.open = new OpenFiles({
      connection,
      documents,
      settings,
      folders,
      facts: this.#facts,
      onLinted: (linted, isEdited) => this.#take(linted, isEdited),
      onUnchecked: (uri) => this.clear([uri]),
    });
    this.closed = new ClosedFiles({
      connection,
      settings,
      folders,
      facts: this.#facts,
      accepted,
      published: this.#published,
      workers,
      isOpen: (uri) => this.open.has(uri),
      onAffected: (uris) => this.#markOpen(uris),
      onAsked: (uri, asked) => this.#readCompanions(uri, asked),
      onGone: (uri) => this.clear([uri]),
    });
  }

  /** Takes in what was found in an open document. */
  #take(linted: OpenDocument, isEdited: boolean): void {
    const { document, result } = linted;
    const { uri } = document;
    for (const { part, error } of result.failures)
      logError(this.#connection, `The ${part} failed in ${uri} and was left out there`, error);
    const facts = this.#sources.factsOf(uri, result);
    const positions = facts.length > 0 ? document : undefined;
    const { affected, moved } = this.#facts.collect(uri, { facts, asked: result.asked }, positions, this.#published);
    this.#readCompanions(uri, result.asked);
    this.#spread(affected, moved);
    this.#accepted.set(uri, acceptedCounts(result));
    this.#published.showOpen(linted, isEdited);
  }

  /** Reads what a file is put together with and no scan lists, such as a `.env` that git leaves out. */
  #readCompanions(uri: string, asked: AskedTopics): void {
    this.readMore(uri, asked).catch((error: unknown) => logError(this.#connection, 'Reading companions failed', error));
  }

  /** Reads what something else asked about the files beside one. @returns whether there was more to read */
  async readMore(uri: string, asked: AskedTopics): Promise<boolean> {
    if (!this.#folders.hold(uri)) return false;
    const files = this.#companions.asked(asked, fileOf(this.#folders.scopeOf(uri)));
    const unread = files.map(uriOf).filter((other) => !this.#facts.has(other) && !this.open.has(other));
    if (unread.length > 0) await this.#addCompanions(unread);
    return unread.length > 0;
  }

  /** Where the text of a file stands that others are put together with. */
  positionsOf(uri: string): Positions | undefined {
    return this.#facts.positionsOf(uri);
  }

  async #addCompanions(uris: readonly string[]): Promise<void> {
    const areListed = await Promise.all(uris.map((uri) => this.#isListed(uri)));
    await this.closed.addSilently(uris.filter((_, index) => !areListed[index]));
  }

  /** A file has changed what is found in others, or what they refer to stands elsewhere. */
  #spread(affected: readonly string[], moved: readonly string[]): void {
    const isClosed = (uri: string) => !this.open.has(uri);
    this.#markOpen([...affected, ...moved].filter((uri) => this.open.has(uri)));
    const linting = [
      this.closed.lintWhereFactsChanged(affected.filter(isClosed)),
      this.closed.changed(moved.filter(isClosed)),
    ];
    const log = (error: unknown) => logError(this.#connection, 'Checking dependent files failed', error);
    for (const one of linting) one.catch(log);
  }

  #markOpen(uris: readonly string[]): void {
    this.open.markAffected(uris);
    if (uris.length > 0) this.#onOpenAffected();
  }

  /** A document was closed: its place is taken by the file on disk. */
  async closedByEditor(uri: string): Promise<void> {
    this.open.forget(uri);
    this.#sources.forget(uri);
    await this.changedOnDisk([uri]);
  }

  /** Lints files that changed on disk, those of them that the workspace's list shows. */
  async changedOnDisk(uris: readonly string[]): Promise<void> {
    const listed: string[] = [];
    const unlisted: string[] = [];
    for (const uri of uris) {
      this.#companions.forget(fileOf(uri));
      if (this.open.has(uri)) continue;
      ((await this.#isListed(uri)) || this.closed.isSilent(uri) ? listed : unlisted).push(uri);
    }
    this.clear(unlisted.filter((uri) => !this.open.has(uri)));
    // `helm dependency build` makes packages of which a lint has said that they are missing.
    const packages = unlisted.filter(
      (uri) => this.#folders.hold(uri) && this.#companions.isAwaitedPackage(fileOf(uri)),
    );
    await Promise.all([this.closed.changed(listed), this.closed.addSilently(packages)]);
  }

  async #isListed(uri: string): Promise<boolean> {
    return isListed(uri, await this.#settings.for(this.#folders.scopeOf(uri)), this.#folders);
  }

  /** Every file that has problems now, read and linted anew. */
  async withProblems(): Promise<LintedDocument[]> {
    const uris = [...this.#published.files].sort();
    const files = await Promise.all(
      uris.map((uri) => (this.open.has(uri) ? this.open.lint(uri) : this.#lintHere(uri))),
    );
    return files.filter((file) => file !== undefined);
  }

  async #lintHere(uri: string): Promise<LintedDocument | undefined> {
    if (await this.#isListed(uri)) return this.closed.lintHere(uri);
    if (!this.open.has(uri)) this.clear([uri]);
    return undefined;
  }

  /** Whether a file other than this one has a finding of a rule. */
  hasElsewhere(rule: RuleId, uri: string): boolean {
    return this.#published.hasElsewhere(rule, uri);
  }

  /** Takes back all that is known of files, and of every file below those that were folders. */
  clear(uris: readonly string[]): void {
    const cleared = new Set(uris);
    if (cleared.size === 0) return;
    const all = uris.every((uri) => this.#facts.has(uri)) ? cleared : this.#known();
    for (const uri of all) {
      if (!isAtOrBelow(uri, cleared)) continue;
      this.#forget(uri);
      this.#spread(this.#facts.forget(uri), []);
      this.#published.hide(uri);
    }
    for (const uri of cleared) this.#forget(uri);
  }

  #forget(uri: string): void {
    this.open.forget(uri);
    this.closed.forget(uri);
    this.#accepted.set(uri);
  }

  /** The files that are known and not open. */
  listed(): string[] {
    return [...this.#known()].filter((uri) => !this.open.has(uri));
  }

  #known(): Set<string> {
    return new Set([...this.#published.files, ...this.#facts.files, ...this.#accepted.files]);
  }
}

/** Whether a file is one of some, or lies below one of them. */
function isAtOrBelow(uri: string, uris: ReadonlySet<string>): boolean {
  for (let end = uri.length; end > 0; end = uri.lastIndexOf('/', end - 1)) if (uris.has(uri.slice(0, end))) return true;
  return false;
}
