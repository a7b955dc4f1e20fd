import { relative } from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  DEFAULT_SETTINGS,
  FACTS,
  type Finding,
  type Linted,
  lint,
  type Profile,
  provenFixes,
  Workspace,
} from '../shared-rules/index.ts';
import { LineTable } from './line-table.ts';
import { filesAt, type Streams } from './paths.ts';
import { readTextFile } from './read-file.ts';

export const FORMATS = ['pretty', 'json'] as const;

export interface CheckOptions {
  readonly format: (typeof FORMATS)[number];
  readonly profile: Profile;
}

/** A checked file: what was found in it, and what turns offsets into lines. */
interface Checked {
  readonly file: string;
  readonly linted: Linted;
  readonly document: TextDocument;
}

/**
 * Checks files and folders and prints what was found.
 * @returns the exit status: 0 nothing found, 1 findings, 2 a path that does not exist or a rule that failed
 */
export async function check(paths: readonly string[], options: CheckOptions, { out, err }: Streams): Promise<number> {
  const complain = (message: string) => void err.write(`bulkhead: ${message}\n`);
  const settings = { ...DEFAULT_SETTINGS, profile: options.profile };
  const workspace = new Workspace();
  const checked = new Map<string, Checked | undefined>();
  const lines = new Map<string, LineTable>();
  const concerned = new Set<string>();
  const checkText = (file: string, text: string) => {
    const neighbours = workspace.beside(file);
    const result = lint(file, text, settings, neighbours);
    for (const other of workspace.update(file, result)) concerned.add(other);
    if (result.facts.length > 0) lines.set(file, new LineTable(text));
    const document = TextDocument.create(file, 'yaml', 0, text);
    checked.set(
      file,
      result.findings.length > 0 ? { file, linted: { path: file, settings, result, neighbours }, document } : undefined,
    );
    return { result, document };
  };
  let status = 0;
  for await (const file of filesAt(paths, complain)) {
    if (file === undefined) {
      status = 2;
      continue;
    }
    const read = await readTextFile(file);
    if ('refused' in read) {
      complain(`${file} ${read.refused}.`);
      continue;
    }
    const { result, document } = checkText(file, read.text);
    for (const problem of result.problems.slice(0, 1)) {
      const { line, column } = positionAt(document, problem.range.start);
      complain(`${file}:${line}:${column}: not valid YAML (${problem.message}); the rest of the file was checked.`);
    }
    for (const { part, error } of result.failures) {
      status = 2;
      complain(`the ${part} failed in ${file} and was left out there: ${String(error)}`);
    }
  }
  // What files say to each other is known only now.
  for (const file of concerned) {
    const read = await readTextFile(file);
    if ('text' in read) checkText(file, read.text);
  }
  const found = [...checked.values()].filter((one) => one !== undefined);
  out.write(options.format === 'json' ? toJson(found, lines) : toText(found));
  return status === 0 && found.length > 0 ? 1 : status;
}

/** A place in a file as people count: from 1, columns in UTF-16 units. */
function positionAt(
  document: Pick<TextDocument, 'positionAt'>,
  offset: number,
): { line: number; column: number; offset: number } {
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

/** @param lines of the files that related places may stand in */
function toJson(checked: readonly Checked[], lines: ReadonlyMap<string, LineTable>): string {
  const findings = checked.flatMap((one) =>
    one.linted.result.findings.map((finding) => findingToJson(one, finding, lines)),
  );
  return `${JSON.stringify(findings, undefined, 2)}\n`;
}

function findingToJson(
  { file, linted, document }: Checked,
  finding: Finding,
  lines: ReadonlyMap<string, LineTable>,
): object {
  const { kind, name, namespace } = finding.subject;
  const range = ({ start, end }: { start: number; end: number }, other?: string) => {
    const table = (other === undefined ? undefined : lines.get(other)) ?? document;
    return { start: positionAt(table, start), end: positionAt(table, end) };
  };
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    file,
    range: range(finding.range),
    subject: { kind, name, namespace: namespace ?? null, path: finding.path },
    related: finding.related.map(({ message, at, file: other }) => ({
      message,
      ...(other !== undefined && { file: other }),
      path: at.path,
      range: range(at.range, other),
    })),
    fixes: provenFixes(linted, finding).map(({ title, safety }) => ({ title, safety })),
    aliases: FACTS[finding.rule].aliases,
  };
}
