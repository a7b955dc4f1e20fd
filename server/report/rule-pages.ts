import { join } from 'node:path';
import type { RuleId } from '../../shared-rules/index.ts';
import { readOwnFile } from '../workspace/read-file.ts';

/** The page of a rule up to the sections that are about Bulkhead itself. */
export function mainPart(folder: string, rule: RuleId): string {
  return (pageOf(folder, rule).split(/^## Fixes$/m)[0] as string).trim();
}

/** The page of a rule. */
export function pageOf(folder: string, rule: RuleId): string {
  return readOwnFile(join(folder, `${rule}.md`)).toString('utf8');
}
