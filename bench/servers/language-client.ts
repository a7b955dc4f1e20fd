import { type ChildProcess, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type InitializeParams,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
  TextDocumentSyncKind,
} from 'vscode-languageserver/node';
import { residentMemory } from '../process-memory.ts';
import type { Change } from '../typing/edits.ts';
import type { Contender } from './contenders.ts';

const CAPABILITIES: InitializeParams['capabilities'] = {
  workspace: {
    configuration: true,
    workspaceFolders: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true },
  },
  textDocument: {
    synchronization: { dynamicRegistration: true },
    publishDiagnostics: { relatedInformation: true, versionSupport: true, codeDescriptionSupport: true },
  },
  window: { workDoneProgress: true },
};

/** An answer that takes longer counts as none. */
const PATIENCE = 180_000;

/** What was published, and how long after the keystroke. */
export interface Answer {
  readonly ms: number;
  readonly published: PublishDiagnosticsParams;
}

/** A server in a process of its own and the editor it talks to. */
export class LanguageClient {
  readonly name: string;
  readonly #process: ChildProcess;
  readonly #connection: ProtocolConnection;
  readonly #contender: Contender;
  /** Resolves when the process is gone. */
  readonly #gone: Promise<void>;
  #version = 0;
  #lastMessage = performance.now();
  #onPublish: ((published: PublishDiagnosticsParams) => void) | undefined;
  #onFailure: (error: Error) => void = () => {};
  #stderr = '';
  #isStopping = false;
  /** Ends of work that the server shows progress of. */
  #ended = 0;
  #onEnd = () => {};
  /** How many diagnostics are shown for each file. */
  readonly shown = new Map<string, number>();

  constructor(contender: Contender, folder: string) {
    this.name = contender.name;
    this.#contender = contender;
    this.#process = spawn(process.execPath, contender.command, {
      cwd: folder,
      env: { ...process.env, ...contender.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    const { stdin, stdout, stderr } = this.#process;
    if (!stdin || !stdout || !stderr) throw new Error(`${this.name} has no streams.`);
    stderr.on('data', (data) => {
      this.#stderr = (this.#stderr + data).slice(-2000);
    });
    stdin.on('error', () => {});
    this.#gone = new Promise((resolve) => {
      this.#process.on('exit', (code) => {
        if (!this.#isStopping) this.#onFailure(new Error(`${this.name} ended (${code}): ${this.#stderr}`));
        resolve();
      });
    });
    this.#connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.#listen();
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Sends a signal. @returns what the process says to it on standard error, in one go */
  saidTo(signal: NodeJS.Signals, pattern: RegExp): Promise<string> {
    const said = new Promise<string>((resolve) => {
      this.#process.stderr?.on('data', (data) => {
        const match = pattern.exec(String(data));
        if (match?.[1]) resolve(match[1]);
      });
    });
    this.#process.kill(signal);
    return this.#patiently(said);
  }

  #listen(): void {
    const connection = this.#connection;
    connection.onUnhandledNotification(() => {
      this.#lastMessage = performance.now();
    });
    connection.onNotification('textDocument/publishDiagnostics', (published: PublishDiagnosticsParams) => {
      this.#lastMessage = performance.now();
      this.shown.set(published.uri, published.diagnostics.length);
      this.#onPublish?.(published);
    });
    connection.onNotification('$/progress', ({ value }: { value: { kind: string } }) => {
      this.#lastMessage = performance.now();
      if (value.kind !== 'end') return;
      this.#ended++;
      this.#onEnd();
    });
    connection.onRequest('workspace/configuration', ({ items }: { items: { section?: string }[] }) =>
      items.map(({ section }) => this.#contender.settings?.[section ?? ''] ?? null),
    );
    for (const method of ['client/registerCapability', 'window/workDoneProgress/create'])
      connection.onRequest(method, () => null);
    connection.onRequest('vscode/content', (uri: string) =>
      readFile(join(this.#contender.contents ?? '', basename(uri)), 'utf8'),
    );
    connection.listen();
  }

  /** @returns the milliseconds that the answer took */
  async initialize(folder: string): Promise<number> {
    const start = performance.now();
    const uri = pathToFileURL(folder).href;
    const params: InitializeParams = {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'bench' }],
      capabilities: CAPABILITIES,
      initializationOptions: this.#contender.initializationOptions ?? {},
    };
    const { capabilities } = await this.#patiently<InitializeResult>(
      this.#connection.sendRequest('initialize', params),
    );
    const elapsed = performance.now() - start;
    const sync = capabilities.textDocumentSync;
    if ((typeof sync === 'object' ? sync.change : sync) !== TextDocumentSyncKind.Incremental)
      throw new Error(`${this.name} takes whole texts only.`);
    await this.#connection.sendNotification('initialized', {});
    if (this.#contender.contents) await this.#connection.sendNotification('yaml/registerContentRequest');
    return elapsed;
  }

  /** Opens a file. @returns the first that is published of it */
  open(uri: string, text: string): Promise<Answer> {
    this.#version = 1;
    const textDocument = { uri, languageId: 'yaml', version: this.#version, text };
    return this.#answerTo(uri, 'textDocument/didOpen', { textDocument });
  }

  /** Makes a change. @returns the first that is published of the text with it */
  change(uri: string, change: Change): Promise<Answer> {
    const textDocument = { uri, version: ++this.#version };
    return this.#answerTo(uri, 'textDocument/didChange', { textDocument, contentChanges: [change] });
  }

  /** A server that tells no version is changed only after it has answered: what it publishes next is the answer. */
  async #answerTo(uri: string, method: string, params: object): Promise<Answer> {
    const version = this.#version;
    let start = 0;
    const answer = new Promise<Answer>((resolve) => {
      this.#onPublish = (published) => {
        if (published.uri !== uri || (published.version ?? version) !== version) return;
        resolve({ ms: performance.now() - start, published });
        this.#onPublish = undefined;
      };
    });
    start = performance.now();
    await this.#connection.sendNotification(method, params);
    return this.#patiently(answer);
  }

  /** Waits until the server has shown the end of some work so many times in all. */
  async workEnded(times: number): Promise<void> {
    const ended = new Promise<void>((resolve) => {
      this.#onEnd = () => {
        if (this.#ended >= times) resolve();
      };
    });
    if (this.#ended < times) await this.#patiently(ended);
  }

  /** Waits until the server has handled all it was sent, and has said nothing for so many milliseconds. */
  async quiet(ms: number): Promise<void> {
    await this.#patiently(this.#connection.sendRequest('bench/none').catch(() => {}));
    this.#lastMessage = performance.now();
    for (let left = ms; left > 0; left = ms - (performance.now() - this.#lastMessage))
      await new Promise((resolve) => setTimeout(resolve, Math.ceil(left)));
  }

  /** The most memory that the process has held, in MiB. */
  peakMemory(): number | undefined {
    return residentMemory(this.pid)?.peak;
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    const killer = setTimeout(() => this.#process.kill('SIGKILL'), 5000);
    await this.#connection.sendRequest('shutdown').catch(() => {});
    await this.#connection.sendNotification('exit').catch(() => {});
    await this.#gone;
    clearTimeout(killer);
    this.#connection.dispose();
  }

  #patiently<T>(promise: Promise<T>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const fail = (error: Error) => {
        clearTimeout(timer);
        reject(error);
      };
      const timer = setTimeout(() => fail(new Error(`${this.name} did not answer: ${this.#stderr}`)), PATIENCE);
      this.#onFailure = fail;
      promise.then((value) => {
        clearTimeout(timer);
        resolve(value);
      }, fail);
    });
  }
}
