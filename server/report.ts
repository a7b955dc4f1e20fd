import { EXIT } from './exit-status.ts';
import type { AcceptedFound, Found, Told } from './found.ts';
import type { Messages } from './messages.ts';
import { Places, type Positions } from './places.ts';

export const FORMATS = ['pretty', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** A checked text: what was found in it, and what turns offsets into lines. */
export interface Checked {
  /** What it is called for people. */
  readonly name: string;
  readonly findings: readonly Found[];
  readonly accepted: readonly AcceptedFound[];
  readonly places: Positions;
}

export function toChecked(name: string, { findings, accepted, places }: Told): Checked {
  return { name, findings, accepted, places: new Places(places) };
}

/** A place in a file as people count: from 1, columns in UTF-16 units. */
export function positionAt(places: Positions, offset: number): { line: number; column: number; offset: number } {
  const { line, character } = places.positionAt(offset);
  return { line: line + 1, column: character + 1, offset };
}

/** What could not be done with a text, as sentences; `isFailure` for what is Bulkhead's own fault. */
export function complaintsAbout(name: string, told: Told): { message: string; isFailure: boolean }[] {
  const { problem, failures } = told;
  const complaints = failures.map(({ part, error }) => ({
    message: `the ${part} failed in ${name} and was left out there: ${error}`,
    isFailure: true,
  }));
  if (!problem) return complaints;
  const { line, column } = positionAt(new Places(told.places), problem.range.start);
  const message = `${name}:${line}:${column}: not valid YAML (${problem.message}); the rest of the file was checked.`;
  return [{ message, isFailure: false }, ...complaints];
}

/** Says what could not be done with a text. @returns the exit status that deserves */
export function tell(complaints: ReturnType<typeof complaintsAbout>, messages: Messages): number {
  for (const { message } of complaints) messages.error(message);
  return complaints.some(({ isFailure }) => isFailure) ? EXIT.internal : EXIT.clean;
}

export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** Where things lie in files that related places may stand in, by what the workspace calls them. */
export type LineTables = ReadonlyMap<string, Positions>;
