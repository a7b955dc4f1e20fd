import type { RuleId } from '../rules/facts.generated.ts';
import { rules } from '../rules/index.ts';
import type { Fact } from '../source/facts.ts';
import {
  conditionOf,
  type Manifest,
  objectsOf,
  readManifest,
  readRunning,
  unreadManifest,
} from '../source/manifest.ts';
import type { Range } from '../source/text.ts';
import { toldFacts } from '../source/told-facts.ts';
import type { ParseProblem } from '../source/yaml-document.ts';
import { aiContextOf, NO_AI_CONTEXT } from './ai-context.ts';
import { exceptionFor } from './exceptions.ts';
import { judgeExceptions } from './judge-exceptions.ts';
import { easeKnownUses } from './known-uses.ts';
import { type Asked, listening, type Neighbours, NO_NEIGHBOURS } from './neighbours.ts';
import { dropRepeatsOfOwners } from './owners.ts';
import type { Fix, Problem, Related, Rule, Severity, Subject, Subjects } from './rule.ts';
import { isActive, type LintSettings, SEVERITIES, severityOf } from './settings.ts';
import { type Decisions, decisionFor, NO_DECISIONS, readDecisions } from './suppression.ts';
import { type View, viewsOf } from './views.ts';

/** A problem as it is reported: by which rule, about which workload. */
export interface Finding {
  readonly rule: RuleId;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
  /** The field path of what the range covers, such as `spec.template.spec.hostNetwork`. */
  readonly path: string;
  readonly subject: Subject;
  readonly related: readonly Related[];
  /** Not proven yet: `provenFixes` says which of them may be offered. */
  readonly fixes: readonly Fix[];
}

/** A part of Bulkhead that threw. It cost its own findings in this file, and nothing else. */
export interface Failure {
  /** Such as `rule host-network` or `view hostMount`. */
  readonly part: string;
  readonly error: unknown;
}

/** A finding that somebody decided to leave as it is. */
export interface AcceptedFinding {
  readonly finding: Finding;
  /** Undefined where none is given. */
  readonly reason: string | undefined;
  /** Where that is said: in the file itself, or in the configuration. */
  readonly kind: 'inSource' | 'external';
}

export interface LintResult {
  readonly manifest: Manifest;
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** What would be among the findings if nobody had accepted it, in the order of the text. */
  readonly accepted: readonly AcceptedFinding[];
  /** What could not be read; the rest was linted. */
  readonly problems: readonly ParseProblem[];
  readonly failures: readonly Failure[];
  /** What it tells other files. */
  readonly facts: readonly Fact[];
  /** What it asked about other documents. */
  readonly asked: Asked;
}

/**
 * Lints a text. Never throws.
 * @param path the file's path or URI path; relative to the folder of the configuration, for exceptions by path
 * @param neighbours what other files say
 */
export function lint(path: string, text: string, settings: LintSettings, neighbours?: Neighbours): LintResult {
  return lintAs({ path, text, read: () => readManifest(path, text) }, settings, neighbours);
}

/** Lints what a cluster or an engine says about things that run, without fixes: they are not edited. Never throws. */
export function lintRunning(text: string, settings: LintSettings): LintResult {
  const result = lintAs({ path: '', text, read: () => readRunning(text) }, settings);
  return { ...result, findings: result.findings.map((finding) => ({ ...finding, fixes: [] })) };
}

interface Source {
  readonly path: string;
  readonly text: string;
  readonly read: () => Manifest;
}

function lintAs({ path, text, read }: Source, settings: LintSettings, neighbours = NO_NEIGHBOURS): LintResult {
  const failures: Failure[] = [];
  const attempt = <T>(part: string, run: () => T, otherwise: T): T => {
    if (failures.some((failure) => failure.part === part)) return otherwise;
    try {
      return run();
    } catch (error) {
      failures.push({ part, error });
      return otherwise;
    }
  };
  const manifest = attempt('manifest reader', read, unreadManifest(text));
  const objects = objectsOf(manifest);
  const ai = attempt('reader of AI choices', () => aiContextOf(manifest, settings), NO_AI_CONTEXT);
  const facts = attempt('fact reader', () => toldFacts(path, manifest), []);
  const { known, asked } = listening(facts, neighbours);
  const surroundings = { objects, settings, ai, known };
  const active = rulesByView(settings);
  const findIn = (view: View, read: () => readonly Subjects[View][]): Finding[] => {
    const asking = active.get(view) ?? [];
    const subjects = asking.length > 0 ? attempt(`view ${view}`, read, []) : [];
    if (subjects.length === 0) return [];
    return asking.flatMap((rule) =>
      attempt(`rule ${rule.id}`, () => detect(rule, view, subjects, manifest, settings), []),
    );
  };
  const views = manifest.contents.flatMap((content) => viewsOf(content, surroundings));
  const found = views.flatMap(({ view, read }) => findIn(view, read));
  const { today } = settings;
  const decisions = attempt('exception reader', () => readDecisions(manifest, objects, today), NO_DECISIONS);
  const eased = attempt('known host users', () => easeKnownUses(found, manifest.contents, surroundings), found);
  const told = dropRepeatsOfOwners(withoutReplaced(withoutDuplicates(eased)), objects);
  const accepted = told.flatMap((finding) => acceptedAs(finding, decisions, path, settings) ?? []);
  const left = new Set(accepted.map(({ finding }) => finding));
  const findings = told.filter((finding) => !left.has(finding));
  const { exceptions } = decisions;
  findings.push(...findIn('exception', () => judgeExceptions(exceptions, found, manifest, settings)));
  findings.sort((a, b) => a.range.start - b.range.start);
  accepted.sort((a, b) => a.finding.range.start - b.finding.range.start);
  return { manifest, findings, accepted, problems: manifest.problems, failures, facts, asked };
}

function acceptedAs(
  finding: Finding,
  decisions: Decisions,
  path: string,
  settings: LintSettings,
): AcceptedFinding | undefined {
  const decision = decisionFor(finding, decisions, settings.today);
  if (decision) return { finding, reason: decision.reason, kind: 'inSource' };
  const exception = exceptionFor(finding, path, settings);
  return exception && { finding, reason: exception.reason, kind: 'external' };
}

/** The active rules by the views they look at; a view that none of them looks at is not built. */
function rulesByView(settings: LintSettings): Map<View, Rule[]> {
  const byView = new Map<View, Rule[]>();
  for (const rule of rules.filter(({ id }) => isActive(id, settings)))
    for (const view of Object.keys(rule.detect) as View[]) byView.set(view, [...(byView.get(view) ?? []), rule]);
  return byView;
}

function detect(
  rule: Rule,
  view: View,
  subjects: readonly Subjects[View][],
  manifest: Manifest,
  settings: LintSettings,
): Finding[] {
  const detector = rule.detect[view] as ((subject: Subjects[View]) => Iterable<Problem>) | undefined;
  if (!detector) return [];
  return subjects.flatMap((subject) =>
    [...detector(subject)].map((problem) => toFinding(rule.id, problem, subject.subject, manifest, settings)),
  );
}

function toFinding(
  rule: RuleId,
  problem: Problem,
  subject: Subject,
  manifest: Manifest,
  settings: LintSettings,
): Finding {
  const condition = conditionOf(manifest, subject.range, problem.at.range);
  return {
    rule,
    severity: severityOf(rule, problem.severity, condition !== undefined, settings),
    message: condition === undefined ? problem.message : `${problem.message} Only in the branch {{ ${condition} }}.`,
    range: problem.at.range,
    path: problem.at.path,
    subject,
    related: problem.related ?? [],
    fixes: problem.fixes ?? [],
  };
}

/**
 * One finding a rule and place, the most severe: readings of a template and services that share an anchor meet at the
 * same text.
 */
function withoutDuplicates(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.range.start} ${finding.range.end}`;
    const known = byPlace.get(key);
    if (!known || SEVERITIES.indexOf(finding.severity) < SEVERITIES.indexOf(known.severity)) byPlace.set(key, finding);
  }
  return [...byPlace.values()];
}

function withoutReplaced(findings: readonly Finding[]): Finding[] {
  const replaced = new Set(
    findings.flatMap((finding) => {
      const { replaces } = rules.find((rule) => rule.id === finding.rule) as Rule;
      return replaces?.map((id) => `${id} ${finding.range.start}`) ?? [];
    }),
  );
  return findings.filter((finding) => !replaced.has(`${finding.rule} ${finding.range.start}`));
}
