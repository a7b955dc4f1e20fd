import {
  CodeLensRefreshRequest,
  type Connection,
  FileChangeType,
  type FileEvent,
  type InitializeResult,
  InlayHintRefreshRequest,
  type TextDocumentContentChangeEvent,
  type TextDocumentIdentifier,
  TextDocuments,
} from 'vscode-languageserver/node';
import { logText } from '../sinks/editor.ts';
import { InlineWhenSmall } from '../workspace/lint/inline-workers.ts';
import { Pool, THREADS } from '../workspace/lint/pool.ts';
import type { Workers } from '../workspace/lint/workers.ts';
import { today } from '../workspace/today.ts';
import { AUDIT_COMMAND, capabilitiesFor, DEPLOYED_REQUEST, register, SCAN_COMMAND } from './capabilities.ts';
import { type Client, readClient } from './client.ts';
import { ConfigFiles, isConfig } from './documents/config-files.ts';
import { Files } from './documents/files.ts';
import { Folders } from './documents/folders.ts';
import { OpenText } from './documents/open-text.ts';
import { Scan } from './documents/scan.ts';
import { SettingsStore } from './documents/settings-store.ts';
import { spelled, spelledDocuments, spelledFolder } from './documents/uris.ts';
import type { AuditOrder } from './features/audit.ts';
import { FIX_COMMAND, type FixOrder } from './features/code-actions.ts';
import { Commands } from './features/commands.ts';
import { Requests } from './features/requests.ts';
import { logError } from './log.ts';
import { Pages } from './pages.ts';

/** How often the server looks whether a new day has begun, on which exceptions may have ended. */
const DAY_WATCH = 600_000;

/**
 * Serves an editor over a connection and listens on it.
 * @param pagesFolder where the rule pages lie on disk
 * @param workers who lints the files that are not open
 */
export function startServer(
  connection: Connection,
  pagesFolder: string,
  workers: Workers = new InlineWhenSmall(new Pool(THREADS.editor, { givesWay: true })),
): void {
  new Server(connection, pagesFolder, workers).listen();
}

/** How documents are made of what editors say about them. */
const OPEN_TEXTS = {
  create: (uri: string, languageId: string, version: number, text: string) =>
    new OpenText(uri, languageId, version, text),
  update: (document: OpenText, changes: TextDocumentContentChangeEvent[], version: number) =>
    document.update(changes, version),
};

/** Wires the parts to the protocol; what they do stands with them. */
class Server {
  readonly #connection: Connection;
  readonly #documents = new TextDocuments<OpenText>(OPEN_TEXTS);
  readonly #folders: Folders;
  readonly #pages: Pages;
  readonly #configs: ConfigFiles;
  readonly #settings: SettingsStore;
  readonly #files: Files;
  readonly #requests: Requests;
  readonly #commands: Commands;
  readonly #scan: Scan;
  readonly #workers: Workers;
  #client: Client = readClient({ processId: null, rootUri: null, capabilities: {} });

  constructor(connection: Connection, pagesFolder: string, workers: Workers) {
    this.#connection = connection;
    this.#workers = workers;
    this.#pages = new Pages(pagesFolder);
    this.#folders = new Folders((path, reason) =>
      connection.console.warn(logText(`${path} ${reason}; what it tells git to ignore was not left out.`)),
    );
    this.#configs = new ConfigFiles(connection, this.#documents, this.#folders, this.#pages);
    this.#settings = new SettingsStore(connection, this.#configs);
    const parts = {
      connection,
      documents: this.#documents,
      settings: this.#settings,
      folders: this.#folders,
      pages: this.#pages,
    };
    this.#files = new Files({
      ...parts,
      accepted: this.#configs.accepted,
      workers,
      onOpenAffected: () => void this.#guard('Showing values', () => this.#refreshHints()),
    });
    this.#requests = new Requests({ ...parts, files: this.#files });
    this.#commands = new Commands({ ...parts, files: this.#files });
    this.#scan = new Scan(connection, this.#files, this.#folders, this.#settings);
  }

  listen(): void {
    const connection = this.#connection;
    connection.onInitialize((params) => this.#initialize(readClient(params)));
    connection.onInitialized(() => this.#guard('Starting', () => this.#begin()));
    connection.onDidChangeConfiguration(() => this.#guard('Applying the settings', () => this.#refresh()));
    connection.onDidChangeWatchedFiles(({ changes }) =>
      this.#guard('Following changed files', () => this.#filesChanged(changes)),
    );
    this.#answerRequests();
    const watch = this.#watchDay();
    connection.onShutdown(() => {
      clearInterval(watch);
      this.#scan.stop();
      return this.#workers.end();
    });
    this.#documents.onDidChangeContent(({ document: { uri } }) =>
      isConfig(uri)
        ? this.#guard('Applying the configuration', () => this.#configChanged(uri))
        : this.#files.open.changed(uri),
    );
    this.#documents.onDidClose(({ document: { uri } }) =>
      this.#guard('Closing a file', () => (isConfig(uri) ? this.#configChanged(uri) : this.#files.closedByEditor(uri))),
    );
    this.#documents.listen(spelledDocuments(connection));
    connection.listen();
  }

  #answerRequests(): void {
    const connection = this.#connection;
    const requests = this.#requests;
    connection.onCodeAction((params) =>
      this.#guard('Looking for fixes', () => requests.codeActions(params, this.#client)),
    );
    connection.onHover((params) => this.#guard('Showing a rule', () => requests.hover(params)));
    connection.onCodeLens(({ textDocument }) =>
      this.#guard('Looking for code lenses', () => requests.codeLenses(textDocument.uri, this.#client)),
    );
    connection.languages.inlayHint.on((params) => this.#guard('Looking for values', () => requests.inlayHints(params)));
    connection.onCompletion((params) => this.#guard('Completing a configuration', () => requests.completion(params)));
    connection.onRequest(DEPLOYED_REQUEST, async ({ textDocument }: { textDocument: TextDocumentIdentifier }) => {
      const lines = await this.#guard('Showing what is deployed', () => requests.deployed(textDocument.uri));
      return lines ?? [];
    });
    connection.onExecuteCommand(({ command, arguments: [order] = [] }) =>
      this.#guard(`The command ${command}`, async () => {
        if (command === SCAN_COMMAND) await this.#scan.run();
        if (command === FIX_COMMAND) await this.#commands.fix((order ?? { review: true }) as FixOrder, this.#client);
        return command === AUDIT_COMMAND ? this.#commands.audit((order ?? {}) as AuditOrder) : undefined;
      }),
    );
  }

  #initialize(client: Client): InitializeResult {
    this.#client = client;
    this.#pages.begin(client.rulePage);
    this.#folders.set(client.folders.map(spelledFolder));
    this.#configs.begin(client.receivesConfigurations);
    this.#settings.begin(client.hasSettings);
    this.#scan.begin(client.showsProgress, client.storage);
    return { serverInfo: { name: 'bulkhead' }, capabilities: capabilitiesFor(client) };
  }

  async #begin(): Promise<void> {
    const client = this.#client;
    await register(this.#connection, client);
    if (client.changesFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const left = new Set(removed.map(({ uri }) => spelled(uri)));
        this.#folders.set([...this.#folders.all.filter(({ uri }) => !left.has(uri)), ...added.map(spelledFolder)]);
        this.#configs.showUnused();
        return this.#guard('Following workspace folders', () => this.#refresh());
      });
    }
    await this.#scan.run();
  }

  /** Something changed that concerns every file. */
  async #refresh(): Promise<void> {
    this.#settings.forget();
    await this.#relint();
  }

  async #relint(): Promise<void> {
    await this.#files.open.refresh();
    const lenses = this.#client.refreshesLenses ? this.#connection.sendRequest(CodeLensRefreshRequest.type) : undefined;
    await Promise.all([lenses, this.#refreshHints(), this.#scan.run()]);
  }

  /** Values that templates read may be others now. */
  async #refreshHints(): Promise<void> {
    if (this.#client.refreshesHints) await this.#connection.sendRequest(InlayHintRefreshRequest.type);
  }

  /** On a new day exceptions may have ended, in files that nobody touches too. */
  #watchDay(): NodeJS.Timeout {
    let day = today();
    const look = () => {
      if (today() === day) return;
      day = today();
      void this.#guard('Beginning a new day', () => this.#refresh());
    };
    return setInterval(look, DAY_WATCH).unref();
  }

  /** A configuration was opened, edited, closed or changed on disk. */
  async #configChanged(uri: string): Promise<void> {
    if (!this.#configs.isUsed(uri)) this.#configs.showUnused();
    else if (await this.#settings.reload(this.#folders.scopeOf(uri))) await this.#relint();
  }

  async #filesChanged(changes: readonly FileEvent[]): Promise<void> {
    const isGitIgnore = ({ uri }: FileEvent) => uri.endsWith('/.gitignore');
    const deleted: string[] = [];
    const changed = new Set<string>();
    for (const { uri: named, type } of changes.filter((change) => !isGitIgnore(change))) {
      const uri = spelled(named);
      if (isConfig(uri)) await this.#configChanged(uri);
      else if (type !== FileChangeType.Deleted) changed.add(uri);
      else {
        changed.delete(uri);
        if (!this.#files.open.has(uri)) deleted.push(uri);
      }
    }
    this.#files.clear(deleted);
    await this.#files.changedOnDisk([...changed]);
    if (changes.some(isGitIgnore)) await this.#scan.run();
  }

  /** The one way errors take: whatever a handler throws is logged by name and costs nothing else. */
  async #guard<T>(what: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      logError(this.#connection, `${what} failed`, error);
      return undefined;
    }
  }
}
