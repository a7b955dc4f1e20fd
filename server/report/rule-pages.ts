import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RuleId } from '../../shared-rules/index.ts';

/** The page of a rule up to the sections that are about Bulkhead itself. */
export function mainPart(folder: string, rule: RuleId): string {
  const page = readFileSync(join(folder, `${rule}.md`), 'utf8');
  return (page.split(/^## Fixes$/m)[0] as string).trim();
}
