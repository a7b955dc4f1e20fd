import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { type CodeAction, type Diagnostic, DiagnosticSeverity, type Range } from 'vscode-languageserver/node';
import { lint } from '../../server/library/library.ts';
import { CATALOGUE, type RuleId } from '../../shared-rules/index.ts';
import { type Example, examplesOf, readMarks, readRulePage } from '../rules/rule-pages.ts';
import { Editor } from './lsp/editor.ts';
import { SAMPLE } from './parity-sample.ts';

/**
 * Whoever asks gets the same answer: the editor about files that are not open and about the same files opened, and the
 * command line; of what one file says, the library too.
 */
const program = join(import.meta.dirname, '..', '..', 'dist', 'bulkhead.cjs');

type Files = Readonly<Record<string, string>>;

/** A finding as both front ends give it: places are `line:character` from 0, files paths in the workspace. */
interface Answer {
  readonly rule: string;
  readonly severity: string;
  readonly range: string;
  readonly message: string;
  readonly related: readonly string[];
}

interface WithFixes extends Answer {
  /** In the order they are offered, with their safety. */
  readonly fixes: readonly string[];
}

type ByFile<T> = Readonly<Record<string, readonly T[]>>;

/** What the command line prints as JSON, as far as it is compared. */
interface Printed {
  readonly rule: string;
  readonly severity: string;
  readonly message: string;
  readonly file: string;
  readonly range: PrintedRange;
  readonly related: readonly { readonly message: string; readonly file?: string; readonly range: PrintedRange }[];
  readonly fixes: readonly { readonly title: string; readonly safety: string }[];
}

type PrintedRange = Readonly<Record<'start' | 'end', { readonly line: number; readonly column: number }>>;

const rangeOf = ({ start, end }: PrintedRange) =>
  `${start.line - 1}:${start.column - 1}-${end.line - 1}:${end.column - 1}`;

const toAnswer = ({ rule, severity, message, file, related, fixes, range }: Printed): WithFixes => ({
  rule,
  severity,
  range: rangeOf(range),
  message,
  related: related.map((one) => `${one.file ?? file} ${rangeOf(one.range)} ${one.message}`),
  fixes: fixes.map(({ title, safety }) => `${title} (${safety})`),
});

function libraryAnswers(path: string, text: string, config: string): WithFixes[] {
  const today = new Date().toISOString().slice(0, 10);
  return lint(path, text, { config, today }).map((finding) => toAnswer({ ...finding, file: path }));
}

async function printedAnswers(root: string): Promise<ByFile<WithFixes>> {
  const child = spawn(process.execPath, [program, 'check', '--format', 'json'], { cwd: root });
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)]);
  assert.doesNotMatch(stderr, /was left out there/);
  const answers: Record<string, WithFixes[]> = {};
  for (const one of JSON.parse(stdout) as Printed[]) answers[one.file] = [...(answers[one.file] ?? []), toAnswer(one)];
  return answers;
}

const SEVERITY: Partial<Record<DiagnosticSeverity, string>> = {
  [DiagnosticSeverity.Error]: 'high',
  [DiagnosticSeverity.Warning]: 'medium',
  [DiagnosticSeverity.Information]: 'low',
};

function shownAnswer(root: string, diagnostic: Diagnostic): Answer {
  const { code, severity, message, relatedInformation = [] } = diagnostic;
  const range = ({ start, end }: Range) => `${start.line}:${start.character}-${end.line}:${end.character}`;
  const pathOf = (uri: string) => decodeURIComponent(uri.slice(root.length));
  return {
    rule: String(code),
    severity: SEVERITY[severity ?? DiagnosticSeverity.Hint] ?? 'none',
    range: range(diagnostic.range),
    message: String(message),
    related: relatedInformation.map(
      ({ location, message }) => `${pathOf(location.uri)} ${range(location.range)} ${message}`,
    ),
  };
}

/** The command line prints on standard error what a file was judged without. */
function isFinding({ code }: Diagnostic): boolean {
  return code !== 'not-judged';
}

/** What is shown of the findings now; files without any are left out. */
function shownAnswers(editor: Editor, files: Files): ByFile<Answer> {
  const shown = Object.keys(files).map((path) => [
    path,
    (editor.shown(path) ?? []).filter(isFinding).map((diagnostic) => shownAnswer(editor.uri(''), diagnostic)),
  ]);
  return Object.fromEntries(shown.filter(([, own]) => own?.length));
}

/** The fixes that the light bulb offers for each problem of an open file. */
async function offered(editor: Editor, path: string): Promise<string[][]> {
  const diagnostics = (editor.shown(path) ?? []).filter(isFinding);
  const actions = await editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument: { uri: editor.uri(path) },
    range: { start: { line: 0, character: 0 }, end: { line: 1e6, character: 0 } },
    context: { diagnostics, only: ['quickfix.bulkhead'] },
  });
  const isFor = (diagnostic: Diagnostic) => (action: CodeAction) =>
    action.edit && isDeepStrictEqual(action.diagnostics, [diagnostic]);
  const nameOf = ({ title, isPreferred }: CodeAction) => `${title} (${isPreferred ? 'safe' : 'review'})`;
  return diagnostics.map((diagnostic) => actions.filter(isFor(diagnostic)).map(nameOf));
}

function withoutFixes(answers: ByFile<WithFixes>): ByFile<Answer> {
  const entries = Object.entries(answers);
  return Object.fromEntries(entries.map(([file, own]) => [file, own.map(({ fixes: _, ...answer }) => answer)]));
}

/** Asks all for the same files, and compares what they say. @returns the answers */
async function compare(test: TestContext, files: Files): Promise<ByFile<WithFixes>> {
  const editor = await Editor.open(test, files);
  const printing = printedAnswers(editor.root);
  await editor.scanned();
  const closed = shownAnswers(editor, files);
  const paths = Object.keys(files).filter((path) => path !== '.bulkhead.yaml');
  // An editor keeps the byte order mark to itself.
  for (const path of paths) await editor.openDocument(path, (files[path] as string).replace(/^\uFEFF/, ''));
  const fixes = new Map<string, string[][]>();
  for (const path of paths) fixes.set(path, await offered(editor, path));
  const open = shownAnswers(editor, files);
  const withFixes = Object.entries(open).map(([path, own]) => [
    path,
    own.map((answer, index) => ({ ...answer, fixes: fixes.get(path)?.[index] })),
  ]);
  const printed = await printing;
  assert.deepEqual(closed, withoutFixes(printed), 'of files that are not open');
  assert.deepEqual(open, closed, 'of open files');
  assert.deepEqual(Object.fromEntries(withFixes), printed, 'with fixes');
  return printed;
}

const IDS = Object.keys(CATALOGUE) as RuleId[];

/** Every example of every page that plays one of the roles, in a folder of its own. */
function examples(roles: readonly Example['role'][]): Files {
  const files: Record<string, string> = { '.bulkhead.yaml': 'profile: all\n' };
  for (const id of IDS)
    for (const { role, argument, text, line } of examplesOf(readRulePage(id))) {
      const file = (role !== 'fixed' && argument) || 'manifest.yaml';
      if (roles.includes(role)) files[`${id}/${line}/${file}`] = readMarks(text).text;
    }
  return files;
}

describe('the language server and the command line answer alike', () => {
  it('about every example that a page shows as reported', async (test) => {
    const answers = await compare(test, examples(['reported']));
    const rules = new Set(Object.values(answers).flatMap((own) => own.map(({ rule }) => rule)));
    assert.deepEqual(
      IDS.filter((id) => !rules.has(id)),
      [],
      'rules that are not compared',
    );
  });

  it('about every other example', async (test) => {
    await compare(test, examples(['fixed', 'silent', 'unread']));
  });

  it('about a workspace with a configuration, exceptions, templates, scripts and conflicts across files', async (test) => {
    const answers = await compare(test, SAMPLE.files);
    const told = Object.entries(answers).flatMap(([file, own]) =>
      own.map(({ rule, severity }) => `${file} ${rule} ${severity}`),
    );
    assert.deepEqual(told.sort(), [...SAMPLE.expected].sort());
    const alone = Object.entries(SAMPLE.files).filter(([path]) => !SAMPLE.together.includes(path));
    const found = alone.map(([path, text]) => [path, libraryAnswers(path, text, SAMPLE.files['.bulkhead.yaml'])]);
    assert.deepEqual(
      Object.fromEntries(found.filter(([, own]) => own?.length)),
      Object.fromEntries(Object.entries(answers).filter(([path]) => !SAMPLE.together.includes(path))),
      'of the library, which knows of one file only',
    );
  });
});
