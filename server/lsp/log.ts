import { logText } from '../sinks/editor.ts';
import type { EditorConnection } from './editor-connection.ts';

/** Writes an error to the editor's log, with where it was thrown. @param what what it was about, before a colon */
export function logError({ console }: EditorConnection, what: string, error: unknown): void {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(logText(`${what}: ${text}`));
}
