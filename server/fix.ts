import { relative } from 'node:path';
import { createTwoFilesPatch } from 'diff';
import {
  type Choice,
  fixOf,
  fixText,
  lint,
  preferredFix,
  type RuleId,
  safeFix,
  type Workspace,
} from '../shared-rules/index.ts';
import { type ConfigOptions, type RunSettings, settingsForRun } from './config-file.ts';
import { hear } from './hear.ts';
import { filesAt, type Streams } from './paths.ts';
import { readTextFile } from './read-file.ts';
import { replaceFile } from './replace-file.ts';

export interface FixOptions extends ConfigOptions {
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
 *   or a configuration with errors
 */
export async function fix(paths: readonly string[], options: FixOptions, { out, err }: Streams): Promise<number> {
  const complain = (message: string) => void err.write(`bulkhead: ${message}\n`);
  const run = await settingsForRun(options, complain);
  if (!run) return 2;
  const choose = choiceOf(options);
  let status = 0;
  let [fixes, files] = [0, 0];
  const named = await fromAsync(filesAt(paths, run, complain));
  const workspace = await hear(
    named.filter((file) => file !== undefined),
    run,
  );
  for (const file of named) {
    const fixing = { run, choose, isDryRun: options.dryRun ?? false, workspace };
    const done = file === undefined ? undefined : await fixFile(file, fixing, complain);
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
  if (!unsafe) return (finding, fix) => (!rule || rule.includes(finding.rule)) && safeFix(finding, fix);
  return rule ? fixOf(rule) : preferredFix;
}

interface Fixing {
  readonly run: RunSettings;
  readonly choose: Choice;
  readonly isDryRun: boolean;
  /** What the files say to each other. */
  readonly workspace: Workspace;
}

async function fromAsync<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Repairs one file. @returns what was done; undefined, after a complaint, when it should have been and was not */
async function fixFile(
  file: string,
  { run: { lint: settings, root }, choose, isDryRun, workspace }: Fixing,
  complain: (message: string) => void,
): Promise<{ count: number; diff: string } | undefined> {
  const read = await readTextFile(file);
  if ('refused' in read) {
    complain(`${file} ${read.refused}.`);
    return { count: 0, diff: '' };
  }
  const path = relative(root, file);
  const neighbours = workspace.beside(file);
  const result = lint(path, read.text, settings, neighbours);
  const { text, titles } = fixText({ path, settings, result, neighbours }, choose);
  if (titles.length === 0) return { count: 0, diff: '' };
  const failure = isDryRun ? undefined : await replaceFile(file, read.text, text, read.encoding);
  if (failure) {
    complain(`${file} ${failure}. It was left as it is.`);
    return undefined;
  }
  // The next file is repaired beside this one as it is now: of two that conflict, one gives way.
  workspace.update(file, lint(path, text, settings));
  const name = (relative('.', file) || file).replaceAll('\\', '/');
  return { count: titles.length, diff: createTwoFilesPatch(`a/${name}`, `b/${name}`, read.text, text) };
}
