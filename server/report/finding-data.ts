import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type AcceptedBy,
  type AcceptedFinding,
  type Fact,
  type Finding,
  factInFile,
  fingerprintTexts,
  type LintResult,
  type ProvenFix,
  type Range,
  type Related,
  type Subject,
} from '../../shared-rules/index.ts';
import { hash } from '../workspace/hash.ts';
import { codeFrame, type FrameLine } from './code-frame.ts';
import { positionsIn } from './positions.ts';

/** A finding as plain data: it can be sent to another thread and kept, since it holds nothing of the text it is about. */
export interface FindingData extends Pick<Finding, 'rule' | 'check' | 'severity' | 'message' | 'range' | 'path'> {
  readonly subject: Pick<Subject, 'kind' | 'name' | 'namespace'>;
  readonly related: readonly Related[];
  /** Whether there are fixes to be tried. */
  readonly hasFixes: boolean;
  /** What it is known by from one run to the next, within its file; see `Details`. */
  readonly fingerprint?: string;
  /** The lines it stands in; see `Details`. */
  readonly frame?: readonly FrameLine[];
}

export interface AcceptedFindingData extends Pick<AcceptedFinding, 'by' | 'reason' | 'owner'> {
  readonly finding: FindingData;
}

export type AcceptedCounts = Readonly<Partial<Record<AcceptedBy, number>>>;

/** How many findings of a text are accepted by what. */
export function acceptedCounts({ parts }: Pick<LintResult, 'parts'>): AcceptedCounts {
  const counts: Partial<Record<AcceptedBy, number>> = {};
  for (const { accepted } of parts) for (const { by } of accepted) counts[by] = (counts[by] ?? 0) + 1;
  return counts;
}

/** What is wanted beside what was found, which costs more. */
export interface Details {
  readonly accepted?: boolean;
  readonly fingerprints?: boolean;
  readonly frames?: boolean;
}

/** A failure as plain data. */
export interface FailureData {
  readonly part: string;
  readonly error: string;
  /** With where it was thrown. */
  readonly stack: string;
}

/** All that a lint of a text gives, as plain data. */
export interface LintData {
  readonly findings: readonly FindingData[];
  readonly accepted: readonly AcceptedFindingData[];
  /** How many findings are accepted by what. */
  readonly acceptedBy: AcceptedCounts;
  /** The first place that could not be read, if there is one, and why; the rest was linted. */
  readonly problem?: { readonly message: string; readonly range: Range };
  readonly failures: readonly FailureData[];
  /** Where what is found lies; see `KnownPositions`. */
  readonly places: readonly number[];
  readonly facts: readonly Fact[];
  /** Where the facts lie. */
  readonly factPlaces: readonly number[];
  readonly asked: { readonly together: readonly string[]; readonly anywhere: readonly string[] };
  /** Whether something else may be found in the same text, under the same settings, on another day. */
  readonly dependsOnDay: boolean;
}

export type FixData = Pick<ProvenFix, 'title' | 'safety' | 'edits'>;

/** A linted text as plain data. */
export function toLintData(result: LintResult, details: Details): LintData {
  const document = TextDocument.create('', 'yaml', 0, result.text);
  const texts = details.fingerprints ? fingerprintTexts(result) : undefined;
  const toData = (finding: Finding): FindingData => {
    const text = texts?.get(finding);
    return {
      ...toFindingData(finding),
      ...(text !== undefined && { fingerprint: hash(text) }),
      ...(details.frames && { frame: codeFrame(document, finding.range) }),
    };
  };
  const findings = result.findings.map(toData);
  const accepted = details.accepted
    ? result.accepted.map(({ finding, by, reason, owner }) => ({ finding: toData(finding), by, reason, owner }))
    : [];
  const [problem] = result.problems.map(({ message, isLimit, range }) => ({
    message: isLimit ? message : `not valid YAML (${message})`,
    range: copy(range),
  }));
  const { asked } = result;
  const facts = result.facts.map(factInFile);
  const mentioned = [problem, ...[...findings, ...accepted.map(({ finding }) => finding)].map(placed)];
  return {
    findings,
    accepted,
    acceptedBy: acceptedCounts(result),
    ...(problem && { problem }),
    failures: result.failures.map(({ part, error }) => toFailure(part, error)),
    places: positionsIn(mentioned, document),
    facts,
    factPlaces: positionsIn(facts, document),
    asked: { together: [...asked.together], anywhere: [...asked.anywhere] },
    dependsOnDay: result.dependsOnDay,
  };
}

/** What of a finding lies in its own text. */
function placed({ range, related }: FindingData): object {
  return { range, related: related.filter(({ file }) => file === undefined) };
}

/** A finding without what is known of it only together with its text. */
export function toFindingData(finding: Finding): FindingData {
  const { rule, check, severity, message, range, path, subject, related, fixes } = finding;
  const { kind, name, namespace } = subject;
  return {
    rule,
    ...(check !== undefined && { check }),
    severity,
    message,
    range: copy(range),
    path,
    subject: { kind, name, namespace },
    // A place may be a node of the tree.
    related: related.map(({ message, at, file }) => ({
      message,
      at: { range: copy(at.range), path: at.path, file: undefined },
      file,
    })),
    hasFixes: fixes().length > 0,
  };
}

function copy({ start, end }: Range): Range {
  return { start, end };
}

function toFailure(part: string, error: unknown): FailureData {
  return { part, error: String(error), stack: (error instanceof Error && error.stack) || String(error) };
}
