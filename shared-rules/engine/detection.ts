import { factsOfExample } from '../facts/collect.ts';
import type { Place } from '../language/place.ts';
import { contains } from '../language/text.ts';
import type { Fence } from '../model/files/documentation.ts';
import { type Content, exampleOf } from '../model/manifest.ts';
import type { Subject } from '../model/workload.ts';
import type { Problem, Related, Rule, View, ViewContext, Viewed } from '../rules/api.ts';
import type { RuleId } from '../rules/catalogue.generated.ts';
import { rules } from '../rules/index.generated.ts';
import { SEVERITIES } from '../rules/severity.ts';
import type { Attempt } from './attempt.ts';
import type { Finding } from './finding.ts';
import type { FoundInContents } from './found-in-contents.ts';
import { easeKnownUses } from './known-host-users/ease.ts';
import { isActive, type LintSettings, severityOf } from './settings.ts';
import { itemsIn } from './views.ts';

/** What the detection of problems needs to know. */
export interface DetectionContext {
  readonly settings: LintSettings;
  readonly ai: ViewContext['ai'];
  readonly known: ViewContext['known'];
  readonly attempt: Attempt;
  /** The condition of a template that decides about a place inside a subject. */
  readonly conditionAt: (subject: Subject, at: Place) => string | undefined;
}

export interface Detected {
  /** Everything that active rules found. */
  readonly all: readonly Finding[];
  /** The same without what is reported twice or replaced by a more particular rule; milder where a known program needs it. */
  readonly findings: readonly Finding[];
}

/**
 * Runs the active rules over what a text, or several together, mean. Never throws.
 * @param found what was found in the same contents with the same settings
 */
export function detect(contents: readonly Content[], context: DetectionContext, found?: FoundInContents): Detected {
  const { settings, ai, known, attempt } = context;
  const contextFor = viewContexts(contents, { settings, ai, known, isExample: false });
  const findIn = (content: Content, around: ViewContext) =>
    [...rulesByView(settings)].flatMap(([view, asking]) => {
      const items = attempt(`view ${view.name}`, () => itemsIn(view, content, around), []);
      return findingsOf(asking, items, context);
    });
  const all = contents.flatMap((content) => {
    const around = contextFor(content);
    return found ? found.of(content, around, (recorded) => findIn(content, recorded)) : findIn(content, around);
  });
  const eased = attempt('known host users', () => easeKnownUses(all, contents, { settings, ai }), all);
  return { all, findings: withoutReplaced(withoutDuplicates(eased)) };
}

/** What the active rules on a view say of its items, where these are made somewhere else. */
export function detectOn<Item extends Viewed>(
  view: View<Item>,
  read: () => readonly Item[],
  context: DetectionContext,
): Finding[] {
  const asking = rulesByView(context.settings).get(view as View) ?? [];
  return asking.length === 0 ? [] : findingsOf(asking, context.attempt(`view ${view.name}`, read, []), context);
}

function findingsOf(asking: readonly Rule[], items: readonly Viewed[], context: DetectionContext): Finding[] {
  if (items.length === 0) return [];
  return asking.flatMap((rule) =>
    context.attempt(
      `rule ${rule.id}`,
      () =>
        items.flatMap((item) =>
          [...rule.detect(item)].map((problem) => toFinding(rule.id, problem, item.subject, context)),
        ),
      [],
    ),
  );
}

/** What is known beside each content: an example is deployed with nothing else. */
function viewContexts(contents: readonly Content[], around: ViewContext): (content: Content) => ViewContext {
  const byExample = new Map<Fence, ViewContext>();
  return (content) => {
    const example = exampleOf(content);
    if (!example) return around;
    const context =
      byExample.get(example) ??
      inExample(
        contents.filter((one) => exampleOf(one) === example),
        around,
      );
    byExample.set(example, context);
    return context;
  };
}

function inExample(contents: readonly Content[], { settings, ai }: ViewContext): ViewContext {
  const known = factsOfExample(contents);
  return { settings, known, ai: { ...ai, objects: known.objects }, isExample: true };
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

function toFinding(rule: RuleId, problem: Problem, subject: Subject, context: DetectionContext): Finding {
  const { settings, attempt, conditionAt } = context;
  const { at, message, check, related = [], fixes = [] } = problem;
  const condition = conditionAt(subject, at);
  return {
    rule,
    ...(check !== undefined && { check }),
    severity: severityOf(rule, problem.severity, condition !== undefined, settings),
    message: message + onlyIf(condition, subject.profiles),
    ...(at.file !== undefined && { file: at.file }),
    ...(at.part !== undefined && { part: at.part }),
    range: at.range,
    path: at.path,
    subject,
    related: bounded(related),
    ...(at.usedAt && { uses: usesOf(at, subject) }),
    fixes: typeof fixes === 'function' ? () => attempt(`fixes of ${rule}`, fixes, []) : () => fixes,
  };
}

/** Where templates use what is written at a place of a values file or another template. */
function usesOf({ usedAt = [], range, file }: Place, { kind, name }: Subject): Related[] {
  const isItself = (place: Place) => place.file === file && contains(place.range, range);
  const others = usedAt.filter((place) => !isItself(place));
  return others.map((place) => ({ message: `Used here by ${kind} ${name}`, at: place, file: place.file }));
}

/** When it is so, in a sentence; empty where it always is. */
function onlyIf(condition: string | undefined, profiles: readonly string[] = []): string {
  if (condition !== undefined) return ` Only in the branch {{ ${condition} }}.`;
  return profiles.length > 0 ? ` Only with the profile ${profiles.join(' or ')}.` : '';
}

/** So many related places a finding has: findings about each other would else grow with their square. */
const MOST_RELATED = 20;

/** A finding with the places where templates use what it is about among its related places. */
export function withUses({ uses, ...finding }: Finding): Finding {
  return uses ? { ...finding, related: bounded([...finding.related, ...uses]) } : finding;
}

/** The more severe of two findings of a rule at one place, with where both say that it is used. */
export function together(a: Finding, b: Finding): Finding {
  const [first, second] = SEVERITIES.indexOf(b.severity) < SEVERITIES.indexOf(a.severity) ? [b, a] : [a, b];
  if (!first.uses || !second.uses) return first;
  const key = ({ message, file, at }: Related) => `${message} ${file} ${at.range.start} ${at.range.end}`;
  const uses = new Map([...first.uses, ...second.uses].map((use) => [key(use), use]));
  return { ...first, uses: [...uses.values()] };
}

/** The first related places; the last one says how many others there are. */
function bounded(related: readonly Related[]): readonly Related[] {
  const last = related[MOST_RELATED - 1];
  const others = related.length - MOST_RELATED;
  if (!last || others <= 0) return related;
  const message = `${last.message} (${others} more ${others === 1 ? 'place is' : 'places are'} not listed)`;
  return [...related.slice(0, MOST_RELATED - 1), { ...last, message }];
}

/**
 * One finding a rule and place, the most severe: readings of a template and services that share an anchor meet at the
 * same text.
 */
function withoutDuplicates(findings: readonly Finding[]): Finding[] {
  const byPlace = new Map<string, Finding>();
  for (const finding of findings) {
    const { rule, range, file = '', part } = finding;
    const key = `${rule} ${part?.start} ${range.start} ${range.end} ${file}`;
    const other = byPlace.get(key);
    byPlace.set(key, other ? together(other, finding) : finding);
  }
  return [...byPlace.values()];
}

const REPLACED = new Map(rules.map(({ id, replaces = [] }) => [id, replaces]));

function withoutReplaced(findings: readonly Finding[]): Finding[] {
  const placeOf = (rule: RuleId, { range, file = '', part }: Finding) =>
    `${rule} ${part?.start} ${range.start} ${file}`;
  const replaced = new Set(
    findings.flatMap((finding) => REPLACED.get(finding.rule)?.map((id) => placeOf(id, finding)) ?? []),
  );
  return findings.filter((finding) => !replaced.has(placeOf(finding.rule, finding)));
}
