import type { LintData } from '../report/finding-data.ts';
import { KnownPositions, lineAndColumnAt } from '../report/positions.ts';
import type { MissingPart } from '../report/report.ts';
import { EXIT } from './exit-status.ts';
import type { Messages } from './messages.ts';

/** Something that could not be done with a text, as a sentence. */
export interface Complaint {
  readonly message: string;
  /** Whether it is Bulkhead's own fault. */
  readonly isFailure: boolean;
}

/** What a text could not be put together with: other files that are not there, or not read. */
export function missingParts(file: string, { unassembled, places }: LintData): MissingPart[] {
  return unassembled.map(({ message, range }) => {
    const { line, column } = lineAndColumnAt(new KnownPositions(places), range.start);
    return { file, line, column, message };
  });
}

export function complaintsAbout(name: string, { problem, failures, places }: LintData): Complaint[] {
  const complaints = failures.map(({ part, error }) => ({
    message: `the ${part} failed in ${name} and was left out there: ${error}`,
    isFailure: true,
  }));
  if (!problem) return complaints;
  const { line, column } = lineAndColumnAt(new KnownPositions(places), problem.range.start);
  const message = `${name}:${line}:${column}: ${problem.message}; the rest of the file was checked.`;
  return [{ message, isFailure: false }, ...complaints];
}

/** Prints what could not be done with a text. @returns the exit status that deserves */
export function printComplaints(complaints: readonly Complaint[], messages: Messages): number {
  for (const { message } of complaints) messages.error(message);
  return complaints.some(({ isFailure }) => isFailure) ? EXIT.internal : EXIT.clean;
}
