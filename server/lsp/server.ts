import {
  type CodeAction,
  type CodeActionParams,
  type CodeLens,
  CodeLensRefreshRequest,
  CompletionRequest,
  type Connection,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  FileChangeType,
  type FileEvent,
  type Hover,
  type HoverParams,
  type InitializeResult,
  MessageType,
  ShowMessageNotification,
  type TextDocumentContentChangeEvent,
  TextDocumentSyncKind,
  TextDocuments,
} from 'vscode-languageserver/node';
import { aiWorkloadAt, CONFIG_NAME, findingsAt, fixOf, preferredFix, type RuleId } from '../../shared-rules/index.ts';
import { InlineWhenSmall } from '../workspace/lint/inline-workers.ts';
import { Pool, THREADS } from '../workspace/lint/pool.ts';
import type { Workers } from '../workspace/lint/workers.ts';
import { today } from '../workspace/today.ts';
import { type Client, readClient } from './client.ts';
import { ConfigFiles, isConfig } from './documents/config-files.ts';
import { Files } from './documents/files.ts';
import { Folders } from './documents/folders.ts';
import { type LinedText, OpenText } from './documents/open-text.ts';
import { Scan } from './documents/scan.ts';
import { SettingsStore } from './documents/settings-store.ts';
import { spelled, spelledDocuments, spelledFolder } from './documents/uris.ts';
import { aiCodeLenses } from './features/ai-code-lens.ts';
import { aiHover } from './features/ai-hover.ts';
import { type AuditOrder, auditReport } from './features/audit.ts';
import { editFor, repair, repairWithReview } from './features/bulk-fix.ts';
import { ACCEPT, codeActions, FIX_ALL, FIX_COMMAND, type FixOrder, QUICK_FIX } from './features/code-actions.ts';
import { configActions, configCompletion, configHover } from './features/config-editing.ts';
import { Pages } from './features/pages.ts';
import { toLspRange } from './to-lsp.ts';

/** Files that may be listed, but for scripts that only their first line tells, and those that say what is not listed. */
const WATCHED = [
  '**/*.{yaml,yml,json,sh,bash,zsh,ksh,mk,md,markdown,service,container,pod,kube,build,dockerfile,containerfile}',
  '**/{Dockerfile,Containerfile,Makefile,makefile,GNUmakefile}*',
  '**/.gitignore',
];
/** How often the server looks whether a new day has begun, on which exceptions may have ended. */
const DAY_WATCH = 600_000;

const SCAN_COMMAND = 'bulkhead.scanWorkspace';
/** Takes an `AuditOrder` and gives back a Markdown document, or nothing after it said why. */
const AUDIT_COMMAND = 'bulkhead.audit';

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
  readonly #folders = new Folders();
  readonly #pages: Pages;
  readonly #configs: ConfigFiles;
  readonly #settings: SettingsStore;
  readonly #files: Files;
  readonly #scan: Scan;
  readonly #workers: Workers;
  #client: Client = readClient({ processId: null, rootUri: null, capabilities: {} });

  constructor(connection: Connection, pagesFolder: string, workers: Workers) {
    this.#connection = connection;
    this.#workers = workers;
    this.#pages = new Pages(pagesFolder);
    this.#configs = new ConfigFiles(connection, this.#documents, this.#folders, this.#pages);
    this.#settings = new SettingsStore(connection, this.#configs);
    this.#files = new Files({
      connection,
      documents: this.#documents,
      settings: this.#settings,
      folders: this.#folders,
      pages: this.#pages,
      workers,
    });
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
    connection.onCodeAction((params) => this.#guard('Looking for fixes', () => this.#codeActions(params)));
    connection.onHover((params) => this.#guard('Showing a rule', () => this.#hover(params)));
    connection.onCodeLens(({ textDocument }) =>
      this.#guard('Naming AI workloads', () => this.#codeLenses(spelled(textDocument.uri))),
    );
    connection.onCompletion(({ textDocument, position }) =>
      this.#guard('Completing a configuration', async () => {
        const config = await this.#openConfig(spelled(textDocument.uri));
        return config && configCompletion(config, position);
      }),
    );
    connection.onExecuteCommand(({ command, arguments: [order] = [] }) =>
      this.#guard(`The command ${command}`, async () => {
        if (command === SCAN_COMMAND) await this.#scan.run();
        if (command === FIX_COMMAND) await this.#fix((order ?? { review: true }) as FixOrder);
        return command === AUDIT_COMMAND ? this.#audit((order ?? {}) as AuditOrder) : undefined;
      }),
    );
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

  #initialize(client: Client): InitializeResult {
    this.#client = client;
    this.#pages.begin(client.rulePage);
    this.#folders.set(client.folders.map(spelledFolder));
    this.#configs.begin(client.hearsConfigurations);
    this.#settings.begin(client.hasSettings);
    this.#scan.begin(client.showsProgress, client.storage);
    return {
      serverInfo: { name: 'bulkhead' },
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
        codeActionProvider: { codeActionKinds: [QUICK_FIX, ACCEPT, FIX_ALL] },
        hoverProvider: true,
        ...(client.signalsCommand !== undefined && { codeLensProvider: {} }),
        ...(!client.registersCompletion && { completionProvider: {} }),
        executeCommandProvider: { commands: [SCAN_COMMAND, FIX_COMMAND, AUDIT_COMMAND] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
    };
  }

  async #begin(): Promise<void> {
    const client = this.#client;
    // For its own file only, so that nobody waits for it in others.
    if (client.registersCompletion) {
      const documentSelector = [{ pattern: `**/${CONFIG_NAME}` }];
      await this.#connection.client.register(CompletionRequest.type, { documentSelector, triggerCharacters: [' '] });
    }
    if (client.registersSettings) {
      await this.#connection.client.register(DidChangeConfigurationNotification.type, { section: 'bulkhead' });
    }
    if (client.registersWatchers) {
      const watchers = WATCHED.map((globPattern) => ({ globPattern }));
      await this.#connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    }
    if (client.changesFolders) {
      this.#connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const gone = new Set(removed.map(({ uri }) => spelled(uri)));
        this.#folders.set([...this.#folders.all.filter(({ uri }) => !gone.has(uri)), ...added.map(spelledFolder)]);
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
    await Promise.all([lenses, this.#scan.run()]);
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
    const gone: string[] = [];
    const changed = new Set<string>();
    for (const { uri: named, type } of changes.filter((change) => !isGitIgnore(change))) {
      const uri = spelled(named);
      if (isConfig(uri)) await this.#configChanged(uri);
      else if (type !== FileChangeType.Deleted) changed.add(uri);
      else {
        changed.delete(uri);
        if (!this.#files.open.has(uri)) gone.push(uri);
      }
    }
    this.#files.clear(gone);
    await this.#files.changedOnDisk([...changed]);
    if (changes.some(isGitIgnore)) await this.#scan.run();
  }

  /** Repairs a file, or the workspace as it is now: files that are not open are read again first. */
  async #fix({ rule, uri, review }: FixOrder): Promise<void> {
    const label = rule ? `Fix all of ${rule}` : 'Fix all problems';
    if (review ? !this.#client.canReview : !this.#client.appliesEdits) {
      await this.#say(
        MessageType.Warning,
        `${label}: this editor cannot ${review ? 'show changes for review' : 'be asked to make changes'}. Nothing was changed.`,
      );
      return;
    }
    const file = uri === undefined ? undefined : await this.#files.open.lint(spelled(uri));
    const files = file ? [file] : uri === undefined ? await this.#files.withProblems() : [];
    const edit = (review ? repairWithReview : repair)(files, rule ? fixOf([rule]) : preferredFix);
    if (!edit.documentChanges?.length) {
      await this.#say(MessageType.Info, `${label}: there is nothing that can be fixed.`);
      return;
    }
    const { applied, failureReason } = await this.#connection.workspace.applyEdit({
      label,
      edit: editFor(this.#client, edit),
    });
    if (applied || (review && !failureReason)) return;
    await this.#say(
      MessageType.Warning,
      `${label}: the editor did not apply it${failureReason ? ` (${failureReason})` : ''}. Nothing was changed.`,
    );
  }

  async #audit(order: AuditOrder): Promise<string | undefined> {
    // What runs belongs to no folder.
    const { lint } = await this.#settings.for('untitled:audit');
    const report = await auditReport(order, lint, this.#pages.fileOf);
    if ('markdown' in report) return report.markdown;
    await this.#say(MessageType.Warning, report.refused);
    return undefined;
  }

  #say(type: MessageType, message: string): Promise<void> {
    return this.#connection.sendNotification(ShowMessageNotification.type, { type, message: `Bulkhead: ${message}` });
  }

  async #codeActions(params: CodeActionParams): Promise<CodeAction[]> {
    const uri = spelled(params.textDocument.uri);
    const config = await this.#openConfig(uri);
    const linted = config ? undefined : await this.#files.open.lint(uri);
    const isElsewhere = (rule: RuleId) => this.#files.hasElsewhere(rule, uri);
    const client = this.#client;
    const actions = config
      ? configActions(config, params)
      : linted
        ? codeActions(linted, params, isElsewhere, client)
        : [];
    return actions.map((action) => (action.edit ? { ...action, edit: editFor(client, action.edit) } : action));
  }

  async #hover({ textDocument, position }: HoverParams): Promise<Hover | undefined> {
    const uri = spelled(textDocument.uri);
    const config = await this.#openConfig(uri);
    if (config) return configHover(config, position, this.#pages);
    const linted = await this.#files.open.lint(uri);
    if (!linted) return undefined;
    const offset = linted.document.offsetAt(position);
    const [finding] = findingsAt(linted.result, { start: offset, end: offset });
    const workload = finding ? undefined : aiWorkloadAt(linted, offset);
    const value = finding ? this.#pages.forHover(finding.rule) : workload && aiHover(workload, linted.document);
    const range = finding?.range ?? workload?.name.range;
    return value && range
      ? { contents: { kind: 'markdown', value }, range: toLspRange(linted.document, range) }
      : undefined;
  }

  async #codeLenses(uri: string): Promise<CodeLens[]> {
    const { signalsCommand } = this.#client;
    const { codeLens } = await this.#settings.for(this.#folders.scopeOf(uri));
    const linted = codeLens && signalsCommand !== undefined ? await this.#files.open.lint(uri) : undefined;
    return linted && signalsCommand !== undefined ? aiCodeLenses(linted, signalsCommand) : [];
  }

  /** An open configuration, unless Bulkhead is switched off. */
  async #openConfig(uri: string): Promise<LinedText | undefined> {
    if (!isConfig(uri)) return undefined;
    const { enable } = await this.#settings.for(this.#folders.scopeOf(uri));
    return enable ? this.#documents.get(uri) : undefined;
  }

  /** The one way errors take: whatever a handler throws is logged by name and costs nothing else. */
  async #guard<T>(what: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      this.#connection.console.error(
        `${what} failed: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
      );
      return undefined;
    }
  }
}
