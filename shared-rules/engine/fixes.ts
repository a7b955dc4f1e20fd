import { rules } from '../rules/index.ts';
import { conditionOf, touchesTemplate } from '../source/manifest.ts';
import { applyEdits, contains, editBetween, overlaps, type Range, type TextEdit } from '../source/text.ts';
import { editsFor, settle } from '../source/yaml-edit.ts';
import { type Finding, type LintResult, lint } from './lint.ts';
import { proveTree, repairs } from './proof.ts';
import type { Fix, Safety } from './rule.ts';
import { type LintSettings, SEVERITIES } from './settings.ts';

/** A repair that was tried and held. */
export interface ProvenFix {
  readonly title: string;
  readonly safety: Safety;
  /** Against the linted text; they do not overlap. */
  readonly edits: readonly TextEdit[];
}

/** What became of a fix when it was tried. */
export type Trial = { readonly proven: ProvenFix } | { readonly refused: string };

/** A linted text, as every function here needs it. */
export interface Linted {
  readonly path: string;
  readonly settings: LintSettings;
  readonly result: LintResult;
}

/**
 * The fixes of a finding that hold: the edited text parses as well as before, its tree differs from the old
 * one just as the fix says, the finding is gone, and no finding of equal or higher severity is new.
 */
export function provenFixes(linted: Linted, finding: Finding): ProvenFix[] {
  return tryFixes(linted, finding).flatMap((trial) => ('proven' in trial ? trial.proven : []));
}

/** Tries every fix of a finding, in their order. */
export function tryFixes(linted: Linted, finding: Finding): Trial[] {
  return finding.fixes.map((fix) => tryFix(linted, finding, fix));
}

function tryFix(linted: Linted, finding: Finding, fix: Fix): Trial {
  const { manifest } = linted.result;
  const settled = settle(fix.changes);
  const edits = settled && editsFor(manifest.text, settled);
  if (!edits || edits.length === 0) return { refused: 'it is written in a way no edit can be trusted in' };
  if (edits.some(({ range }) => touchesTemplate(manifest, range)))
    return { refused: 'a template action stands in the way' };
  const branchOf = (range: Range) => conditionOf(manifest, finding.subject.range, range);
  if (edits.some(({ range }) => branchOf(range) !== branchOf(finding.range))) {
    return { refused: 'its parts stand in different branches of a template' };
  }
  // What the edits cannot change need not be looked at again; a template's branches may reach over all documents.
  const scope = manifest.template ? { start: 0, end: manifest.text.length } : settled.document.range;
  if (!edits.every(({ range }) => contains(scope, range))) return { refused: 'it would change another document' };
  const before = manifest.text.slice(scope.start, scope.end);
  const shifted = edits.map(({ range, newText }) => ({ range: moved(range, -scope.start), newText }));
  const after = applyEdits(before, shifted);
  if (!proveTree(settled, scope, before, after)) return { refused: 'the tree after the edit is not the intended one' };
  const [found, left] = [before, after].map((text) => lint(linted.path, text, linted.settings).findings);
  const own = { ...finding, range: moved(finding.range, -scope.start) };
  if (!repairs(own, found ?? [], left ?? [], shifted))
    return { refused: 'it would leave the finding or bring one as severe' };
  return { proven: { ...describe(fix, settled.anchors), edits } };
}

function moved({ start, end }: Range, by: number): Range {
  return { start: start + by, end: end + by };
}

/** A fix inside an anchor changes every place that repeats it, so it says so and is never made unseen. */
function describe({ title, safety }: Fix, anchors: ReadonlySet<string>): { title: string; safety: Safety } {
  if (anchors.size === 0) return { title, safety };
  const names = [...anchors].map((name) => `&${name}`).join(', ');
  return { title: `${title} in ${names}, for all that use it`, safety: 'review' };
}

/** Bulk repair stops after this many rounds, more than any workload has findings; each must have removed one. */
const MOST_ROUNDS = 100;

/** Which fix of a finding a bulk repair takes, if any; `offered` gives the proven ones. */
export type Choice = (finding: Finding, offered: () => readonly ProvenFix[]) => ProvenFix | undefined;

/** Takes the preferred fix of every finding, safe or not. */
export const preferredFix: Choice = (_finding, offered) => offered()[0];

/** Takes the first safe fix of every finding. */
export const safeFix: Choice = (_finding, offered) => offered().find(({ safety }) => safety === 'safe');

/**
 * The fixes a bulk repair takes in one round against one text: one for a workload, since one repair often makes another
 * needless, and the most severe first.
 * @returns each with the finding it repairs, in the order of the text
 */
export function chooseFixes(linted: Linted, choose: Choice): { finding: Finding; fix: ProvenFix }[] {
  const order = rules.map(({ id }) => id);
  const weight = ({ severity, rule }: Finding) => SEVERITIES.indexOf(severity) * order.length + order.indexOf(rule);
  const chosen: { finding: Finding; fix: ProvenFix }[] = [];
  for (const finding of linted.result.findings.toSorted((a, b) => weight(a) - weight(b))) {
    if (chosen.some((other) => other.finding.subject.range.start === finding.subject.range.start)) continue;
    const fix = choose(finding, () => provenFixes(linted, finding));
    if (fix && !chosen.some((other) => touch(other.fix.edits, fix.edits))) chosen.push({ finding, fix });
  }
  return chosen.sort((a, b) => a.finding.range.start - b.finding.range.start);
}

function touch(some: readonly TextEdit[], others: readonly TextEdit[]): boolean {
  const meet = (a: Range, b: Range) => overlaps(a, b) || a.start === b.start || a.end === b.end;
  return some.some(({ range }) => others.some((other) => meet(range, other.range)));
}

/** A text after a bulk repair, and what was done to it. */
export interface FixedText {
  readonly text: string;
  /** The titles of the fixes, in the order they were made. */
  readonly titles: readonly string[];
}

/** Repairs a text in rounds, each on the text the one before left, until nothing is left to choose. */
export function fixText(path: string, text: string, settings: LintSettings, choose: Choice): FixedText {
  const titles: string[] = [];
  let current = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const chosen = chooseFixes({ path, settings, result: lint(path, current, settings) }, choose);
    if (chosen.length === 0) break;
    current = applyEdits(
      current,
      chosen.flatMap(({ fix }) => fix.edits),
    );
    titles.push(...chosen.map(({ fix }) => fix.title));
  }
  return { text: current, titles };
}

/** Applies all fixes a choice takes, as one edit; undefined when there is nothing to do. */
export function fixAll(path: string, text: string, settings: LintSettings, choose: Choice): TextEdit | undefined {
  return editBetween(text, fixText(path, text, settings, choose).text);
}
