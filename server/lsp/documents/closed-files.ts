import { TextDocument } from 'vscode-languageserver-textdocument';
import { type AskedTopics, isEnvironmentFile } from '../../../shared-rules/index.ts';
import { toLintData } from '../../report/finding-data.ts';
import { KnownPositions, positionsOfFacts } from '../../report/positions.ts';
import { logText } from '../../sinks/editor.ts';
import { hash } from '../../workspace/hash.ts';
import { lintFile } from '../../workspace/lint/lint-file.ts';
import type { FileMemory, LintedData, LintHost, LintTask } from '../../workspace/lint/lint-host.ts';
import { LintScheduler } from '../../workspace/lint/lint-scheduler.ts';
import type { Lost } from '../../workspace/lint/order.ts';
import type { ScanMemory } from '../../workspace/lint/scan-memory.ts';
import type { Workers } from '../../workspace/lint/workers.ts';
import { isMissing, type Refused, readBytes } from '../../workspace/read-file.ts';
import type { Published } from '../diagnostics/published.ts';
import type { EditorConnection } from '../editor-connection.ts';
import { logError } from '../log.ts';
import type { AcceptedFindings } from './accepted-findings.ts';
import type { FolderFacts } from './folder-facts.ts';
import type { Folders } from './folders.ts';
import type { LintedDocument } from './open-lint.ts';
import { settingsKeys } from './settings-keys.ts';
import type { SettingsStore } from './settings-store.ts';
import { fileOf } from './uris.ts';

/** What closed files have to do with. */
export interface ClosedFilesParts {
  readonly connection: EditorConnection;
  readonly settings: SettingsStore;
  readonly folders: Folders;
  readonly facts: FolderFacts;
  readonly accepted: AcceptedFindings;
  readonly published: Published;
  readonly workers: Workers;
  readonly isOpen: (uri: string) => boolean;
  /** Called with open files in which something else may be found now. */
  readonly onAffected: (uris: readonly string[]) => void;
  /** Called with what the lint of a file asked. */
  readonly onAsked: (uri: string, asked: AskedTopics) => void;
  /** Called with a file that cannot be read. */
  readonly onGone: (uri: string) => void;
}

/**
 * The files of the workspace that no editor holds. They are linted in other threads, and what is found is shown as it
 * comes; of each are kept its facts, where they stand, and what it asked about.
 */
export class ClosedFiles implements LintHost {
  readonly #parts: ClosedFilesParts;
  readonly #scheduler: LintScheduler;
  /** What is remembered of earlier scans, by workspace folder, while one runs. */
  #memories: ReadonlyMap<string, ScanMemory> = new Map();
  /** Files that are read for others alone: what is found in them is not shown. */
  readonly #silent = new Set<string>();
  /** The contents that files had when they were looked at in the scan that runs, by their hashes. */
  readonly #contents = new Map<string, string>();

  constructor(parts: ClosedFilesParts) {
    this.#parts = parts;
    this.#scheduler = new LintScheduler(parts.workers, this);
  }

  /** How many files wait to be linted. */
  get waiting(): number {
    return this.#scheduler.waiting;
  }

  /** Lints files while they are being listed. @param memories what is remembered, by workspace folder */
  async scan(uris: AsyncIterable<string>, memories: ReadonlyMap<string, ScanMemory>): Promise<void> {
    this.#contents.clear();
    this.#memories = memories;
    try {
      await this.#scheduler.lintListed(uris);
    } finally {
      if (this.#memories === memories) {
        this.#memories = new Map();
        this.#contents.clear();
      }
    }
  }

  /** Lints files that changed, or refer to what stands elsewhere now, before all others. */
  changed(uris: readonly string[]): Promise<void> {
    for (const uri of uris) this.#contents.delete(uri);
    return this.#scheduler.lint(uris, true);
  }

  /** Reads files that others are put together with, and shows nothing of them. */
  addSilently(uris: readonly string[]): Promise<void> {
    for (const uri of uris) this.#silent.add(uri);
    return this.#scheduler.lint(uris);
  }

  isSilent(uri: string): boolean {
    return this.#silent.has(uri);
  }

  /** Lints files again where they are given other facts than before. */
  lintWhereFactsChanged(uris: readonly string[]): Promise<void> {
    return this.#scheduler.lintWhereFactsChanged(uris);
  }

  /** Lints a file in this thread, for a repair of it. @returns undefined where it cannot be read, or is open by now */
  async lintHere(uri: string): Promise<LintedDocument | undefined> {
    const { file, path, settings } = await this.#lookUp(uri);
    if (this.#parts.isOpen(uri)) return undefined;
    const linted = lintFile({ file, path }, settings, this.queriesFor(uri));
    if ('refused' in linted) {
      this.onFailed(uri, linted);
      return undefined;
    }
    const { result, content } = linted;
    const affected = this.onLinted(uri, { data: toLintData(result, {}), asked: result.asked, content });
    this.#scheduler
      .lintWhereFactsChanged(affected)
      .catch((error: unknown) => logError(this.#parts.connection, 'Checking dependent files failed', error));
    return { ...linted, document: TextDocument.create(uri, 'yaml', 0, result.text), isOpen: false };
  }

  forget(uri: string): void {
    this.#scheduler.forget(uri);
  }

  /** A scan is about to lint all files anew. */
  drop(): void {
    this.#scheduler.drop();
  }

  /** The scan that runs is not wanted any more. */
  cancel(): void {
    this.#scheduler.cancel();
  }

  isWanted(uri: string): boolean {
    return !this.#parts.isOpen(uri);
  }

  async taskFor(uri: string, factsHash: string): Promise<LintTask> {
    const { file, path, settings, folder } = await this.#lookUp(uri);
    const { json, keys } = settingsKeys(settings);
    // The values of variables are not kept on disk.
    const remembered = isEnvironmentFile(path) ? undefined : this.#memories.get(folder)?.of(path, keys, factsHash);
    const memory: FileMemory | undefined = remembered && {
      recall: () => (remembered.isEmpty ? undefined : remembered.recall(this.#contentOf(uri, file))),
      keep: remembered.keep,
    };
    return { order: { file, path, settings: json, details: {} }, memory };
  }

  /** Where a file lies, what rules take for its path, and the settings of its workspace folder. */
  async #lookUp(uri: string) {
    const { folders, settings } = this.#parts;
    const folder = folders.scopeOf(uri);
    const { lint } = await settings.for(folder);
    const file = fileOf(uri);
    return { folder, file, path: folders.pathInFolder(uri) ?? file, settings: lint };
  }

  /** The hash of a file's content. It is read here: that takes less time than to ask another thread to. */
  #contentOf(uri: string, file: string): string | undefined {
    const known = this.#contents.get(uri);
    if (known !== undefined) return known;
    const bytes = readBytes(file);
    if ('refused' in bytes) return undefined;
    const content = hash(bytes);
    this.#contents.set(uri, content);
    return content;
  }

  queriesFor(uri: string) {
    return this.#parts.facts.queriesFor(uri);
  }

  onLinted(uri: string, { data, asked, content }: LintedData): string[] {
    const { connection, facts, accepted, published, isOpen, onAffected, onAsked } = this.#parts;
    this.#contents.set(uri, content);
    for (const { part, stack } of data.failures)
      connection.console.error(logText(`The ${part} failed in ${uri} and was left out there: ${stack}`));
    const positions = positionsOfFacts(data.facts, data.factPlaces);
    const { affected, moved } = facts.collect(uri, { facts: data.facts, asked }, positions, published);
    if (!this.#silent.has(uri)) {
      accepted.set(uri, data.acceptedBy);
      published.show(uri, { findings: data.findings, missing: data.unassembled }, new KnownPositions(data.places));
    }
    onAsked(uri, asked);
    onAffected([...affected, ...moved].filter(isOpen));
    const isClosed = (other: string) => !isOpen(other);
    this.#scheduler.add(moved.filter(isClosed));
    return affected.filter(isClosed);
  }

  onFailed(uri: string, failure: Refused | Lost): void {
    const { connection, onGone } = this.#parts;
    const file = fileOf(uri);
    if ('lost' in failure) connection.console.error(logText(`${file} could not be checked: ${failure.lost}.`));
    else if (!isMissing(failure)) connection.console.warn(logText(`${file} ${failure.refused}.`));
    onGone(uri);
  }
}
