import type { WorkspaceFolder } from 'vscode-languageserver/node';
import { GitIgnore } from '../../workspace/gitignore.ts';
import type { OnUnread } from '../../workspace/repository.ts';
import { fileOf, pathOf } from './uris.ts';

interface Folder extends WorkspaceFolder {
  /** What the URIs of its files start with. */
  readonly start: string;
}

/** The folders of the workspace. */
export class Folders {
  #folders: readonly Folder[] = [];
  readonly #gitIgnores = new Map<string, GitIgnore>();
  readonly #onUnread: OnUnread;

  /** @param onUnread called with a file that says what git leaves out, and cannot be read */
  constructor(onUnread: OnUnread) {
    this.#onUnread = onUnread;
  }

  set(folders: readonly WorkspaceFolder[]): void {
    // The deepest first, so that a file belongs to the nearest of nested folders.
    this.#folders = folders
      .map((folder) => ({ ...folder, start: `${folder.uri.replace(/\/$/, '')}/` }))
      .sort((a, b) => b.uri.length - a.uri.length);
  }

  get all(): readonly WorkspaceFolder[] {
    return this.#folders;
  }

  /** The URI settings are asked for: that of the file's folder, else the file's own. */
  scopeOf(uri: string): string {
    return this.#folderOf(uri)?.uri ?? uri;
  }

  /** The path of a file below its workspace folder, with forward slashes; undefined outside, and off the disk. */
  pathInFolder(uri: string): string | undefined {
    const folder = this.#folderOf(uri);
    if (!folder || !uri.startsWith('file:')) return undefined;
    return pathOf(uri).slice(pathOf(folder.start).length);
  }

  /** Whether a file lies on disk in one of the folders. */
  hold(uri: string): boolean {
    return uri.startsWith('file:') && this.#folderOf(uri) !== undefined;
  }

  /** What git leaves out in a workspace folder on disk. */
  gitIgnoreOf(folder: string): GitIgnore {
    const known = this.#gitIgnores.get(folder) ?? GitIgnore.of(fileOf(folder), this.#onUnread);
    this.#gitIgnores.set(folder, known);
    return known;
  }

  /** What git leaves out may have changed: reads it again when it is asked for. */
  forgetGitIgnores(): void {
    this.#gitIgnores.clear();
  }

  #folderOf(uri: string): Folder | undefined {
    return this.#folders.find(({ start }) => uri.startsWith(start));
  }
}
