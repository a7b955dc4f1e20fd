import { collectFacts } from '../facts/collect.ts';
import type { Fact, KnownFacts } from '../facts/fact.ts';
import { type AskedTopics, type PartQueries, recordTopics } from '../facts/fact-queries.ts';
import { aiContextOf, NO_AI_CONTEXT } from '../model/ai/context.ts';
import type { KubernetesObject } from '../model/kubernetes/objects.ts';
import { conditionOf, type Manifest, objectsOf, unreadManifest } from '../model/manifest.ts';
import type { Subject } from '../model/workload.ts';
import type { Problem, Rule, View, Viewed } from '../rules/api.ts';
import type { RuleId } from '../rules/catalogue.generated.ts';
import { judgedException } from '../rules/exceptions/views.ts';
import { rules } from '../rules/index.generated.ts';
import { SEVERITIES } from '../rules/severity.ts';
import type { AcceptedFinding, Failure, Finding } from './finding.ts';
import { easeKnownUses } from './known-host-users/ease.ts';
import { ownerReferences } from './owners.ts';
import { compareRules } from './repair-order.ts';
import { isActive, type LintSettings, severityOf } from './settings.ts';
import { exceptionFor, mayEnd } from './suppressions/configured-exceptions.ts';
import { judgeExceptions } from './suppressions/judge-exceptions.ts';
import type { Target } from './suppressions/other-tools.ts';
import { type Decisions, decisionFor, hasEnd, NO_DECISIONS, readDecisions } from './suppressions/suppression.ts';
import { itemsIn } from './views.ts';

/** A text that was read, and what it tells others. That depends on the text and its path alone. */
export interface Reading {
  readonly path: string;
  readonly manifest: Manifest;
  readonly objects: readonly KubernetesObject[];
  readonly facts: readonly Fact[];
  /** Whether some object in it says that another one made it. */
  readonly hasOwners: boolean;
  readonly failures: readonly Failure[];
}

/** What rules find in a text, given what others say. Ranges count from the start of the text. */
export interface Outcome {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** What a comment at the head of a file leaves out of all of it; it is for the first part to say so. */
  readonly acceptedInFile: readonly Target[];
  readonly known: KnownFacts;
  /** Grows when more is asked later. */
  readonly asked: AskedTopics;
  readonly failures: readonly Failure[];
  /** Whether something else may be found on another day. */
  readonly dependsOnDay: boolean;
}

type Attempt = <T>(part: string, run: () => T, otherwise: T) => T;

/** What throws costs what it would have given, once; the rest goes on. */
function attempting(failures: Failure[]): Attempt {
  return (part, run, otherwise) => {
    if (failures.some((failure) => failure.part === part)) return otherwise;
    try {
      return run();
    } catch (error) {
      failures.push({ part, error });
      return otherwise;
    }
  };
}

/** Reads a text. Never throws. */
export function readText(path: string, text: string, read: () => Manifest): Reading {
  const failures: Failure[] = [];
  const attempt = attempting(failures);
  const manifest = attempt('manifest reader', read, unreadManifest(text));
  const facts = attempt('fact reader', () => collectFacts(path, manifest), []);
  const objects = objectsOf(manifest);
  const hasOwners = objects.some((object) => ownerReferences(object).length > 0);
  return { path, manifest, objects, facts, hasOwners, failures };
}

/**
 * Runs the active rules over a text, and leaves out what is reported twice, replaced by a more particular rule, or accepted.
 * Never throws.
 */
export function runRules({ path, manifest, objects }: Reading, settings: LintSettings, hearing: PartQueries): Outcome {
  const failures: Failure[] = [];
  const attempt = attempting(failures);
  const { known, asked } = recordTopics(hearing);
  const ai = attempt('reader of AI choices', () => aiContextOf(manifest, known.objects, settings), NO_AI_CONTEXT);
  const viewContext = { settings, ai, known };
  const active = rulesByView(settings);
  const context = { manifest, settings, attempt };
  const findIn = (view: View, read: () => readonly Viewed[]): Finding[] => {
    const asking = active.get(view) ?? [];
    const items = asking.length > 0 ? attempt(`view ${view.name}`, read, []) : [];
    if (items.length === 0) return [];
    return asking.flatMap((rule) => attempt(`rule ${rule.id}`, () => detect(rule, items, context), []));
  };
  const found = manifest.contents.flatMap((content) =>
    [...active.keys()].flatMap((view) => findIn(view, () => itemsIn(view, content, viewContext))),
  );
  const decisions = attempt('exception reader', () => readDecisions(manifest, objects), NO_DECISIONS);
  const eased = attempt('known host users', () => easeKnownUses(found, manifest.contents, viewContext), found);
  const told = withoutReplaced(withoutDuplicates(eased));
  const accepted = told.flatMap((finding) => acceptedAs(finding, decisions, path, settings) ?? []);
  const left = new Set(accepted.map(({ finding }) => finding));
  const findings = told.filter((finding) => !left.has(finding));
  findings.push(...findIn(judgedException, () => judgeExceptions(decisions.exceptions, found, manifest, settings)));
  findings.sort(compareFindings);
  accepted.sort((a, b) => compareFindings(a.finding, b.finding));
  const dependsOnDay = hasEnd(decisions) || told.some((finding) => mayEnd(finding, path, settings));
  return { findings, accepted, acceptedInFile: decisions.forFile, known, asked, failures, dependsOnDay };
}

/** In the order of the text; at one place in the order of repairs. */
function compareFindings(a: Finding, b: Finding): number {
  return a.range.start - b.range.start || compareRules(a.rule, b.rule);
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

const activeRules = new WeakMap<LintSettings, ReadonlyMap<View, readonly Rule[]>>();

/** The active rules by the views they look at; a view that none of them looks at is not built. */
function rulesByView(settings: LintSettings): ReadonlyMap<View, readonly Rule[]> {
  const remembered = activeRules.get(settings);
  if (remembered) return remembered;
  const byView = new Map<View, Rule[]>();
  for (const rule of rules.filter(({ id }) => isActive(id, settings)))
    byView.set(rule.on, [...(byView.get(rule.on) ?? []), rule]);
  activeRules.set(settings, byView);
  return byView;
}

interface Context {
  readonly manifest: Manifest;
  readonly settings: LintSettings;
  readonly attempt: Attempt;
}

function detect(rule: Rule, items: readonly Viewed[], context: Context): Finding[] {
  return items.flatMap((item) =>
    [...rule.detect(item)].map((problem) => toFinding(rule.id, problem, item.subject, context)),
  );
}

function toFinding(rule: RuleId, problem: Problem, subject: Subject, context: Context): Finding {
  const { manifest, settings, attempt } = context;
  const { at, message, check, related = [], fixes = [] } = problem;
  const condition = conditionOf(manifest, subject.range, at.range);
  return {
    rule,
    ...(check !== undefined && { check }),
    severity: severityOf(rule, problem.severity, condition !== undefined, settings),
    message: condition === undefined ? message : `${message} Only in the branch {{ ${condition} }}.`,
    range: at.range,
    path: at.path,
    subject,
    related,
    fixes: typeof fixes === 'function' ? () => attempt(`fixes of ${rule}`, fixes, []) : () => fixes,
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

const REPLACED = new Map(rules.map(({ id, replaces = [] }) => [id, replaces]));

function withoutReplaced(findings: readonly Finding[]): Finding[] {
  const replaced = new Set(
    findings.flatMap(({ rule, range }) => REPLACED.get(rule)?.map((id) => `${id} ${range.start}`) ?? []),
  );
  return findings.filter((finding) => !replaced.has(`${finding.rule} ${finding.range.start}`));
}
