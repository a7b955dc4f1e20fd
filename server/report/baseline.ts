import { stat } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { type LintPolicy, objectionTo, type RuleId } from '../../shared-rules/index.ts';
import { type JsonText, json, jsonText } from '../sinks/json.ts';
import { slashed } from '../sinks/uri.ts';
import { MOST_OF, readNamedFile } from '../workspace/read-file.ts';
import type { FindingData } from './finding-data.ts';
import { type FileReport, findingsIn, type Report } from './report.ts';
import { plural } from './wording.ts';

export const BASELINE_NAME = '.bulkhead-baseline.json';

/** A finding that was there when the baseline was written. */
export interface BaselineEntry {
  /** The file, from the baseline's folder, with forward slashes. */
  readonly path: string;
  readonly rule: string;
  /** What it is about, for people. */
  readonly subject: string;
  readonly fingerprint: string;
}

/** Findings that are known, and where they are listed. */
export interface Baseline {
  readonly file: string;
  readonly entries: readonly BaselineEntry[];
}

/** Reads a baseline. @returns why it cannot be used, as a sentence, where it cannot */
export async function readBaseline(file: string): Promise<Baseline | { readonly refused: string }> {
  const way = `To write one, run "bulkhead baseline write --file ${file}".`;
  const read = await readNamedFile(file, MOST_OF.baseline);
  if ('refused' in read) return { refused: `the baseline ${file} ${read.refused}. ${way}` };
  try {
    const data: unknown = JSON.parse(read.text);
    if (isBaseline(data)) return { file, entries: data.findings };
    return { refused: `the baseline ${file} is not in the form that this version of Bulkhead writes. ${way}` };
  } catch (error) {
    return { refused: `the baseline ${file} is not valid JSON (${(error as Error).message}). ${way}` };
  }
}

function isBaseline(data: unknown): data is { findings: BaselineEntry[] } {
  const { version, findings } = (data ?? {}) as { version?: unknown; findings?: unknown };
  return version === 1 && Array.isArray(findings) && findings.every(isEntry);
}

function isEntry(entry: unknown): boolean {
  const values = (entry ?? {}) as Record<string, unknown>;
  return ['path', 'rule', 'subject', 'fingerprint'].every((key) => typeof values[key] === 'string');
}

/** The text of a baseline with everything that a report holds; the same report gives the same text. */
export function baselineText(report: Report, file: string): JsonText {
  const entries = [...findingsIn(report)].map(([{ checked }, finding]): BaselineEntry => {
    const { kind, name } = finding.subject;
    return {
      path: pathFromBaseline(file, checked.name),
      rule: finding.rule,
      subject: [kind, name].filter(Boolean).join(' '),
      fingerprint: finding.fingerprint as string,
    };
  });
  const byPath = entries.toSorted((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
  return json`${jsonText({ version: 1, findings: byPath }, 2)}\n`;
}

function pathFromBaseline(file: string, path: string): string {
  return slashed(relative(dirname(resolve(file)), resolve(path)));
}

/** What a baseline says about a report. */
interface Compared {
  /** The report without what is known. */
  readonly report: Report;
  readonly knownCount: number;
  /** The rules of findings that it lists and a policy does not let it leave out, once for each. */
  readonly refused: readonly RuleId[];
  /** Entries whose findings are no longer there, of files that were checked or are gone. */
  readonly obsolete: readonly BaselineEntry[];
}

/** Takes what is known out of a report. An entry stands for one finding, and follows its file to another name. */
async function compareWith(
  { file, entries }: Baseline,
  report: Report,
  policy: LintPolicy | undefined,
): Promise<Compared> {
  const isThere = new Map<string, boolean>();
  for (const { path } of entries)
    if (!isThere.has(path)) isThere.set(path, await exists(join(dirname(resolve(file)), path)));
  const left = new Set(entries);
  const known = new Set<FindingData>();
  const refused = new Set<FindingData>();
  /** Finds an entry for each finding, among those that have the same key. */
  const findEach = (
    keyOfEntry: (entry: BaselineEntry) => string | undefined,
    keyOfFinding: (fingerprint: string, path: string) => string,
  ) => {
    const waiting = new Map<string | undefined, BaselineEntry[]>();
    for (const entry of [...left].reverse()) {
      const key = keyOfEntry(entry);
      const same = waiting.get(key);
      if (same) same.push(entry);
      else waiting.set(key, [entry]);
    }
    for (const [{ checked }, finding] of findingsIn(report)) {
      if (known.has(finding) || refused.has(finding)) continue;
      const path = pathFromBaseline(file, checked.name);
      const entry = waiting.get(keyOfFinding(finding.fingerprint as string, path))?.pop();
      const isRefused = policy && objectionTo(finding.rule, {}, policy) !== undefined;
      if (entry && left.delete(entry)) (isRefused ? refused : known).add(finding);
    }
  };
  findEach(
    ({ fingerprint, path }) => `${fingerprint} ${path}`,
    (fingerprint, path) => `${fingerprint} ${path}`,
  );
  findEach(
    ({ fingerprint, path }) => (isThere.get(path) ? undefined : fingerprint),
    (fingerprint) => fingerprint,
  );
  const checked = new Set(report.paths.map((path) => pathFromBaseline(file, path)));
  const files = report.files.map((one): FileReport => {
    return { ...one, findings: one.findings.filter((finding) => !known.has(finding)) };
  });
  return {
    report: { ...report, files, baseline: { file, count: known.size } },
    knownCount: known.size,
    refused: [...refused].map(({ rule }) => rule),
    obsolete: [...left].filter(({ path }) => checked.has(path) || !isThere.get(path)),
  };
}

/** How many of the entries that are obsolete are named. */
const MOST_NAMED = 10;

/** Takes what is known out of a report, and says what came of it. */
export async function withoutKnown(
  baseline: Baseline,
  report: Report,
  policy: LintPolicy | undefined,
  say: (message: string) => void,
): Promise<Report> {
  const { report: left, knownCount, refused, obsolete } = await compareWith(baseline, report, policy);
  const { file } = baseline;
  say(`${plural(knownCount, 'known finding')} left out (${file}).`);
  if (policy && refused.length > 0)
    say(
      `the policy ${policy.name} does not allow ${file} to leave out ${plural(refused.length, 'finding')}: ${[...new Set(refused)].join(', ')}.`,
    );
  if (obsolete.length === 0) return left;
  for (const { path, rule, subject } of obsolete.slice(0, MOST_NAMED))
    say(`no longer found: ${rule} in ${path} (${subject}).`);
  const others = obsolete.length > MOST_NAMED ? ` ${obsolete.length - MOST_NAMED} more are no longer found.` : '';
  say(
    `${plural(obsolete.length, 'entry', 'entries')} of ${file} ${obsolete.length === 1 ? 'is' : 'are'} no longer needed.${others} To update it, run "bulkhead baseline write --file ${file}".`,
  );
  return left;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
