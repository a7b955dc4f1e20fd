/** A session is data: files, edits of them, and when to look at what. So it can be run again, and made smaller. */
import type { Random } from '../../bench/random.ts';
import { applyEdits, editBetween, type TextEdit } from '../../shared-rules/index.ts';
import { randomEdit } from './edits.ts';
import { EditedFiles, type Fault, type Files, lintAll } from './files.ts';
import { faultOfBulk, faultOfFixes } from './repairs.ts';
import type { Seed } from './seeds.ts';

export interface Step {
  readonly path: string;
  readonly edit: TextEdit;
  /** The next edit comes when so many steps of the lint are done; nothing is compared. */
  readonly interrupted?: number;
  /** Fixes in the file are tried: those of the finding with this number, of every finding, or a repair of everything. */
  readonly repair?: number | 'each' | 'bulk';
}

export interface Session extends Seed {
  readonly steps: readonly Step[];
}

export interface SessionFault extends Fault {
  /** After how many steps. */
  readonly steps: number;
  /** The files then. */
  readonly files: Files;
}

const MOST_STEPS = 14;

export function planSession(random: Random, seeds: readonly Seed[]): Session {
  const { files } = random.pick(seeds);
  const paths = Object.keys(files);
  const steps: Step[] = [];
  const [before, now] = [new Map<string, string>(), new Map(Object.entries(files))];
  for (let left = 1 + random.below(MOST_STEPS); left > 0; left--) {
    const path = random.pick(paths);
    const text = now.get(path) as string;
    // People take back much of what they do, and otherwise most texts would soon be unreadable.
    const undo = random.chance(25) ? editBetween(text, before.get(path) ?? text) : undefined;
    const edit = undo ?? randomEdit(text, random, seeds);
    before.set(path, text);
    now.set(path, applyEdits(text, [edit]));
    if (random.chance(5)) steps.push(fileBeside(path, now, random, seeds));
    steps.push({
      path,
      edit,
      ...(random.chance(8) && { interrupted: random.below(4) }),
      ...(random.chance(7) && { repair: random.chance(85) ? random.below(1000) : 'bulk' }),
    });
  }
  return { files, steps };
}

/** Another file in the folder says something else from now on. */
function fileBeside(path: string, now: Map<string, string>, random: Random, seeds: readonly Seed[]): Step {
  const beside = path.replace(/[^/]*$/, 'beside.yaml');
  const text = random.pick(Object.values(random.pick(seeds).files));
  const end = (now.get(beside) ?? '').length;
  now.set(beside, text);
  return { path: beside, edit: { range: { start: 0, end }, newText: text } };
}

export function faultOf({ files, steps }: Session): SessionFault | undefined {
  const edited = new EditedFiles(files);
  for (const [index, step] of steps.entries()) {
    const fault = caught(() => take(edited, step));
    if (fault) return { ...fault, steps: index + 1, files: edited.texts };
  }
  return undefined;
}

function take(edited: EditedFiles, { path, edit, interrupted, repair }: Step): Fault | undefined {
  edited.edit(path, edit);
  if (interrupted !== undefined) {
    edited.begin(path, interrupted);
    return undefined;
  }
  const files = edited.texts;
  const fresh = lintAll(files);
  const fault = edited.fault(fresh);
  if (fault || repair === undefined) return fault;
  const linted = fresh.get(path)!;
  return repair === 'bulk' ? faultOfBulk(linted) : faultOfFixes(linted, files, repair);
}

/** What throws is a fault, too. */
function caught(run: () => Fault | undefined): Fault | undefined {
  try {
    return run();
  } catch (error) {
    return {
      kind: `threw ${error instanceof Error ? error.message.slice(0, 60) : error}`,
      detail: String((error as Error).stack),
    };
  }
}
