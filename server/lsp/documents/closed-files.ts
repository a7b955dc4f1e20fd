import type { Connection } from 'vscode-languageserver/node';
import { type FactQueries, isExpired, type LintSettings } from '../../../shared-rules/index.ts';
import type { LintData } from '../../report/finding-data.ts';
import { KnownPositions } from '../../report/positions.ts';
import { hash, hashFile } from '../../workspace/hash.ts';
import {
  type CollectedFacts,
  type LintHost,
  LintScheduler,
  type LintTask,
} from '../../workspace/lint/lint-scheduler.ts';
import type { OrderOutcome } from '../../workspace/lint/order.ts';
import type { PathMemory, ScanMemory } from '../../workspace/lint/scan-memory.ts';
import type { Workers } from '../../workspace/lint/workers.ts';
import type { Published } from '../diagnostics/published.ts';
import type { FolderFacts } from './folder-facts.ts';
import type { Folders } from './folders.ts';
import type { SettingsStore } from './settings.ts';
import { fileOf } from './uris.ts';

/** What closed files have to do with. */
export interface Surroundings {
  readonly connection: Connection;
  readonly settings: SettingsStore;
  readonly folders: Folders;
  readonly neighbourhoods: FolderFacts;
  readonly published: Published;
  readonly workers: Workers;
  readonly isOpen: (uri: string) => boolean;
  /** Called with open files in which something else may be found now. */
  readonly onConcerned: (uris: readonly string[]) => void;
  /** Called with a file that cannot be read. */
  readonly onGone: (uri: string) => void;
}

/** Settings as threads take them, and what of them decides about findings. */
interface Essence {
  readonly json: string;
  /** Where nothing depends on the day, and where something may. */
  readonly keys: readonly [string, string];
}

/**
 * The files of the workspace that no editor holds. They are linted in other threads, and what is found is shown as it
 * comes; of each are kept its facts, where they stand, and what it asked about.
 */
export class ClosedFiles implements LintHost {
  readonly #around: Surroundings;
  readonly #rounds: LintScheduler;
  readonly #essences = new WeakMap<LintSettings, Essence>();
  /** What is remembered of earlier scans, by workspace folder, while one runs. */
  #memories: ReadonlyMap<string, ScanMemory> = new Map();
  /** The contents that files had when they were looked at in the scan that runs, by their hashes. */
  readonly #contents = new Map<string, string>();

  constructor(around: Surroundings) {
    this.#around = around;
    this.#rounds = new LintScheduler(around.workers, this);
  }

  /** How many files wait to be linted. */
  get waiting(): number {
    return this.#rounds.waiting;
  }

  /** Lints files while they are being listed. @param memories what is remembered, by workspace folder */
  async scan(uris: AsyncIterable<string>, memories: ReadonlyMap<string, ScanMemory>): Promise<void> {
    this.#contents.clear();
    this.#memories = memories;
    try {
      await this.#rounds.lintListed(uris);
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
    return this.#rounds.lint(uris, true);
  }

  /** Lints files again that hear something else than before. */
  consider(uris: readonly string[]): Promise<void> {
    return this.#rounds.consider(uris);
  }

  forget(uri: string): void {
    this.#rounds.forget(uri);
  }

  /** A scan is about to lint all files anew. */
  drop(): void {
    this.#rounds.drop();
  }

  /** The scan that runs is not wanted any more. */
  cancel(): void {
    this.#rounds.cancel();
  }

  async taskFor(uri: string, heard: string): Promise<LintTask | undefined> {
    const { folders, settings, isOpen } = this.#around;
    const folder = folders.scopeOf(uri);
    const { lint } = await settings.for(folder);
    if (isOpen(uri)) return undefined;
    const file = fileOf(uri);
    const path = folders.pathInFolder(uri) ?? file;
    const { json, keys } = this.#essenceOf(lint);
    const part = this.#memories.get(folder)?.of(path, keys, heard);
    return {
      order: { file, path, settings: json, wants: {} },
      recalled: part?.isEmpty === false ? part.recall(this.#contentOf(uri, file)) : undefined,
      take: (json) => this.#take(uri, json, part),
    };
  }

  /** The hash of a file's content. It is read here: that takes less time than to ask another thread to. */
  #contentOf(uri: string, file: string): string | undefined {
    const known = this.#contents.get(uri);
    if (known !== undefined) return known;
    const content = hashFile(file);
    if (content !== undefined) this.#contents.set(uri, content);
    return content;
  }

  beside(uri: string): FactQueries {
    return this.#around.neighbourhoods.beside(uri);
  }

  #essenceOf(settings: LintSettings): Essence {
    const known = this.#essences.get(settings);
    if (known) return known;
    const { today, exceptions, ...others } = settings;
    // The words of an exception change nothing that is shown, and the day only what it ends.
    const inForce = exceptions.filter((exception) => !isExpired(exception, today));
    const key = JSON.stringify({ ...others, exceptions: inForce.map(({ rules, match }) => ({ rules, match })) });
    const essence = { json: JSON.stringify(settings), keys: [hash(key), hash(`${today} ${key}`)] as const };
    this.#essences.set(settings, essence);
    return essence;
  }

  #take(uri: string, json: string, part: PathMemory | undefined): CollectedFacts | undefined {
    const { connection, isOpen } = this.#around;
    if (isOpen(uri)) return undefined;
    const outcome: OrderOutcome = JSON.parse(json);
    if ('told' in outcome) {
      this.#contents.set(uri, outcome.content);
      part?.keep(outcome, json);
      return this.#learn(uri, outcome.told);
    }
    const file = fileOf(uri);
    if ('lost' in outcome) connection.console.error(`${file} could not be checked: ${outcome.lost}.`);
    if ('refused' in outcome && !outcome.refused.includes('ENOENT'))
      connection.console.warn(`${file} ${outcome.refused}.`);
    this.#around.onGone(uri);
    return undefined;
  }

  #learn(uri: string, told: LintData): CollectedFacts {
    const { connection, neighbourhoods, published, isOpen, onConcerned } = this.#around;
    for (const { part, stack } of told.failures)
      connection.console.error(`The ${part} failed in ${uri} and was left out there: ${stack}`);
    const asked = { together: new Set(told.asked.together), anywhere: new Set(told.asked.anywhere) };
    const places = told.facts.length > 0 ? new KnownPositions(told.factPlaces) : undefined;
    const { concerned, isMoved } = neighbourhoods.learn(
      uri,
      { facts: told.facts, asked },
      places,
      published.isMentioned(uri),
    );
    const moved = isMoved ? [...published.mentioning(uri)] : [];
    published.show(uri, told.findings, new KnownPositions(told.places));
    onConcerned([...concerned, ...moved].filter(isOpen));
    const isClosed = (other: string) => !isOpen(other);
    this.#rounds.add(moved.filter(isClosed));
    return { asked, concerned: concerned.filter(isClosed) };
  }
}
