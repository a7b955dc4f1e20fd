import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  type Diagnostic,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';

const ROOT = join(import.meta.dirname, '..', '..');
const COLLECTOR = join(ROOT, 'bench', 'servers', 'collect-garbage.cjs');

/** What a process holds: bytes of its heap after a garbage collection, and open descriptors where the system tells. */
export interface Held {
  readonly heap: number;
  readonly descriptors: number;
}

/** A language server in a process of its own, as it is shipped, and what it shows of each file. */
export class Server {
  readonly connection: ProtocolConnection;
  readonly shown = new Map<string, readonly Diagnostic[]>();
  /** Called whenever it shows something. */
  onShown: () => void = () => {};
  readonly #process: ChildProcess;
  #said = '';

  constructor(folder: string, onEnd: (how: string) => void) {
    const options = ['--expose-gc', '--require', COLLECTOR, join(ROOT, 'dist', 'bulkhead.cjs'), 'lsp', '--stdio'];
    this.#process = spawn(process.execPath, options, { cwd: folder, stdio: ['pipe', 'pipe', 'pipe'] });
    const { stdin, stdout, stderr } = this.#process;
    if (!stdin || !stdout || !stderr) throw new Error('The server has no streams.');
    stderr.on('data', (data) => {
      this.#said = (this.#said + data).slice(-4000);
    });
    stdin.on('error', () => {});
    this.#process.on('exit', (code, signal) => onEnd(`The server ended (${code ?? signal}): ${this.#said}`));
    this.connection = createProtocolConnection(new StreamMessageReader(stdout), new StreamMessageWriter(stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', (published: PublishDiagnosticsParams) => {
      this.shown.set(published.uri, published.diagnostics);
      this.onShown();
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { items: unknown[] }) =>
      items.map(() => ({ profile: 'all' })),
    );
    for (const method of ['client/registerCapability', 'window/workDoneProgress/create', 'workspace/applyEdit'])
      this.connection.onRequest(method, () => null);
    this.connection.listen();
  }

  async initialize(folder: string): Promise<void> {
    const uri = pathToFileURL(folder).href;
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'soak' }],
      capabilities: {
        workspace: {
          configuration: true,
          workspaceFolders: true,
          didChangeWatchedFiles: { dynamicRegistration: true },
        },
        textDocument: { publishDiagnostics: { relatedInformation: true }, codeAction: { dynamicRegistration: true } },
      },
    });
    await this.connection.sendNotification('initialized', {});
  }

  /** What the process holds when it has collected its garbage. */
  async held(): Promise<Held> {
    this.#said = '';
    const said = new Promise<string>((resolve) => {
      const listen = () => {
        const [, memory] = /memory (\{.*\})/.exec(this.#said) ?? [];
        if (memory === undefined) return;
        this.#process.stderr?.off('data', listen);
        resolve(memory);
      };
      this.#process.stderr?.on('data', listen);
    });
    this.#process.kill('SIGUSR2');
    return { heap: JSON.parse(await said).heapUsed, descriptors: descriptorsOf(this.#process.pid ?? 0) };
  }

  async stop(): Promise<void> {
    this.#process.removeAllListeners('exit');
    const gone = new Promise<void>((resolve) => this.#process.once('exit', () => resolve()));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    await gone;
  }
}

/** 0 where the system does not tell. */
function descriptorsOf(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    return 0;
  }
}
