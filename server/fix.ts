import { relative } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import {
  type Choice,
  DEFAULT_SETTINGS,
  fixText,
  type LintSettings,
  lint,
  type Profile,
  preferredFix,
  type RuleId,
  safeFix,
} from '../shared-rules/index.ts';
import { filesAt, type Streams } from './paths.ts';
import { readTextFile } from './read-file.ts';
import { replaceFile } from './replace-file.ts';

export interface FixOptions {
  readonly profile: Profile;
  /** Print what would change, and write nothing. */
  readonly dryRun?: boolean;
  /** Apply fixes that may change what a workload does, too. */
  readonly unsafe?: boolean;
  /** Repair the findings of these rules only. */
  readonly rule?: readonly RuleId[];
}

/**
 * Repairs files in place and prints what changed as a unified diff.
 * @returns the exit status: 0 done, 1 there is something to repair (with `dryRun`), 2 a file that could not be repaired
 */
export async function fix(paths: readonly string[], options: FixOptions, { out, err }: Streams): Promise<number> {
  const complain = (message: string) => void err.write(`bulkhead: ${message}\n`);
  const settings = { ...DEFAULT_SETTINGS, profile: options.profile };
  const choose = choiceOf(options);
  let status = 0;
  let [fixes, files] = [0, 0];
  for await (const file of filesAt(paths, complain)) {
    const done =
      file === undefined ? undefined : await fixFile(file, settings, choose, options.dryRun ?? false, complain);
    if (done === undefined) status = 2;
    else if (done.count > 0) {
      out.write(done.diff);
      fixes += done.count;
      files++;
    }
  }
  const verb = options.dryRun ? 'would be fixed' : 'fixed';
  err.write(
    `${fixes} ${fixes === 1 ? 'problem' : 'problems'} ${verb} in ${files} ${files === 1 ? 'file' : 'files'}.\n`,
  );
  return status === 0 && options.dryRun && fixes > 0 ? 1 : status;
}

function choiceOf({ unsafe, rule }: FixOptions): Choice {
  const take = unsafe ? preferredFix : safeFix;
  return (finding, fix) => (!rule || rule.includes(finding.rule)) && take(finding, fix);
}

/** Repairs one file. @returns what was done; undefined, after a complaint, when it should have been and was not */
async function fixFile(
  file: string,
  settings: LintSettings,
  choose: Choice,
  isDryRun: boolean,
  complain: (message: string) => void,
): Promise<{ count: number; diff: string } | undefined> {
  const read = await readTextFile(file);
  if ('refused' in read) {
    complain(`${file} ${read.refused}.`);
    return { count: 0, diff: '' };
  }
  const { text, titles } = fixText({ path: file, settings, result: lint(file, read.text, settings) }, choose);
  if (titles.length === 0) return { count: 0, diff: '' };
  const failure = isDryRun ? undefined : await replaceFile(file, read.text, text, read.encoding);
  if (failure) {
    complain(`${file} ${failure}. It was left as it is.`);
    return undefined;
  }
  const name = (relative('.', file) || file).replaceAll('\\', '/');
  return { count: titles.length, diff: createTwoFilesPatch(`a/${name}`, `b/${name}`, read.text, text) };
}
