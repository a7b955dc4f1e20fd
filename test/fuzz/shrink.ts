import { faultOf, type Session, type SessionFault, type Step } from './session.ts';

/** No more sessions than this are tried to make one smaller. */
const MOST_TRIALS = 3000;

/** The smallest session found with the same fault: without edits that it does not need, then without lines. */
export function shrink(session: Session, fault: SessionFault): { session: Session; fault: SessionFault } {
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
  for (const path of Object.keys(smallest.session.files)) {
    const { steps, files } = smallest.session;
    const { [path]: _, ...others } = files;
    if (steps.some((step) => step.path === path) || !isFaulty({ steps, files: others })) withoutText(path);
  }
  return smallest;

  function withoutText(path: string): void {
    for (const separator of [/(?<=\n)/, /(?=[ \n])/, '']) {
      const { steps, files } = smallest.session;
      const pieces = (files[path] as string).split(separator);
      dropped(pieces, (lines) => isFaulty({ steps, files: { ...files, [path]: lines.join('') } }));
    }
  }
}

/** A session of one edit that changes nothing, and the same look at the files as at last. */
function standing({ steps }: Session, { files, steps: count }: SessionFault): Session {
  const { path, repair } = steps[count - 1]!;
  const edit = { range: { start: 0, end: 0 }, newText: '' };
  const step: Step = { path, edit, ...(repair !== undefined && { repair: repair === 'bulk' ? repair : 'each' }) };
  return { files, steps: [step] };
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

/** What a person needs to see a fault again: the files, and what is done to them. */
export function describe({ files, steps }: Session, fault: SessionFault): string {
  const before = Object.entries(files).map(([path, text]) => `--- ${path}\n${JSON.stringify(text)}`);
  const changed = Object.entries(fault.files).filter(([path, text]) => text !== files[path]);
  const after = changed.map(([path, text]) => `--- ${path} after\n${text}`);
  const shown = steps.map((step) => JSON.stringify(step));
  return [fault.kind, fault.detail, ...before, ...after, '--- steps', ...shown].join('\n');
}
