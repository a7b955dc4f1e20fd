import type { FactQueries } from '../facts/fact-queries.ts';
import { type Change, isYamlChange } from '../language/change.ts';
import { isCommentChange } from '../language/comments.ts';
import { isWordChange, wordEdits } from '../language/shell/word-edit.ts';
import { partsFromOutput } from '../language/template/template.ts';
import { applyEdits, contains, moved, type Range, type TextEdit } from '../language/text.ts';
import { isKnown } from '../language/unknown.ts';
import { replace } from '../language/yaml/change.ts';
import type { YamlDocument } from '../language/yaml/document.ts';
import { editsFor } from '../language/yaml/edit.ts';
import { embeddedIn } from '../language/yaml/embedded.ts';
import { withOwnLineEnds } from '../language/yaml/line-ends.ts';
import type { Settled } from '../language/yaml/settle.ts';
import { settle } from '../language/yaml/settle.ts';
import { isDocumentation } from '../model/files/documentation.ts';
import { parseScriptDocument, type ScriptFile, yamlText } from '../model/files/script-file.ts';
import {
  conditionOf,
  type Manifest,
  parseFences,
  parseReadings,
  parseWithPatches,
  scriptIn,
  touchesTemplate,
} from '../model/manifest.ts';
import type { Fix, Safety } from '../rules/api.ts';
import { type Finding, findingInFile } from './finding.ts';
import { type LintedPart, type LintResult, partAt } from './lint-result.ts';
import { type Edited, isAsAsked, leavesAlone, provesSame, proveTree, proveWords, repairs } from './proof.ts';
import { provesRendered } from './rendered-proof.ts';
import type { LintSettings } from './settings.ts';

/** A repair that was tried and held. */
export interface ProvenFix {
  readonly title: string;
  readonly safety: Safety;
  /** Against the linted text; they do not overlap. */
  readonly edits: readonly TextEdit[];
  /** A word in what the edits write that a person is to replace. */
  readonly placeholder?: string;
}

/** What became of a fix when it was tried. */
export type Trial = { readonly proven: ProvenFix } | { readonly refused: string };

/** A linted text, as every function here needs it. */
export interface Linted {
  readonly path: string;
  readonly settings: LintSettings;
  readonly result: LintResult;
  /** What other files say, as it was linted with. */
  readonly queries?: FactQueries;
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
  const trials = finding.fixes().map((fix) => tryTogether(linted, [{ finding, fix }]));
  // Several may be the same change of a values file.
  const key = (trial: Trial) => ('proven' in trial ? JSON.stringify(trial.proven.edits) : trial);
  return [...new Map(trials.toReversed().map((trial) => [key(trial), trial])).values()].reverse();
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
  const [{ finding, fix }] = wanted as [Wanted];
  const part = partAt(linted.result, finding.range.start);
  const own = wanted.map((one) => findingInFile(one.finding, -part.start));
  if (wanted.length > 1 && part.manifest.template) return { refused: 'a template action stands in the way' };
  const changes = wanted.flatMap((one) => one.fix.changes);
  const edited = tryChanges(part, changes, own[0]!);
  if ('refused' in edited) return edited;
  const { edits, anchors, after } = edited;
  const isToComplete = wanted.some((one) => one.fix.placeholder !== undefined);
  if (!(isToComplete ? leavesAlone : repairs)(own, part.found, part.findIn(after), edits))
    return { refused: 'it would leave the finding or bring one as severe' };
  const { placeholder } = fix;
  return {
    proven: { ...describe(fix, anchors), edits: editsInFile(edits, part), ...(placeholder && { placeholder }) },
  };
}

/** Edits of a part's text as edits of its file. */
export function editsInFile(edits: readonly TextEdit[], { start }: LintedPart): TextEdit[] {
  return edits.map(({ range, newText }) => ({ range: moved(range, start), newText }));
}

/** Edits that do what changes ask for, and the part's text after them. */
interface Edits {
  readonly edits: readonly TextEdit[];
  readonly anchors: ReadonlySet<string>;
  readonly after: string;
}

/** Tries changes for a finding of a part, without a look at what is found afterwards. */
export function tryChanges(
  part: LintedPart,
  changes: readonly Change[],
  finding: Finding,
): Edits | { readonly refused: string } {
  const { manifest, start } = part;
  const plan = planOf(part, changes);
  if (!plan || plan.edits.length === 0) return { refused: 'it is written in a way no edit can be trusted in' };
  const edits = withOwnLineEnds(manifest.text, manifest.lines, plan.edits);
  if (!edits) return { refused: 'its lines end in several ways' };
  const { scope } = plan;
  if (manifest.template) {
    const branchOf = (range: Range) => conditionOf(manifest, finding.subject.range, range);
    if (edits.some(({ range }) => touchesTemplate(manifest, range)))
      return { refused: 'a template action stands in the way' };
    const { template } = manifest;
    if (edits.some((edit) => partsFromOutput(manifest.lines, template, edit)))
      return { refused: 'a template action prints more behind it' };
    if (edits.some(({ range }) => branchOf(range) !== branchOf(finding.range)))
      return { refused: 'its parts stand in different branches of a template' };
  }
  // What stands before a part's marker belongs to the part before.
  const isWithin = ({ range }: TextEdit) => contains(scope, range) && (start === 0 || range.start > 0);
  if (!edits.every(isWithin)) return { refused: 'it would change another document' };
  const before = manifest.text.slice(scope.start, scope.end);
  const after = applyEdits(
    before,
    edits.map(({ range, newText }) => ({ range: moved(range, -scope.start), newText })),
  );
  if (!plan.holds(before, after)) return { refused: 'what the edit leads to is not what was intended' };
  return { edits, anchors: plan.anchors, after: applyEdits(manifest.text, edits) };
}

/** The edits of changes, and how to tell that they do what the changes ask for. */
interface Plan {
  readonly edits: readonly TextEdit[];
  /** The part of the file that has to be looked at again. */
  readonly scope: Range;
  readonly anchors: ReadonlySet<string>;
  readonly holds: (before: string, after: string) => boolean;
}

/** Undefined where the text is written in a way no edit can be trusted in. */
function planOf(part: LintedPart, changes: readonly Change[]): Plan | undefined {
  const { manifest } = part;
  const { text } = manifest;
  const whole = { start: 0, end: text.length };
  const script = scriptIn(manifest);
  const comments = changes.filter(isCommentChange).flatMap(({ editComments }) => editComments);
  if (comments.length > 0) return changes.every(isCommentChange) ? planOfComments(manifest, comments) : undefined;
  const words = changes.filter(isWordChange);
  if (script && words.length > 0) {
    const edits = words.length === changes.length ? wordEdits(text, words) : undefined;
    const holds = (_before: string, after: string) => proveWords(script, words, after);
    return edits && { edits, scope: whole, anchors: new Set(), holds };
  }
  const settled = settle(changes.filter(isYamlChange));
  const edits = settled && fileEditsFor(manifest, settled);
  // A fix edits the file that its finding stands in.
  if (!edits || settled.document.file !== undefined) return undefined;
  if (isRendered(settled)) {
    const holds = (before: string, after: string) =>
      provesRendered(settled, part.deployedIn(before), part.deployedIn(after));
    return { edits, scope: whole, anchors: new Set(), holds };
  }
  const written = writtenIn(settled);
  if (!written) return undefined;
  // What the edits cannot change need not be looked at again; a template's branches may reach over all documents.
  const isWhole = manifest.template !== undefined || script !== undefined;
  const scope = isWhole ? whole : written.document.range;
  const edited = { parse: parserOf(script), of: isWhole ? manifest : written.document };
  const holds = (before: string, after: string) =>
    proveTree(written, scope.start, { before, after, ...edited }) && (!script || proveWords(script, [], after));
  return { edits, scope, anchors: written.anchors, holds };
}

/**
 * Changes in a text that a scalar holds as the change of that scalar; undefined where they do not lead to what they ask
 * for. Other changes as they are.
 */
function writtenIn(settled: Settled): Settled | undefined {
  const { text, source } = settled.document;
  if (source.holder === undefined) return settled;
  const edits = editsFor(text, settled);
  const after = edits && applyEdits(text, edits);
  const read = after && embeddedIn(after, source.holder);
  if (!read || !isAsAsked(read.root, settled)) return undefined;
  // A line end behind the text may come from the scalar's header alone.
  const rest = source.holder.rawText?.slice(text.length) ?? '';
  const outer = settle([replace(source.holder, after + rest)]);
  return outer && writtenIn(outer);
}

/** Whether changes are in what a template prints. */
function isRendered({ document }: Settled): boolean {
  return document.source.derived?.usedAt !== undefined;
}

/** The edits of changes to nodes; undefined where the text is written in a way no edit can be trusted in. */
function fileEditsFor(manifest: Manifest, settled: Settled): TextEdit[] | undefined {
  const { document } = settled;
  const script = scriptIn(manifest);
  if (document.source.derived) {
    const edits = editsFor(document.text, settled);
    // What is not known is written in other words.
    return edits?.every(({ newText }) => isKnown(newText)) ? document.editsInFile(edits, manifest.lines) : undefined;
  }
  return editsFor(script ? yamlText(script.kind, manifest.text) : manifest.lines, settled);
}

/** How the YAML in a file is read: of one with commands its own, of Markdown that in its fences. */
function parserOf(script: ScriptFile | undefined): (text: string) => YamlDocument[][] {
  if (script === undefined) return parseReadings;
  const { kind } = script;
  const isYaml = kind === 'workflow' || kind === 'gitlab' || kind === 'devcontainer';
  return (text) => [[...(isYaml ? parseScriptDocument(kind, text) : []), ...parseFences(kind, text)]];
}

/** Comments may stand before the first document, too. */
function planOfComments(manifest: Manifest, edits: readonly TextEdit[]): Plan {
  const script = scriptIn(manifest);
  const isWithin = (range: Range) => edits.every((edit) => contains(range, edit.range));
  const isWhole = manifest.template !== undefined || script !== undefined;
  const around = manifest.documents.filter((document) => isWithin(document.rangeInFile));
  const patch = around.find(({ source }) => source.holder !== undefined);
  const own = isWhole || patch ? undefined : around[0];
  const scope = own?.range ?? { start: 0, end: manifest.text.length };
  const holds = (before: string, after: string) =>
    script
      ? proveWords(script, [], after) && isSameData(manifest, script, { before, after })
      : provesSame({ before, after, parse: patch ? parseWithPatches : parseReadings, of: patch ?? own ?? manifest });
  return { edits, scope, anchors: new Set(), holds };
}

/** A comment in a script that stands in a CI file is a part of its data; other files with YAML in them have none such. */
function isSameData(manifest: Manifest, script: ScriptFile, texts: Pick<Edited, 'before' | 'after'>): boolean {
  const hasData = script.kind === 'devcontainer' || isDocumentation(script.kind);
  return !hasData || provesSame({ ...texts, parse: parserOf(script), of: manifest });
}

/** A fix inside an anchor changes every place that repeats it, so it says so and is never made unseen. */
function describe(
  { title: action, reach = '', safety }: Fix,
  anchors: ReadonlySet<string>,
): { title: string; safety: Safety } {
  const title = action + reach;
  if (anchors.size === 0) return { title, safety };
  const names = [...anchors].map((name) => `&${name}`).join(', ');
  return { title: `${title} in ${names}, for all that use it`, safety: 'review' };
}
