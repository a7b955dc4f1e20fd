import { relative } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { FACTS, type Finding, type Linted, lint, provenFixes } from '../shared-rules/index.ts';
import { type ConfigOptions, settingsForRun } from './config-file.ts';
import { filesAt, type Streams } from './paths.ts';
import { readTextFile } from './read-file.ts';

export const FORMATS = ['pretty', 'json'] as const;

export interface CheckOptions extends ConfigOptions {
  readonly format: (typeof FORMATS)[number];
}

/** A checked file: what was found in it, and what turns offsets into lines. */
interface Checked {
  readonly file: string;
  readonly linted: Linted;
  readonly document: TextDocument;
}

/**
 * Checks files and folders and prints what was found.
 * @returns the exit status: 0 nothing found, 1 findings, 2 a path that does not exist, a configuration with errors or a
 *   rule that failed
 */
export async function check(paths: readonly string[], options: CheckOptions, { out, err }: Streams): Promise<number> {
  const complain = (message: string) => void err.write(`bulkhead: ${message}\n`);
  const run = await settingsForRun(options, complain);
  if (!run) return 2;
  const checked: Checked[] = [];
  let status = 0;
  for await (const file of filesAt(paths, run, complain)) {
    if (file === undefined) {
      status = 2;
      continue;
    }
    const read = await readTextFile(file);
    if ('refused' in read) {
      complain(`${file} ${read.refused}.`);
      continue;
    }
    const [path, settings] = [relative(run.root, file), run.lint];
    const result = lint(path, read.text, settings);
    const document = TextDocument.create(file, 'yaml', 0, read.text);
    for (const problem of result.problems.slice(0, 1)) {
      const { line, column } = positionAt(document, problem.range.start);
      complain(`${file}:${line}:${column}: not valid YAML (${problem.message}); the rest of the file was checked.`);
    }
    for (const { part, error } of result.failures) {
      status = 2;
      complain(`the ${part} failed in ${file} and was left out there: ${String(error)}`);
    }
    if (result.findings.length > 0) checked.push({ file, linted: { path, settings, result }, document });
  }
  out.write(options.format === 'json' ? toJson(checked) : toText(checked));
  return status === 0 && checked.length > 0 ? 1 : status;
}

/** A place in a file as people count: from 1, columns in UTF-16 units. */
function positionAt(document: TextDocument, offset: number): { line: number; column: number; offset: number } {
  const { line, character } = document.positionAt(offset);
  return { line: line + 1, column: character + 1, offset };
}

function toText(checked: readonly Checked[]): string {
  const lines: string[] = [];
  for (const { file, linted, document } of checked) {
    lines.push(relative('.', file) || file);
    for (const finding of linted.result.findings) {
      const { line, column } = positionAt(document, finding.range.start);
      lines.push(`  ${line}:${column}  ${finding.severity}  ${finding.message}  [${finding.rule}]`);
    }
    lines.push('');
  }
  const count = checked.reduce((sum, { linted }) => sum + linted.result.findings.length, 0);
  const total = count === 0 ? 'Nothing found.' : `${plural(count, 'finding')} in ${plural(checked.length, 'file')}.`;
  return `${[...lines, total].join('\n')}\n`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function toJson(checked: readonly Checked[]): string {
  const findings = checked.flatMap((one) => one.linted.result.findings.map((finding) => findingToJson(one, finding)));
  return `${JSON.stringify(findings, undefined, 2)}\n`;
}

function findingToJson({ file, linted, document }: Checked, finding: Finding): object {
  const { kind, name, namespace } = finding.subject;
  const range = ({ start, end }: { start: number; end: number }) => ({
    start: positionAt(document, start),
    end: positionAt(document, end),
  });
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    file,
    range: range(finding.range),
    subject: { kind, name, namespace: namespace ?? null, path: finding.path },
    related: finding.related.map(({ message, at }) => ({ message, path: at.path, range: range(at.range) })),
    fixes: provenFixes(linted, finding).map(({ title, safety }) => ({ title, safety })),
    aliases: FACTS[finding.rule].aliases,
  };
}
