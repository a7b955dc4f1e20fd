import type { WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { logText } from '../../sinks/editor.ts';
import { ScanMemory } from '../../workspace/lint/scan-memory.ts';
import { walk } from '../../workspace/walk.ts';
import type { EditorConnection } from '../editor-connection.ts';
import type { Files } from './files.ts';
import type { Folders } from './folders.ts';
import type { SettingsStore } from './settings-store.ts';
import { uriOf } from './uris.ts';

/** How often a scan says how far it is, in milliseconds. */
const PAUSE = 100;

/** The files that were found so far. */
interface Listing {
  readonly seen: Set<string>;
  isWhole: boolean;
}

/** Lists the problems of every file in the workspace. A new scan ends the one that runs. */
export class Scan {
  readonly #connection: EditorConnection;
  readonly #files: Files;
  readonly #folders: Folders;
  readonly #settings: SettingsStore;
  #running = new AbortController();
  #showsProgress = false;
  #storage: string | undefined;
  /** What is remembered of workspace folders, as long as a scan holds it: those that overlap share it. */
  readonly #held = new Map<string, WeakRef<ScanMemory>>();

  constructor(connection: EditorConnection, files: Files, folders: Folders, settings: SettingsStore) {
    this.#connection = connection;
    this.#files = files;
    this.#folders = folders;
    this.#settings = settings;
  }

  /**
   * @param showsProgress whether the client can show progress
   * @param storage the folder that what is found is remembered in; undefined for nowhere
   */
  begin(showsProgress: boolean, storage: string | undefined): void {
    this.#showsProgress = showsProgress;
    this.#storage = storage;
  }

  stop(): void {
    this.#running.abort();
  }

  /** Scans all folders on disk. Ends early, and quietly, when it is cancelled. */
  async run(): Promise<void> {
    this.stop();
    const running = new AbortController();
    this.#running = running;
    const { signal } = running;
    const progress = this.#showsProgress ? await this.#connection.window.createWorkDoneProgress() : undefined;
    progress?.token.onCancellationRequested(() => running.abort());
    progress?.begin('Bulkhead', 0, 'Looking for manifests', true);
    try {
      await this.#files.open.hold(() => this.#lintAll(signal, progress));
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      progress?.done();
    }
  }

  /** The files of all folders, as they are found. When all are, what is shown of others is taken back. */
  async *#list(listing: Listing, signal: AbortSignal): AsyncGenerator<string> {
    this.#folders.forgetGitIgnores();
    for (const folder of this.#folders.all) {
      const { scheme, fsPath } = URI.parse(folder.uri);
      const settings = await this.#settings.for(folder.uri);
      if (scheme !== 'file' || !settings.enable || settings.scope !== 'workspace') continue;
      const onUnreadable = (path: string, reason: string) =>
        this.#connection.console.warn(logText(`${path} cannot be read (${reason}); it was left out.`));
      const gitIgnore = this.#folders.gitIgnoreOf(folder.uri);
      for await (const path of walk(fsPath, { exclude: settings.exclude, gitIgnore, signal, onUnreadable })) {
        signal.throwIfAborted();
        const uri = uriOf(path);
        if (!listing.seen.has(uri)) yield uri;
        listing.seen.add(uri);
      }
    }
    signal.throwIfAborted();
    listing.isWhole = true;
    this.#files.clear(this.#files.listed().filter((uri) => !listing.seen.has(uri)));
  }

  async #lintAll(signal: AbortSignal, progress: WorkDoneProgressServerReporter | undefined): Promise<void> {
    const closed = this.#files.closed;
    const memories = await this.#memories();
    signal.throwIfAborted();
    closed.drop();
    const listing: Listing = { seen: new Set(), isWhole: false };
    const report = () => {
      const { size } = listing.seen;
      const done = Math.max(0, size - closed.waiting);
      if (listing.isWhole) progress?.report((100 * done) / size, `${done} of ${size} files`);
      else progress?.report(`${done} files`);
    };
    const timer = progress && setInterval(report, PAUSE).unref();
    try {
      await untilAborted(closed.scan(this.#list(listing, signal), memories), signal);
    } finally {
      clearInterval(timer);
      if (signal.aborted && this.#running.signal === signal) closed.cancel();
      await this.#save(memories);
    }
  }

  /** What is remembered of the workspace folders. */
  async #memories(): Promise<Map<string, ScanMemory>> {
    const memories = new Map<string, ScanMemory>();
    for (const { uri } of this.#storage === undefined ? [] : this.#folders.all)
      memories.set(uri, this.#held.get(uri)?.deref() ?? (await this.#read(this.#storage as string, uri)));
    return memories;
  }

  async #read(storage: string, folder: string): Promise<ScanMemory> {
    const memory = await ScanMemory.of(storage, folder);
    this.#held.set(folder, new WeakRef(memory));
    return memory;
  }

  async #save(memories: ReadonlyMap<string, ScanMemory>): Promise<void> {
    for (const memory of memories.values()) {
      const failure = await memory.save();
      if (failure) this.#connection.console.warn(logText(`What was found is not remembered: ${failure}`));
    }
  }
}

/** Waits for something, or until it is not wanted any more. */
function untilAborted(done: Promise<void>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
    done.then(resolve, reject);
  });
}
