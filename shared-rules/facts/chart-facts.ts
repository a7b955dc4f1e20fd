import { chartFolders } from '../assembly/helm/roots.ts';
import type { ChartFileFact, SourceFact } from './fact.ts';
import { sourceFact } from './source-fact.ts';

/** Which charts a file belongs to, if there are some, and its text for them. @param path with forward slashes */
export function chartFacts(path: string, text: string): (ChartFileFact | SourceFact)[] {
  const folders = text.includes('\0') ? [] : chartFolders(path);
  if (folders.length === 0) return [];
  const at = { range: { start: 0, end: 0 }, path: '', file: undefined };
  return [sourceFact(path, text), ...folders.map((key): ChartFileFact => ({ is: 'chartFile', key, path, at }))];
}
