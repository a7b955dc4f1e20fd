import { chartFolders } from '../assembly/helm/roots.ts';
import type { ChartFileFact } from './fact.ts';

/** Which charts a file belongs to, if there are some. @param path with forward slashes */
export function chartFacts(path: string): ChartFileFact[] {
  const at = { range: { start: 0, end: 0 }, path: '', file: undefined };
  return chartFolders(path).map((key) => ({ is: 'chartFile', key, path, at }));
}
