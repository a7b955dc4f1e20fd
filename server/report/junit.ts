import { CATALOGUE } from '../../shared-rules/index.ts';
import { attributes, type XmlText, xml, xmlText } from '../sinks/xml.ts';
import type { FindingData } from './finding-data.ts';
import { type FileReport, nameFrom, placesOf, type Report } from './report.ts';

/** Findings as JUnit's XML: a suite for every checked file, a failed test for each of its findings. */
export function* renderJunit(report: Report): Generator<XmlText> {
  const byPath = new Map(report.files.map((file) => [file.checked.name, file]));
  const suites = report.paths.map((path) => suiteOf(nameFrom(report.root, path), byPath.get(path)));
  const sum = (key: 'tests' | 'failures' | 'skipped') => suites.reduce((total, suite) => total + suite[key], 0);
  yield xml`<?xml version="1.0" encoding="UTF-8"?>\n`;
  yield xml`<testsuites${attributes({ name: 'bulkhead', tests: sum('tests'), failures: sum('failures'), errors: 0, skipped: sum('skipped') })}>\n`;
  for (const { name, tests, failures, skipped, cases } of suites) {
    yield xml`  <testsuite${attributes({ name, tests, failures, errors: 0, skipped })}>\n`;
    yield* cases;
    yield xml`  </testsuite>\n`;
  }
  yield xml`</testsuites>\n`;
}

interface Suite {
  readonly name: string;
  readonly tests: number;
  readonly failures: number;
  readonly skipped: number;
  readonly cases: readonly XmlText[];
}

/** A file in which nothing was found is one test that passed, since many readers take no tests for a mistake. */
function suiteOf(name: string, file: FileReport | undefined): Suite {
  const [findings, accepted] = [file?.findings ?? [], file?.accepted ?? []];
  const failed = findings.map((finding) => caseOf(name, file!, finding, failureOf(name, file!, finding)));
  const skipped = accepted.map(({ finding, reason }) =>
    caseOf(name, file!, finding, xml`<skipped${attributes({ message: reason ?? 'accepted without a reason' })}/>`),
  );
  const cases = [...failed, ...skipped];
  if (cases.length === 0)
    cases.push(xml`    <testcase${attributes({ classname: name, name: 'bulkhead', file: name })}/>\n`);
  return { name, tests: cases.length, failures: failed.length, skipped: skipped.length, cases };
}

function caseOf(path: string, { checked }: FileReport, finding: FindingData, result: XmlText): XmlText {
  const { line } = placesOf(checked, finding.range).start;
  const { kind, name: subject } = finding.subject;
  // Readers follow a test by its name, so lines are no part of it.
  const name = `${finding.rule}: ${[kind, subject, finding.path].filter(Boolean).join(' ')}`;
  return xml`    <testcase${attributes({ classname: path, name, file: path, line })}>\n      ${result}\n    </testcase>\n`;
}

function failureOf(path: string, { checked }: FileReport, { rule, severity, message, range }: FindingData): XmlText {
  const { line, column } = placesOf(checked, range).start;
  const text = `${path}:${line}:${column}: ${severity}: ${message} [${rule}]`;
  return xml`<failure${attributes({ type: severity, message: CATALOGUE[rule].title })}>${xmlText(text)}</failure>`;
}
