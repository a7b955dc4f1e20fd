import { CATALOGUE } from '../../shared-rules/index.ts';
import type { FindingData } from './finding-data.ts';
import { type FileReport, nameFrom, placesOf, type Report } from './report.ts';

/** Findings as JUnit's XML: a suite for every checked file, a failed test for each of its findings. */
export function* renderJunit(report: Report): Generator<string> {
  const byPath = new Map(report.files.map((file) => [file.checked.name, file]));
  const suites = report.paths.map((path) => suiteOf(nameFrom(report.root, path), byPath.get(path)));
  const sum = (key: 'tests' | 'failures' | 'skipped') => suites.reduce((total, suite) => total + suite[key], 0);
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<testsuites${attributes({ name: 'bulkhead', tests: sum('tests'), failures: sum('failures'), errors: 0, skipped: sum('skipped') })}>\n`;
  for (const { name, tests, failures, skipped, cases } of suites) {
    yield `  <testsuite${attributes({ name, tests, failures, errors: 0, skipped })}>\n`;
    yield* cases;
    yield '  </testsuite>\n';
  }
  yield '</testsuites>\n';
}

interface Suite {
  readonly name: string;
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
  readonly cases: readonly string[];
}

/** A file in which nothing was found is one test that passed, since many readers take no tests for a mistake. */
function suiteOf(name: string, file: FileReport | undefined): Suite {
  const [findings, accepted] = [file?.findings ?? [], file?.accepted ?? []];
  const failed = findings.map((finding) => caseOf(name, file!, finding, failureOf(name, file!, finding)));
  const skipped = accepted.map(({ finding, reason }) =>
    caseOf(name, file!, finding, `<skipped${attributes({ message: reason ?? 'accepted without a reason' })}/>`),
  );
  const cases = [...failed, ...skipped];
  if (cases.length === 0)
    cases.push(`    <testcase${attributes({ classname: name, name: 'bulkhead', file: name })}/>\n`);
  return { name, tests: cases.length, failures: failed.length, skipped: skipped.length, cases };
}

function caseOf(path: string, { checked }: FileReport, finding: FindingData, result: string): string {
  const { line } = placesOf(checked, finding.range).start;
  const { kind, name: subject } = finding.subject;
  // Readers follow a test by its name, so lines are no part of it.
  const name = `${finding.rule}: ${[kind, subject, finding.path].filter(Boolean).join(' ')}`;
  return `    <testcase${attributes({ classname: path, name, file: path, line })}>\n      ${result}\n    </testcase>\n`;
}

function failureOf(path: string, { checked }: FileReport, { rule, severity, message, range }: FindingData): string {
  const { line, column } = placesOf(checked, range).start;
  const text = `${path}:${line}:${column}: ${severity}: ${message} [${rule}]`;
  return `<failure${attributes({ type: severity, message: CATALOGUE[rule].title })}>${escapeXml(text)}</failure>`;
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escapeXml(String(value))}"`)
    .join('');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** A text for an element or an attribute; what XML 1.0 cannot hold is replaced. */
function escapeXml(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '\uFFFD')
    .replaceAll(/[&<>"]/g, (character) => ENTITIES[character] as string)
    .replaceAll(/[\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
