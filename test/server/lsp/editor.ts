import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { PassThrough } from 'node:stream';
import type { TestContext } from 'node:test';
import {
  type ApplyWorkspaceEditParams,
  type ClientCapabilities,
  type CodeAction,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type FileChangeType,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  type ServerCapabilities,
  StreamMessageReader,
  StreamMessageWriter,
  type TextDocumentEdit,
  type WorkspaceEdit,
} from 'vscode-languageserver/node';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { FolderConfig } from '../../../server/lsp/documents/config-files.ts';
import { startServer } from '../../../server/lsp/server.ts';
import type { Workers } from '../../../server/workspace/lint/workers.ts';

const PAGES = join(import.meta.dirname, '..', '..', '..', 'dist', 'rules');

const CAPABILITIES: ClientCapabilities = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
    workspaceFolders: true,
    codeLens: { refreshSupport: true },
    inlayHint: { refreshSupport: true },
    applyEdit: true,
    workspaceEdit: { documentChanges: true, changeAnnotationSupport: {} },
  },
  window: { workDoneProgress: true },
};

/** What VS Code's client asks for beside that. */
const INITIALIZATION = { showSignals: 'show.signs', receivesConfigurations: true };

/** What `bulkhead.*` settings a folder has, by the last segment of its URI; '' stands for all others. */
export type SettingsByFolder = Record<string, object>;

/** An editor that talks to a real server over two streams, and a workspace of its own on disk. */
export class Editor {
  readonly settings: SettingsByFolder = { '': {} };
  /** What the server can do, as it says. */
  abilities: ServerCapabilities = {};
  /** The methods of all that the server sent unasked. */
  readonly heard = new Set<string>();
  readonly published: PublishDiagnosticsParams[] = [];
  readonly log: string[] = [];
  readonly warnings: string[] = [];
  readonly progress: string[] = [];
  readonly watched: string[] = [];
  /** What the server told of the configurations of folders. */
  readonly configurations: FolderConfig[] = [];
  /** What the server asked to be changed. */
  readonly edits: ApplyWorkspaceEditParams[] = [];
  /** How often the server asked to ask for code lenses again. */
  lensRefreshes = 0;
  readonly root: string;
  readonly #connection: ProtocolConnection;
  #hasEnded = false;
  /** The scans that show progress, by their tokens. */
  readonly scans: (string | number)[] = [];
  readonly #listeners = new Set<() => void>();

  private constructor(root: string, workers: Workers | undefined) {
    this.root = root;
    const [up, down] = [new PassThrough(), new PassThrough()];
    startServer(createConnection(new StreamMessageReader(up), new StreamMessageWriter(down)), PAGES, workers);
    this.#connection = createProtocolConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    this.#answer();
    this.#connection.listen();
  }

  /**
   * Starts an editor on a fresh workspace. The test fails if the server logs an error it did not expect.
   * @param files what lies in the workspace, by path
   */
  static async open(
    test: TestContext,
    files: Record<string, string | Buffer>,
    options: {
      settings?: SettingsByFolder;
      folders?: string[];
      initialization?: object;
      capabilities?: ClientCapabilities;
      /** What an editor sends that knows of one folder only. */
      asRoot?: boolean;
      /** Who lints files that are not open, instead of whom the server chooses. */
      workers?: Workers;
      /** A workspace that is there already, instead of a fresh one. */
      root?: string;
    } = {},
  ): Promise<Editor> {
    const root = options.root ?? (await mkdtemp(join(tmpdir(), 'bulkhead-server-')));
    const editor = new Editor(root, options.workers);
    test.after(() => editor.close());
    Object.assign(editor.settings, options.settings);
    for (const [path, content] of Object.entries(files)) await editor.write(path, content);
    const workspaceFolders = (options.folders ?? ['']).map((name) => ({
      uri: editor.uri(name).replace(/\/$/, ''),
      name,
    }));
    const params: InitializeParams = {
      processId: null,
      rootUri: options.asRoot ? editor.uri('') : null,
      capabilities: options.capabilities ?? CAPABILITIES,
      workspaceFolders: options.asRoot ? null : workspaceFolders,
      initializationOptions: options.initialization ?? INITIALIZATION,
    };
    const { capabilities } = await editor.#connection.sendRequest<InitializeResult>('initialize', params);
    editor.abilities = capabilities;
    await editor.#connection.sendNotification('initialized', {});
    return editor;
  }

  /** Ends the server, and takes the workspace away. */
  async close(): Promise<void> {
    await this.end();
    await rm(this.root, { recursive: true, force: true });
  }

  /** Ends the server. */
  async end(): Promise<void> {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    await this.#connection.sendRequest('shutdown');
    this.#connection.dispose();
  }

  #answer(): void {
    const connection = this.#connection;
    connection.onUnhandledNotification(({ method }) => this.heard.add(method));
    const heard = <T>(method: string, take: (params: T) => void) =>
      connection.onNotification(method, (params: T) => {
        this.heard.add(method);
        take(params);
        for (const listener of [...this.#listeners]) listener();
      });
    heard<PublishDiagnosticsParams>('textDocument/publishDiagnostics', (params) => this.published.push(params));
    heard<{ type: number; message: string }>('window/logMessage', ({ message }) => this.log.push(message));
    heard<{ message: string }>('window/showMessage', ({ message }) => this.warnings.push(message));
    heard<FolderConfig>('bulkhead/configuration', (params) => this.configurations.push(params));
    heard<{ value: { kind: string } }>('$/progress', ({ value }) => this.progress.push(value.kind));
    const asked = <T>(method: string, answer: (params: T) => unknown) =>
      connection.onRequest(method, (params: T) => {
        this.heard.add(method);
        return answer(params);
      });
    asked('window/workDoneProgress/create', ({ token }: { token: string | number }) => {
      this.scans.push(token);
      return null;
    });
    asked('workspace/codeLens/refresh', () => {
      this.lensRefreshes++;
      for (const listener of [...this.#listeners]) listener();
      return null;
    });
    asked('workspace/inlayHint/refresh', () => null);
    asked('workspace/applyEdit', (params: ApplyWorkspaceEditParams) => {
      this.edits.push(params);
      return { applied: true };
    });
    asked('client/registerCapability', ({ registrations }: { registrations: { method: string }[] }) => {
      this.watched.push(...registrations.map(({ method }) => method));
      return null;
    });
    asked('workspace/configuration', ({ items }: { items: { scopeUri: string }[] }) =>
      items.map(({ scopeUri }) => this.settings[scopeUri.split('/').at(-1) ?? ''] ?? this.settings['']),
    );
  }

  uri(path: string): string {
    return URI.file(`${this.root}/${path}`).toString();
  }

  async write(path: string, content: string | Buffer): Promise<void> {
    await mkdir(dirname(join(this.root, path)), { recursive: true });
    await writeFile(join(this.root, path), content);
  }

  /** Waits until something the server said makes `holds` true. */
  async until(what: string, holds: () => boolean): Promise<void> {
    if (holds()) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#listeners.delete(look);
        reject(
          new Error(
            `Not seen: ${what}. Published: ${JSON.stringify(this.published.map(({ uri, diagnostics }) => [uri, diagnostics.length]))}. Log: ${this.log.join('\n')}`,
          ),
        );
      }, 20_000);
      const look = () => {
        if (!holds()) return;
        clearTimeout(timer);
        this.#listeners.delete(look);
        resolve();
      };
      this.#listeners.add(look);
    });
  }

  /** Waits for the end of the scan that runs or is about to. */
  async scanned(times = 1): Promise<void> {
    await this.until('the end of the scan', () => this.progress.filter((kind) => kind === 'end').length >= times);
  }

  /** What is shown for a file now; undefined when nothing was ever published for it. */
  shown(path: string): Diagnostic[] | undefined {
    return this.published.findLast(({ uri }) => uri === this.uri(path) || uri === path)?.diagnostics;
  }

  rulesShown(path: string): unknown[] {
    return (this.shown(path) ?? []).map(({ code }) => code);
  }

  async untilShown(path: string, rules: string[]): Promise<Diagnostic[]> {
    const holds = () =>
      this.shown(path) !== undefined && JSON.stringify(this.rulesShown(path)) === JSON.stringify(rules);
    await this.until(`${path}: ${rules.join(', ')}`, holds);
    return this.shown(path) as Diagnostic[];
  }

  async openDocument(path: string, text: string, languageId = 'yaml', version = 1): Promise<void> {
    const uri = path.includes(':') ? path : this.uri(path);
    await this.notify('textDocument/didOpen', { textDocument: { uri, languageId, version, text } });
  }

  notify(method: string, params: object): Promise<void> {
    return this.#connection.sendNotification(method, params);
  }

  request<T>(method: string, params: object): Promise<T> {
    return this.#connection.sendRequest(method, params);
  }

  async changeOnDisk(path: string, type: FileChangeType): Promise<void> {
    await this.notify('workspace/didChangeWatchedFiles', { changes: [{ uri: this.uri(path), type }] });
  }

  /** The code actions for a diagnostic, of the kinds named. */
  async codeActions(path: string, diagnostic: Diagnostic | undefined, only?: string[]): Promise<CodeAction[]> {
    assert.ok(diagnostic);
    const context = { diagnostics: [diagnostic], ...(only && { only }) };
    return this.request('textDocument/codeAction', {
      textDocument: { uri: this.uri(path) },
      range: diagnostic.range,
      context,
    });
  }
}

/** The text of one file after a change of several. */
export function changed(edit: WorkspaceEdit, uri: string, text: string): string {
  const change = (edit.documentChanges as TextDocumentEdit[]).find(({ textDocument }) => textDocument.uri === uri);
  return change ? TextDocument.applyEdits(TextDocument.create('', 'yaml', 0, text), change.edits as never) : text;
}

/** The text after a code action, as an editor would apply it to the version it is for. */
export function applied(action: CodeAction | undefined, text: string, version: number): string {
  const [change, ...others] = (action?.edit?.documentChanges ?? []) as TextDocumentEdit[];
  assert.ok(change);
  assert.deepEqual(others, []);
  assert.equal(change.textDocument.version, version);
  return TextDocument.applyEdits(TextDocument.create('', 'yaml', version, text), change.edits as never);
}
