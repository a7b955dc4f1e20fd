/** The files of a workspace, as a language server keeps them while they are edited, and as a run reads them at once. */
import { isDeepStrictEqual } from 'node:util';
import {
  applyEdits,
  DEFAULT_SETTINGS,
  divide,
  FileLint,
  type Linted,
  type LintResult,
  lint,
  TextDivision,
  type TextEdit,
  WorkspaceFacts,
} from '../../shared-rules/index.ts';
import { told } from '../engine/told.ts';

export const settings = { ...DEFAULT_SETTINGS, profile: 'all', today: '2026-11-21' } as const;

/** Texts by their paths. */
export type Files = Readonly<Record<string, string>>;

export interface Fault {
  /** The same for the same sort of fault. */
  readonly kind: string;
  readonly detail: string;
}

/** An edit that keeps an editor waiting longer is a fault on any machine. */
const MOST_MILLISECONDS = 10_000;

/** What a template cannot be rendered for is said in Helm's words; an error of the program would be said in these. */
const INTERNAL_ERROR = /Cannot (?:read|set) propert|is not (?:a function|iterable|a constructor)|is not defined$/;

/** Lints every file with the facts of all others. */
export function lintAll(files: Files): ReadonlyMap<string, Linted> {
  const facts = new WorkspaceFacts();
  const all = new Map<string, Linted>();
  settle(facts, new Set(Object.keys(files)), (path) => {
    const queries = facts.queriesFor(path);
    const result = lint(path, files[path] as string, settings, queries);
    all.set(path, { path, settings, queries, result });
    return result;
  });
  return all;
}

/** Looks at files, and at those again that are given other facts by that, until none waits. */
function settle(facts: WorkspaceFacts, waiting: Set<string>, look: (path: string) => LintResult): void {
  for (const path of waiting) {
    waiting.delete(path);
    for (const other of facts.update(path, look(path))) waiting.add(other);
  }
}

export class EditedFiles {
  readonly #facts = new WorkspaceFacts();
  readonly #files = new Map<string, EditedFile>();
  /** Those in which something else may be found than when they were looked at last. */
  readonly #waiting = new Set<string>();

  constructor(files: Files) {
    for (const [path, text] of Object.entries(files)) this.#file(path, text);
  }

  #file(path: string, text = ''): EditedFile {
    const known = this.#files.get(path);
    if (known) return known;
    const file = new EditedFile(path, text, this.#facts);
    this.#files.set(path, file);
    this.#waiting.add(path);
    return file;
  }

  get texts(): Files {
    return Object.fromEntries([...this.#files].map(([path, { text }]) => [path, text]));
  }

  /** Edits a file; one that is not there is new. */
  edit(path: string, edit: TextEdit): void {
    this.#file(path).edit(edit);
    this.#waiting.add(path);
  }

  /** Begins to look at a file, so many steps of it. */
  begin(path: string, steps: number): void {
    this.#file(path).begin(steps);
  }

  /** What is found after edits is what is found in the texts when they are read at once, with no more work than that. */
  fault(fresh: ReadonlyMap<string, Linted>): Fault | undefined {
    const faults: Fault[] = [];
    settle(this.#facts, this.#waiting, (path) => {
      const { result, fault } = this.#file(path).look();
      if (fault) faults.push(fault);
      return result;
    });
    if (faults.length > 0) return faults[0];
    for (const [path, { result }] of this.#files) {
      const [kept, anew] = [toldHere(result), toldHere(fresh.get(path)!.result)];
      if (JSON.stringify(kept) !== JSON.stringify(anew))
        return { kind: 'differs', detail: `${path}\n${firstDifference(kept, anew)}` };
    }
    return undefined;
  }
}

class EditedFile {
  readonly #division: TextDivision;
  readonly #lint: FileLint;
  text: string;

  constructor(path: string, text: string, facts: WorkspaceFacts) {
    this.text = text;
    this.#division = new TextDivision(text);
    this.#lint = new FileLint(path, settings, facts.queriesFor(path));
    this.#lint.update(this.#division.pieces);
  }

  get result(): LintResult {
    return this.#lint.result();
  }

  /** An edit beyond the end of the text, as in a session that was made smaller, is one at its end. */
  edit({ range, newText }: TextEdit): void {
    const start = Math.min(range.start, this.text.length);
    const end = Math.min(range.end, this.text.length);
    this.text = applyEdits(this.text, [{ range: { start, end }, newText }]);
    this.#division.edit({ start, end }, newText);
    this.#lint.update(this.#division.pieces);
  }

  begin(count: number): void {
    const steps = this.#lint.steps();
    for (let done = 0; done < count; done++) steps.next();
  }

  look(): { result: LintResult; fault: Fault | undefined } {
    this.#lint.refreshFacts();
    const before = { ...this.#lint.work };
    const start = performance.now();
    for (const _ of this.#lint.steps());
    const { result } = this;
    return { result, fault: this.#faultOf(result, before, performance.now() - start) };
  }

  #faultOf(result: LintResult, before: FileLint['work'], milliseconds: number): Fault | undefined {
    const { pieces } = this.#division;
    if (!isDeepStrictEqual(pieces, divide(this.text))) return { kind: 'pieces', detail: JSON.stringify(pieces) };
    const { work } = this.#lint;
    if (work.characters - before.characters > this.text.length || work.linted - before.linted > result.parts.length)
      return { kind: 'work', detail: JSON.stringify({ before, work }) };
    if (milliseconds > MOST_MILLISECONDS) return { kind: 'slow', detail: `${milliseconds} ms` };
    const outside = result.findings.find(({ range: { start, end } }) => start > end || end > this.text.length);
    if (outside) return { kind: 'outside the text', detail: `${outside.rule} ${JSON.stringify(outside.range)}` };
    const hidden = result.problems.find(({ message }) => INTERNAL_ERROR.test(message));
    if (hidden) return { kind: 'hidden error', detail: hidden.message };
    const [failure] = result.failures;
    return failure && { kind: `crashed ${failure.part}`, detail: String((failure.error as Error).stack) };
  }
}

/** All that can be told, but where in another file something stands: that it has moved there is no news for this one. */
function toldHere(result: LintResult) {
  const all = told(result);
  const findings = all.findings.map(({ related, ...finding }) => ({
    ...finding,
    related: related.map(({ at, ...one }) => (one.file === undefined ? { ...one, at } : one)),
  }));
  return { ...all, findings };
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
