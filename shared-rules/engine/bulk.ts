import { applyEdits, editBetween, overlaps, type Range, type TextEdit } from '../language/text.ts';
import type { Safety } from '../rules/api.ts';
import { CATALOGUE, type RuleId } from '../rules/catalogue.generated.ts';
import { SEVERITIES } from '../rules/severity.ts';
import { FileLint } from './file-lint.ts';
import type { Finding } from './finding.ts';
import { type LintedPart, partAt } from './lint-result.ts';
import { type Linted, type ProvenFix, tryTogether, type Wanted } from './prove-fixes.ts';
import { compareRules } from './repair-order.ts';

/** Which fixes a bulk repair takes; of several for a finding, the first that holds. */
export type FixChoice = (finding: Finding, fix: { readonly safety: Safety }) => boolean;

/** Takes the preferred fix of every finding, safe or not. Exceptions are decisions, which are not changed in passing. */
export const preferredFix: FixChoice = ({ rule }) => CATALOGUE[rule].category !== 'exceptions';

/** Takes the preferred fix of every finding of some rules. */
export function fixOf(rules: readonly RuleId[]): FixChoice {
  return ({ rule }) => rules.includes(rule);
}

/** Takes the first safe fix of every finding. */
export const safeFix: FixChoice = (_finding, { safety }) => safety === 'safe';

/** A fix that a bulk repair makes, and the finding it repairs. */
export interface Chosen {
  readonly finding: Finding;
  readonly fix: ProvenFix;
}

/**
 * The fixes a bulk repair takes in one round against one text: one for a workload, since one repair often makes another
 * needless, and the most severe first.
 * @returns them in the order of the text
 */
export function chooseFixes(linted: Linted, choose: FixChoice): Chosen[] {
  return findingsByPart(linted).flatMap((findings) => chooseAmong(findings, linted, choose));
}

/** Fixes of different parts of a file have nothing to do with each other. */
function findingsByPart({ result }: Linted): Finding[][] {
  const byPart = new Map<LintedPart, Finding[]>();
  for (const finding of result.findings) {
    const part = partAt(result, finding.range.start);
    const found = byPart.get(part);
    if (found) found.push(finding);
    else byPart.set(part, [finding]);
  }
  return [...byPart.values()];
}

function chooseAmong(findings: readonly Finding[], linted: Linted, choose: FixChoice): Chosen[] {
  const chosen: Chosen[] = [];
  const done = new Set<number>();
  for (const finding of bySeverity(findings)) {
    if (done.has(finding.subject.range.start)) continue;
    const fix = firstThatHolds(linted, finding, choose);
    if (!fix || chosen.some((other) => touch(other.fix.edits, fix.edits))) continue;
    done.add(finding.subject.range.start);
    chosen.push({ finding, fix });
  }
  return chosen.sort((a, b) => a.finding.range.start - b.finding.range.start);
}

/** The most severe first, then in the order of repairs. */
function bySeverity(findings: readonly Finding[]): Finding[] {
  const weight = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  return findings.toSorted((a, b) => weight(a) - weight(b) || compareRules(a.rule, b.rule));
}

/** Tries only the fixes a choice takes, since each trial costs a parse. */
function firstThatHolds(linted: Linted, finding: Finding, choose: FixChoice): ProvenFix | undefined {
  for (const fix of finding.fixes()) {
    if (fix.placeholder !== undefined) continue;
    const trial = choose(finding, fix) ? tryTogether(linted, [{ finding, fix }]) : undefined;
    if (trial && 'proven' in trial && choose(finding, trial.proven)) return trial.proven;
  }
  return undefined;
}

function touch(some: readonly TextEdit[], others: readonly TextEdit[]): boolean {
  const meet = (a: Range, b: Range) => overlaps(a, b) || a.start === b.start || a.end === b.end;
  return some.some(({ range }) => others.some((other) => meet(range, other.range)));
}

/** What is done to a text in one go. */
interface Repair {
  readonly edits: readonly TextEdit[];
  readonly titles: readonly string[];
}

function repairOf(findings: readonly Finding[], linted: Linted, choose: FixChoice): Repair {
  const together = chooseTogether(findings, linted, choose);
  if (together) return together;
  const chosen = chooseAmong(findings, linted, choose);
  return { edits: chosen.flatMap(({ fix }) => fix.edits), titles: chosen.map(({ fix }) => fix.title) };
}

/**
 * The same fixes tried as one, which costs one proof instead of one for each workload. Undefined when they do not hold
 * together, and then have to be tried one by one.
 */
function chooseTogether(findings: readonly Finding[], linted: Linted, choose: FixChoice): Repair | undefined {
  const wanted = new Map<number, Wanted>();
  for (const finding of bySeverity(findings)) {
    const fix = finding.fixes().find((fix) => fix.placeholder === undefined && choose(finding, fix));
    if (fix && !wanted.has(finding.subject.range.start)) wanted.set(finding.subject.range.start, { finding, fix });
  }
  if (wanted.size < 2) return undefined;
  const all = [...wanted.values()];
  const trial = tryTogether(linted, all);
  const holds = 'proven' in trial && all.every(({ finding }) => choose(finding, trial.proven));
  return holds ? { edits: trial.proven.edits, titles: all.map(({ fix }) => fix.title) } : undefined;
}

/** A text after a bulk repair, and what was done to it. */
export interface FixedText {
  readonly text: string;
  /** The titles of the fixes, in the order they were made. */
  readonly titles: readonly string[];
}

/** Bulk repair stops after this many rounds, more than any workload has findings; each must have removed one. */
const MOST_ROUNDS = 100;

/** Repairs a linted text in rounds, each on the text the one before left, until nothing is left to choose. */
export function fixText(linted: Linted, choose: FixChoice): FixedText {
  const titles: string[] = [];
  const { path, settings, queries } = linted;
  const file = new FileLint(path, settings, queries);
  let round = linted;
  for (let count = 0; count < MOST_ROUNDS; count++) {
    const repairs = findingsByPart(round).map((findings) => repairOf(findings, round, choose));
    const edits = repairs.flatMap((repair) => repair.edits);
    if (edits.length === 0) break;
    round = { ...linted, result: file.lint(applyEdits(round.result.text, edits)) };
    for (const repair of repairs) for (const title of repair.titles) titles.push(title);
  }
  return { text: round.result.text, titles };
}

/** Applies all fixes a choice takes, as one edit; undefined when there is nothing to do. */
export function fixAll(linted: Linted, choose: FixChoice): TextEdit | undefined {
  return editBetween(linted.result.text, fixText(linted, choose).text);
}
