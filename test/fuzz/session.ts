/** A session is data: a text, edits of it, and when to look at what. So it can be run again, and made smaller. */
import { isDeepStrictEqual } from 'node:util';
import type { Random } from '../../bench/random.ts';
import {
  applyEdits,
  divide,
  editBetween,
  FileLint,
  lint,
  TextDivision,
  type TextEdit,
  WorkspaceFacts,
} from '../../shared-rules/index.ts';
import { told } from '../engine/told.ts';
import { randomEdit } from './edits.ts';
import { faultOfBulk, faultOfFixes, type RepairFault, settings } from './repairs.ts';
import type { Seed } from './seeds.ts';

export interface Step {
  readonly edit: TextEdit;
  /** What another file of the workspace says from now on. */
  readonly beside?: string;
  /** The next edit comes when so many steps of the lint are done; the file is not compared. */
  readonly interrupted?: number;
  /** Fixes are tried: those of the finding with this number, of every finding, or a repair of everything. */
  readonly repair?: number | 'each' | 'bulk';
}

export interface Session extends Seed {
  readonly steps: readonly Step[];
}

export interface Fault extends RepairFault {
  /** After how many steps. */
  readonly steps: number;
  /** The text then. */
  readonly text: string;
}

const MOST_STEPS = 14;
/** An edit that keeps an editor waiting longer is a fault on any machine. */
const MOST_MILLISECONDS = 10_000;

export function planSession(random: Random, seeds: readonly Seed[]): Session {
  const { path, text } = random.pick(seeds);
  const steps: Step[] = [];
  let [before, now] = [text, text];
  for (let left = 1 + random.below(MOST_STEPS); left > 0; left--) {
    // People take back much of what they do, and otherwise most texts would soon be unreadable.
    const undo = random.chance(25) ? editBetween(now, before) : undefined;
    const edit = undo ?? randomEdit(now, random, seeds);
    [before, now] = [now, applyEdits(now, [edit])];
    steps.push({
      edit,
      ...(random.chance(5) && { beside: random.pick(seeds).text }),
      ...(random.chance(8) && { interrupted: random.below(4) }),
      ...(random.chance(7) && { repair: random.chance(85) ? random.below(1000) : 'bulk' }),
    });
  }
  return { path, text, steps };
}

/** Runs a session. An edit beyond the end of the text, as in a session that was made smaller, is one at its end. */
export function faultOf({ path, text, steps }: Session): Fault | undefined {
  const file = new EditedFile(path, text);
  for (const [index, step] of steps.entries()) {
    const fault = caught(() => file.take(step));
    if (fault) return { ...fault, steps: index + 1, text: file.text };
  }
  return undefined;
}

/** What throws is a fault, too. */
function caught(run: () => RepairFault | undefined): RepairFault | undefined {
  try {
    return run();
  } catch (error) {
    return {
      kind: `threw ${error instanceof Error ? error.message.slice(0, 60) : error}`,
      detail: String((error as Error).stack),
    };
  }
}

/** A file that is edited, kept as the language server keeps it. */
class EditedFile {
  readonly #path: string;
  readonly #workspace = new WorkspaceFacts();
  readonly #queries;
  readonly #division: TextDivision;
  readonly #file: FileLint;
  text: string;

  constructor(path: string, text: string) {
    this.#path = path;
    this.text = text;
    this.#queries = this.#workspace.queriesFor(path);
    this.#division = new TextDivision(text);
    this.#file = new FileLint(path, settings, this.#queries);
  }

  take({ edit, beside, interrupted, repair }: Step): RepairFault | undefined {
    const start = Math.min(edit.range.start, this.text.length);
    const end = Math.min(edit.range.end, this.text.length);
    this.text = applyEdits(this.text, [{ range: { start, end }, newText: edit.newText }]);
    this.#division.edit({ start, end }, edit.newText);
    this.#file.update(this.#division.pieces);
    if (beside !== undefined) {
      const path = this.#path.replace(/[^/]*$/, 'beside.yaml');
      this.#workspace.update(path, lint(path, beside, settings));
      this.#file.refreshFacts();
    }
    if (interrupted !== undefined) {
      const steps = this.#file.steps();
      for (let done = 0; done < interrupted; done++) steps.next();
      return undefined;
    }
    return this.#faultOfLint() ?? this.#faultOfRepair(repair);
  }

  /** What is found after an edit is what is found in the text when it is read at once, with no more work than that. */
  #faultOfLint(): RepairFault | undefined {
    if (!isDeepStrictEqual(this.#division.pieces, divide(this.text)))
      return { kind: 'pieces', detail: JSON.stringify(this.#division.pieces) };
    const before = { ...this.#file.work };
    const start = performance.now();
    for (const _ of this.#file.steps());
    const result = this.#file.result();
    const milliseconds = performance.now() - start;
    const { work } = this.#file;
    if (work.characters - before.characters > this.text.length || work.linted - before.linted > result.parts.length)
      return { kind: 'work', detail: JSON.stringify({ before, work }) };
    if (milliseconds > MOST_MILLISECONDS) return { kind: 'slow', detail: `${milliseconds} ms` };
    const [failure] = result.failures;
    if (failure) return { kind: `crashed ${failure.part}`, detail: String((failure.error as Error).stack) };
    const fresh = lint(this.#path, this.text, settings, this.#queries);
    const [kept, anew] = [told(result), told(fresh)];
    if (JSON.stringify(kept) === JSON.stringify(anew)) return undefined;
    return { kind: 'differs', detail: firstDifference(kept, anew) };
  }

  #faultOfRepair(repair: Step['repair']): RepairFault | undefined {
    if (repair === undefined) return undefined;
    const linted = {
      path: this.#path,
      settings,
      queries: this.#queries,
      result: lint(this.#path, this.text, settings, this.#queries),
    };
    return repair === 'bulk' ? faultOfBulk(linted) : faultOfFixes(linted, repair);
  }
}

function firstDifference(kept: object, anew: object): string {
  const [some, others] = [kept, anew].map((told) => JSON.stringify(told, undefined, 1).split('\n')) as [
    string[],
    string[],
  ];
  const at = some.findIndex((line, index) => line !== others[index]);
  const around = (lines: readonly string[]) => lines.slice(Math.max(0, at - 3), at + 4).join('\n');
  return `kept:\n${around(some)}\nfresh:\n${around(others)}`;
}
