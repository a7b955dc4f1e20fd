import { applyEdits } from '../../shared-rules/index.ts';
import { type Fault, faultOf, type Session, type Step } from './session.ts';

/** No more sessions than this are tried to make one smaller. */
const MOST_TRIALS = 3000;

/** The smallest session found with the same fault: without edits that it does not need, then without lines. */
export function shrink(session: Session, fault: Fault): { session: Session; fault: Fault } {
  let trials = 0;
  let smallest = { session, fault };
  const isFaulty = (smaller: Session): boolean => {
    if (trials++ >= MOST_TRIALS) return false;
    const found = faultOf(smaller);
    if (found?.kind !== fault.kind) return false;
    smallest = { session: smaller, fault: found };
    return true;
  };
  const asItIs = standing(session, fault);
  if (!isFaulty(asItIs)) {
    const steps = dropped(session.steps.slice(0, fault.steps), (steps) => isFaulty({ ...session, steps }));
    isFaulty({ ...session, steps });
  }
  for (const separator of [/(?<=\n)/, /(?=[ \n])/, '']) {
    const { path, steps, text } = smallest.session;
    dropped(text.split(separator), (lines) => isFaulty({ path, steps, text: lines.join('') }));
  }
  return smallest;
}

/** A session of one edit that changes nothing, and the same look at the text as at last. */
function standing({ path, steps }: Session, { text, steps: count }: Fault): Session {
  const { repair, beside } = steps[count - 1]!;
  const edit = { range: { start: 0, end: 0 }, newText: '' };
  const step: Step = {
    edit,
    ...(beside !== undefined && { beside }),
    ...(repair !== undefined && { repair: repair === 'bulk' ? repair : 'each' }),
  };
  return { path, text, steps: [step] };
}

/** As few of some things as keep the fault: runs of them are left out, long ones first. */
function dropped<T>(all: readonly T[], isFaulty: (some: readonly T[]) => boolean): readonly T[] {
  let left = all;
  for (let size = Math.ceil(all.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let at = 0; at < left.length; ) {
      const without = [...left.slice(0, at), ...left.slice(at + size)];
      if (isFaulty(without)) left = without;
      else at += size;
    }
  }
  return left;
}

/** What a person needs to see a fault again: the file, and what is done to it. */
export function describe({ path, text, steps }: Session, fault: Fault): string {
  const shown = steps.map((step) => JSON.stringify(step)).join('\n');
  const after = steps.reduce((now, { edit }) => now && applyEdits(now, [edit]), text);
  return `${fault.kind}\n${fault.detail}\n--- ${path}\n${JSON.stringify(text)}\n${after === text ? text : `--- after\n${after}`}\n--- steps\n${shown}`;
}
