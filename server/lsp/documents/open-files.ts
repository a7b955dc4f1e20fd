import type { TextDocuments } from 'vscode-languageserver/node';
import { URI } from 'vscode-uri';
import { isComposeName, type Linted } from '../../../shared-rules/index.ts';
import { logText } from '../../sinks/editor.ts';
import { MOST_BYTES, tooLarge } from '../../workspace/read-file.ts';
import type { EditorConnection } from '../editor-connection.ts';
import { logError } from '../log.ts';
import { isCheckedWhileOpen } from './checked-files.ts';
import type { FolderFacts } from './folder-facts.ts';
import type { Folders } from './folders.ts';
import { type LintedDocument, type OpenDocument, OpenLint } from './open-lint.ts';
import type { OpenText } from './open-text.ts';
import type { SettingsStore } from './settings-store.ts';

/** What open files have to do with. */
export interface OpenFilesParts {
  readonly connection: EditorConnection;
  readonly documents: TextDocuments<OpenText>;
  readonly settings: SettingsStore;
  readonly folders: Folders;
  readonly facts: FolderFacts;
  /** Called with what is found in the present version of a document. */
  readonly onLinted: (linted: OpenDocument, isEdited: boolean) => void;
  /** Called with a document that is not checked. */
  readonly onUnchecked: (uri: string) => void;
}

/** The files that the editor holds, which are linted as it holds them. Keeps what is found in their present versions. */
export class OpenFiles {
  readonly #parts: OpenFilesParts;
  readonly #lints = new Map<string, OpenLint>();
  /** Documents that were opened or edited by messages that are being handled. */
  readonly #changed = new Set<string>();
  /** Files in which other ones may have changed what is found. */
  readonly #affected = new Set<string>();
  #held = 0;

  constructor(parts: OpenFilesParts) {
    this.#parts = parts;
  }

  has(uri: string): boolean {
    return this.#parts.documents.get(uri) !== undefined;
  }

  /** Lints a document when the messages that have arrived are handled, so that a burst of edits costs once. */
  changed(uri: string): void {
    if (this.#changed.size === 0) setImmediate(() => this.#lintChanged());
    this.#changed.add(uri);
  }

  #lintChanged(): void {
    const uris = [...this.#changed];
    this.#changed.clear();
    for (const uri of uris) void this.#lintOrLog(uri);
  }

  /** Runs something that lints many files. What it changes in open ones is looked for when it is done. */
  async hold(run: () => Promise<void>): Promise<void> {
    this.#held++;
    try {
      await run();
    } finally {
      this.#held--;
      await this.#lintAffected();
    }
  }

  /** In these files something else may be found now. */
  markAffected(uris: Iterable<string>): void {
    const isFirst = this.#affected.size === 0;
    for (const uri of uris) {
      this.#lints.get(uri)?.factsChanged();
      this.#affected.add(uri);
    }
    if (isFirst && this.#affected.size > 0) setImmediate(() => void this.#lintAffected());
  }

  /** Lints again what waits for it; other messages come between the files. */
  async #lintAffected(): Promise<void> {
    for (const uri of this.#affected) {
      if (this.#held > 0) return;
      this.#affected.delete(uri);
      await this.#lintOrLog(uri);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  async #lintOrLog(uri: string): Promise<void> {
    await this.lint(uri).catch((error: unknown) => logError(this.#parts.connection, `Checking ${uri} failed`, error));
  }

  /** The findings of a document at its present version; undefined for what is not checked. */
  async lint(uri: string): Promise<LintedDocument | undefined> {
    const { connection, documents, settings: store, folders, onUnchecked } = this.#parts;
    const settings = await store.for(folders.scopeOf(uri));
    const document = documents.get(uri);
    if (!document) return undefined;
    const isChecked = isCheckedWhileOpen(uri, settings, folders);
    const size = isChecked ? document.length : 0;
    if (!isChecked || size > MOST_BYTES) {
      if (isChecked) connection.console.warn(logText(`${uri} ${tooLarge(size)}.`));
      onUnchecked(uri);
      return undefined;
    }
    const open = this.#lintOf(document, settings.lint);
    return open.present ?? open.lint();
  }

  #lintOf(document: OpenText, settings: Linted['settings']): OpenLint {
    const { facts, folders, onLinted } = this.#parts;
    const { uri } = document;
    const path = pathOf(document, folders);
    const known = this.#lints.get(uri);
    if (known?.isFor(document, { path, settings })) return known;
    const about = { path, settings, queries: facts.queriesFor(uri) };
    const open = new OpenLint(document, about, (linted, isEdited) => {
      // It may have been closed, or have other settings now.
      if (this.#lints.get(uri) === open) onLinted(linted, isEdited);
    });
    this.#lints.set(uri, open);
    return open;
  }

  forget(uri: string): void {
    this.#lints.delete(uri);
  }

  /** The settings changed: lints all documents again. */
  async refresh(): Promise<void> {
    this.#lints.clear();
    await Promise.all(this.#parts.documents.keys().map((uri) => this.lint(uri)));
  }
}

/** What the rules take for a document's path: its language tells more than the name of an untitled document. */
function pathOf({ uri, languageId }: OpenText, folders: Folders): string {
  const { scheme, path } = URI.parse(uri);
  const known = folders.pathInFolder(uri) ?? path;
  // A file that is called so is known to others by its name.
  if (languageId === 'dockercompose' && !isComposeName(known)) return `${known}/compose.yaml`;
  return (scheme === 'untitled' ? UNTITLED[languageId] : undefined) ?? known;
}

/** What an untitled document of a language would be called. */
const UNTITLED: Readonly<Record<string, string>> = {
  dockerfile: 'Dockerfile',
  makefile: 'Makefile',
  markdown: 'untitled.md',
  shellscript: 'untitled.sh',
};
