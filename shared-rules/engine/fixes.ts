import { conditionOf, readManifest, touchesTemplate } from '../source/manifest.ts';
import { applyEdits, contains, editBetween, type Range, type TextEdit } from '../source/text.ts';
import { splitDocuments, type YamlDocument } from '../source/yaml-document.ts';
import { editsFor, plainTree, type Settled, settle } from '../source/yaml-edit.ts';
import { type Finding, type LintResult, lint } from './lint.ts';
import type { Fix, Safety } from './rule.ts';
import { type LintSettings, SEVERITIES } from './settings.ts';

/** A repair that was tried and held. */
export interface ProvenFix {
  readonly title: string;
  readonly safety: Safety;
  /** Against the linted text; they do not overlap. */
  readonly edits: readonly TextEdit[];
}

/** The text that was linted, as every function here needs it. */
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
  return finding.fixes.flatMap((fix) => prove(linted, finding, fix) ?? []);
}

function prove(linted: Linted, finding: Finding, fix: Fix): ProvenFix | undefined {
  const { text } = linted.result.manifest;
  const settled = settle(fix.changes);
  const edits = settled && editsFor(text, settled);
  if (!edits || edits.length === 0 || !staysOnOneSide(linted, finding, edits)) return undefined;
  const after = applyEdits(text, edits);
  if (!hasExpectedTree(linted, settled, edits, after)) return undefined;
  const { findings } = lint(linted.path, after, linted.settings);
  if (!repairs(finding, linted.result.findings, findings, edits)) return undefined;
  return { title: fix.title, safety: fix.safety, edits };
}

/** In a template, an edit touches no action, and all edits stand in the branch of the finding. */
function staysOnOneSide(linted: Linted, finding: Finding, edits: readonly TextEdit[]): boolean {
  const { manifest } = linted.result;
  const branch = (range: Range) => conditionOf(manifest, finding.subject.range, range);
  return edits.every(({ range }) => !touchesTemplate(manifest, range) && branch(range) === branch(finding.range));
}

/** Compares the tree after the edits with the one the changes should lead to, in the document they are about. */
function hasExpectedTree(linted: Linted, settled: Settled, edits: readonly TextEdit[], after: string): boolean {
  const changed = [
    ...[...settled.removed.values()].map(({ collection }) => collection.document),
    ...[...settled.replaced.values()].map(({ scalar }) => scalar.document),
  ];
  const document = changed[0] as YamlDocument;
  if (changed.some((other) => other !== document) || !edits.every(({ range }) => contains(document.range, range)))
    return false;
  const growth = edits.reduce((sum, { range, newText }) => sum + newText.length - (range.end - range.start), 0);
  const range = { start: document.range.start, end: document.range.end + growth };
  const expected = JSON.stringify(plainTree(document.root?.node, settled));
  const reread = readManifest(linted.path, after).documents.filter((other) => other.range.start === range.start);
  return (
    splitDocuments(after.slice(range.start, range.end)).length === 1 &&
    reread.some(
      (other) =>
        other.problems.length <= document.problems.length && JSON.stringify(plainTree(other.root?.node)) === expected,
    )
  );
}

/**
 * Whether a finding is gone and nothing as severe has come instead. What is found afterwards is known when it was
 * found before, at the place that the edits moved.
 */
function repairs(
  finding: Finding,
  before: readonly Finding[],
  after: readonly Finding[],
  edits: readonly TextEdit[],
): boolean {
  const ofRule = (findings: readonly Finding[]) => findings.filter(({ rule }) => rule === finding.rule).length;
  const others = before.filter((other) => other !== finding);
  const known = new Set(others.map(({ rule, range }) => `${rule} ${shift(range.start, edits)}`));
  const isAsSevere = ({ severity }: Finding) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(finding.severity);
  return (
    ofRule(after) < ofRule(before) &&
    !after.some((other) => isAsSevere(other) && !known.has(`${other.rule} ${other.range.start}`))
  );
}

/** Where an offset lies after the edits; undefined inside of one. */
function shift(offset: number, edits: readonly TextEdit[]): number | undefined {
  if (edits.some(({ range }) => range.start <= offset && offset < range.end)) return undefined;
  return edits.reduce(
    (at, { range, newText }) => (range.end <= offset ? at + newText.length - (range.end - range.start) : at),
    offset,
  );
}

/** Bulk repair stops after this many rounds; each round must have removed a finding. */
const MOST_ROUNDS = 20;

/**
 * Applies all safe fixes of a text until none is left.
 * @returns the whole change as one edit; undefined when there is nothing to do
 */
export function fixAllSafe(path: string, text: string, settings: LintSettings): TextEdit | undefined {
  let current = text;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const linted = { path, settings, result: lint(path, current, settings) };
    const edits: TextEdit[] = [];
    for (const finding of linted.result.findings) {
      const fix = provenFixes(linted, finding).find(({ safety }) => safety === 'safe');
      if (fix?.edits.every((edit) => edits.every((other) => isApart(edit.range, other.range))))
        edits.push(...fix.edits);
    }
    if (edits.length === 0) break;
    current = applyEdits(current, edits);
  }
  return editBetween(text, current);
}

function isApart(a: Range, b: Range): boolean {
  return a.end < b.start || b.end < a.start;
}
