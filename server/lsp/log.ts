import type { Connection } from 'vscode-languageserver/node';

/** Writes an error to the editor's log, with where it was thrown. @param what what it was about, before a colon */
export function logError({ console }: Connection, what: string, error: unknown): void {
  console.error(`${what}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
}
