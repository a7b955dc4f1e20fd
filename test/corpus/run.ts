/**
 * Tries every fix on a folder of real files: `npm run corpus -- DIR`. Each is applied in memory, proven as in the
 * editor, and its result read by another YAML parser, whose tree must differ only by what the fix says. Prints a table
 * by rule, and why fixes were refused. The exit status is 1 when a fix damaged a file. Nothing is written.
 */
import { readTextFile } from '../../server/workspace/read-file.ts';
import { walk } from '../../server/workspace/walk.ts';
import {
  applyEdits,
  DEFAULT_SETTINGS,
  type Finding,
  type LintResult,
  lint,
  partAt,
  tryFixes,
} from '../../shared-rules/index.ts';
import { isYamlChange } from '../../shared-rules/language/change.ts';
import { compare } from './other-parser.ts';

interface Row {
  findings: number;
  /** Findings whose rule has a fix for them. */
  fixable: number;
  offered: number;
  proven: number;
  refused: number;
  /** Proven fixes whose result the other parser could compare. */
  compared: number;
  damaged: number;
}

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;
const rows = new Map<string, Row>();
const refusals = new Map<string, number>();

function tally(path: string, result: LintResult, finding: Finding, trials: ReturnType<typeof tryFixes>): void {
  const { text } = result;
  const partStart = partAt(result, finding.range.start).start;
  const row = rows.get(finding.rule) ?? {
    findings: 0,
    fixable: 0,
    offered: 0,
    proven: 0,
    refused: 0,
    compared: 0,
    damaged: 0,
  };
  rows.set(finding.rule, row);
  row.findings++;
  if (trials.length > 0) row.fixable++;
  if (trials.some((trial) => 'proven' in trial)) row.offered++;
  for (const [index, trial] of trials.entries()) {
    if ('refused' in trial) {
      row.refused++;
      refusals.set(trial.refused, (refusals.get(trial.refused) ?? 0) + 1);
      continue;
    }
    row.proven++;
    const verdict = compare(
      text,
      applyEdits(text, trial.proven.edits),
      (finding.fixes()[index]?.changes ?? []).filter(isYamlChange),
      partStart,
    );
    if (verdict !== undefined) row.compared++;
    if (verdict === false) {
      row.damaged++;
      console.error(`DAMAGED: ${path}, ${finding.rule} at ${finding.path}: ${trial.proven.title}`);
    }
  }
}

function print(files: number): void {
  const shown = [...rows].sort().map(([rule, row]) => {
    const percent = row.fixable === 0 ? '' : `${((100 * row.offered) / row.fixable).toFixed(1)} %`;
    return { rule, ...row, 'offered of fixable': percent };
  });
  console.log(`${files} files`);
  console.table(shown);
  for (const [reason, count] of refusals) console.log(`refused ${count} times: ${reason}`);
  process.exitCode = [...rows.values()].some(({ damaged }) => damaged > 0) ? 1 : 0;
}

const [root] = process.argv.slice(2);
if (!root) {
  console.error('Usage: npm run corpus -- DIR');
  process.exit(2);
}
let files = 0;
for await (const path of walk(root, { exclude: [] })) {
  const read = await readTextFile(path);
  if ('refused' in read) continue;
  files++;
  const linted = { path, settings, result: lint(path, read.text, settings) };
  for (const finding of linted.result.findings) tally(path, linted.result, finding, tryFixes(linted, finding));
}
print(files);
