import { TextDocument } from 'vscode-languageserver-textdocument';
import type { Linted } from '../shared-rules/index.ts';
import { EXIT } from './exit-status.ts';
import type { LineTable } from './line-table.ts';
import type { Messages } from './messages.ts';

export const FORMATS = ['pretty', 'json', 'jsonl', 'sarif', 'github', 'gitlab', 'junit', 'markdown'] as const;
export type Format = (typeof FORMATS)[number];

/** A checked text: what was found in it, and what turns offsets into lines. */
export interface Checked {
  readonly linted: Linted;
  readonly document: TextDocument;
}

/** @param file what it is called for people, where that is not its path */
export function toChecked(linted: Linted, file = linted.path): Checked {
  return { linted, document: TextDocument.create(file, 'yaml', 0, linted.result.text) };
}

/** A place in a file as people count: from 1, columns in UTF-16 units. */
export function positionAt(
  document: Pick<TextDocument, 'positionAt'>,
  offset: number,
): { line: number; column: number; offset: number } {
  const { line, character } = document.positionAt(offset);
  return { line: line + 1, column: character + 1, offset };
}

/** What could not be done with a checked text, as sentences; `isFailure` for what is Bulkhead's own fault. */
export function complaintsAbout({ linted, document }: Checked): { message: string; isFailure: boolean }[] {
  const file = document.uri;
  const { result } = linted;
  const { problems, failures } = result;
  return [
    ...problems.slice(0, 1).map((problem) => {
      const { line, column } = positionAt(document, problem.range.start);
      const message = `${file}:${line}:${column}: not valid YAML (${problem.message}); the rest of the file was checked.`;
      return { message, isFailure: false };
    }),
    ...failures.map(({ part, error }) => ({
      message: `the ${part} failed in ${file} and was left out there: ${String(error)}`,
      isFailure: true,
    })),
  ];
}

/** Says what could not be done with a text. @returns the exit status that deserves */
export function tell(complaints: ReturnType<typeof complaintsAbout>, messages: Messages): number {
  for (const { message } of complaints) messages.error(message);
  return complaints.some(({ isFailure }) => isFailure) ? EXIT.internal : EXIT.clean;
}

export function plural(count: number, noun: string, nouns = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : nouns}`;
}

/** Lines of files that related places may stand in, by what the workspace calls them. */
export type LineTables = ReadonlyMap<string, LineTable>;
