import { conditionOf, touchesTemplate } from '../source/manifest.ts';
import { partsFromOutput } from '../source/template.ts';
import { applyEdits, contains, type Range, type TextEdit } from '../source/text.ts';
import { editsFor, settle } from '../source/yaml-edit.ts';
import { type Finding, type LintResult, lint } from './lint.ts';
import { proveTree, repairs } from './proof.ts';
import type { Fix, Safety } from './rule.ts';
import type { LintSettings } from './settings.ts';

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
  return finding.fixes.map((fix) => tryTogether(linted, [{ finding, fix }]));
}

/** A fix and the finding it is for. */
export interface Wanted {
  readonly finding: Finding;
  readonly fix: Fix;
}

/**
 * Tries fixes of several findings in one document as one. It holds when every one of the findings is gone by it; what
 * it is called is that of the first.
 */
export function tryTogether(linted: Linted, wanted: readonly Wanted[]): Trial {
  const { manifest } = linted.result;
  const [first] = wanted as [Wanted];
  const settled = settle(wanted.flatMap(({ fix }) => fix.changes));
  const edits = settled && editsFor(manifest.text, settled);
  if (!edits || edits.length === 0) return { refused: 'it is written in a way no edit can be trusted in' };
  if (manifest.template) {
    const { finding } = first;
    const branchOf = (range: Range) => conditionOf(manifest, finding.subject.range, range);
    if (wanted.length > 1 || edits.some(({ range }) => touchesTemplate(manifest, range)))
      return { refused: 'a template action stands in the way' };
    const { template } = manifest;
    if (edits.some((edit) => partsFromOutput(manifest.text, template, edit)))
      return { refused: 'a template action prints more behind it' };
    if (edits.some(({ range }) => branchOf(range) !== branchOf(finding.range)))
      return { refused: 'its parts stand in different branches of a template' };
  }
  // What the edits cannot change need not be looked at again; a template's branches may reach over all documents.
  const scope = manifest.template ? { start: 0, end: manifest.text.length } : settled.document.range;
  if (!edits.every(({ range }) => contains(scope, range))) return { refused: 'it would change another document' };
  const before = manifest.text.slice(scope.start, scope.end);
  const shifted = edits.map(({ range, newText }) => ({ range: moved(range, -scope.start), newText }));
  const after = applyEdits(before, shifted);
  if (!proveTree(settled, scope, before, after)) return { refused: 'the tree after the edit is not the intended one' };
  const found = lint(linted.path, before, linted.settings).findings;
  const left = lint(linted.path, after, linted.settings).findings;
  const own = wanted.map(({ finding }) => ({ ...finding, range: moved(finding.range, -scope.start) }));
  if (!repairs(own, found, left, shifted)) return { refused: 'it would leave the finding or bring one as severe' };
  return { proven: { ...describe(first.fix, settled.anchors), edits } };
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
