import type { Connection, WorkDoneProgressServerReporter } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { walk } from '../walk.ts';
import type { Files } from './files.ts';
import type { Folders } from './folders.ts';
import type { SettingsStore } from './settings.ts';

/** After so many milliseconds of work the scan lets other messages through. */
const SLICE = 8;

/** Lists the problems of every file in the workspace. A new scan ends the one that runs. */
export class Scan {
  readonly #connection: Connection;
  readonly #files: Files;
  readonly #folders: Folders;
  readonly #settings: SettingsStore;
  #running = new AbortController();
  #showsProgress = false;

  constructor(connection: Connection, files: Files, folders: Folders, settings: SettingsStore) {
    this.#connection = connection;
    this.#files = files;
    this.#folders = folders;
    this.#settings = settings;
  }

  /** @param showsProgress whether the client can show progress */
  begin(showsProgress: boolean): void {
    this.#showsProgress = showsProgress;
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
      const uris = await this.#list(signal);
      this.#clearOthers(new Set(uris));
      await this.#files.hold(() => this.#lintAll(uris, signal, progress));
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      progress?.done();
    }
  }

  async #list(signal: AbortSignal): Promise<string[]> {
    const uris: string[] = [];
    this.#folders.forgetGitIgnores();
    for (const folder of this.#folders.all) {
      const { scheme, fsPath } = URI.parse(folder.uri);
      const settings = await this.#settings.for(folder.uri);
      if (scheme !== 'file' || !settings.enable || settings.scope !== 'workspace') continue;
      const onUnreadable = (path: string, reason: string) =>
        this.#connection.console.warn(`${path} cannot be read (${reason}); it was left out.`);
      const gitIgnore = await this.#folders.gitIgnoreOf(folder.uri);
      for await (const path of walk(fsPath, { exclude: settings.exclude, gitIgnore, signal, onUnreadable }))
        uris.push(URI.file(path).toString());
    }
    return [...new Set(uris)];
  }

  /** Takes back what is listed of files that are not part of the workspace's list any more. */
  #clearOthers(uris: ReadonlySet<string>): void {
    for (const uri of this.#files.listed()) if (!uris.has(uri)) this.#files.clear(uri);
  }

  async #lintAll(
    uris: readonly string[],
    signal: AbortSignal,
    progress: WorkDoneProgressServerReporter | undefined,
  ): Promise<void> {
    let sliceEnd = performance.now() + SLICE;
    for (const [index, uri] of uris.entries()) {
      if (!this.#files.isOpen(uri)) await this.#files.lintClosed(uri);
      if (performance.now() < sliceEnd) continue;
      progress?.report((100 * index) / uris.length, `${index} of ${uris.length} files`);
      await new Promise((resolve) => setImmediate(resolve));
      signal.throwIfAborted();
      sliceEnd = performance.now() + SLICE;
    }
  }
}
