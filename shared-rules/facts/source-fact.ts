import type { SourceFact } from './fact.ts';

/** The text of a file, or of a part of one. @param path with forward slashes */
export function sourceFact(path: string, text: string): SourceFact {
  return { is: 'source', key: path, text, at: { range: { start: 0, end: 0 }, path: '', file: undefined } };
}
