import type { Change } from '../../language/change.ts';
import { type CommentChange, editComments, wholeOf } from '../../language/comments.ts';
import { contains, lineEnd, lineStart } from '../../language/text.ts';
import { put } from '../../language/yaml/change.ts';
import { annotationName, REASON_PLACEHOLDER } from '../../model/exceptions/exceptions.ts';
import type { Fence } from '../../model/files/documentation.ts';
import { commentMarks } from '../../model/files/script-comments.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import {
  commentedParts,
  exampleOf,
  type Manifest,
  objectsOf,
  scriptIn,
  touchesTemplate,
} from '../../model/manifest.ts';
import { ownerName } from '../../model/wording.ts';
import { objectSubject } from '../../model/workload.ts';
import { type Finding, findingInFile } from '../finding.ts';
import { type LintedPart, partAt } from '../lint-result.ts';
import { editsInFile, type Linted, type ProvenFix, tryChanges } from '../prove-fixes.ts';

/**
 * An exception that accepts a finding, with a place for the reason: a comment of its own line above the finding, else,
 * in JSON and where no comment can stand, an annotation of the Kubernetes object. Undefined where neither is read as meant.
 */
export function acceptFinding({ path, result }: Linted, { range, ...rest }: Finding): ProvenFix | undefined {
  const part = partAt(result, range.start);
  const finding = findingInFile({ range, ...rest }, -part.start);
  const { rule } = finding;
  const comment = tryToAccept(part, finding, commentAbove(path, part.manifest, finding));
  if (comment) return { ...comment, title: `Accept ${rule} here with a reason` };
  const object = objectAround(part.manifest, finding);
  const annotation = object && put(object.root, ['metadata', 'annotations', annotationName(rule)], REASON_PLACEHOLDER);
  const accepted = tryToAccept(part, finding, annotation);
  const name = object && ownerName(objectSubject(object));
  return accepted && { ...accepted, title: `Accept ${rule} in all of ${name} with a reason` };
}

/** Accepting is no repair: the finding goes, and the missing reason comes. */
function tryToAccept(
  part: LintedPart,
  finding: Finding,
  change: Change | undefined,
): Omit<ProvenFix, 'title'> | undefined {
  const edited = change && tryChanges(part, [change], finding);
  if (!edited || 'refused' in edited) return undefined;
  const count = (findings: readonly Finding[]) => findings.filter(({ rule }) => rule === finding.rule).length;
  if (count(part.findIn(edited.after)) >= count(part.found)) return undefined;
  return { safety: 'review', edits: editsInFile(edited.edits, part), placeholder: REASON_PLACEHOLDER };
}

/** A comment above the line on which a finding begins, or above the whole of a command that goes over several. */
function commentAbove(path: string, manifest: Manifest, { range, rule }: Finding): CommentChange | undefined {
  const { lines: text } = manifest;
  const fence = fenceAt(manifest, range);
  const script = fence ? undefined : scriptIn(manifest);
  const isJson = !script && (/\.json$/i.test(path) || /^\s*(?:\[|\{(?!\{))/.test(fence?.derived.text ?? text));
  if (isJson) return undefined;
  const line = { start: lineStart(text, range.start), end: lineEnd(text, range.start) };
  const units = script ? (commentedParts(manifest)[0]?.units ?? []) : [];
  const { start } = script ? wholeOf(text, line, units) : line;
  if (touchesTemplate(manifest, { start: start - 1, end: start + 1 })) return undefined;
  // A comment behind a tab would be a line of a recipe, which make prints.
  const margin = fence ? /^[ \t>]*/ : /^[ \t]*/;
  const indent = script?.kind === 'makefile' ? '' : (margin.exec(text.slice(start))?.[0] ?? '');
  const newline = text.slice(0, start).endsWith('\r\n') || text[lineEnd(text, start)] === '\r' ? '\r\n' : '\n';
  const [open, close] = script ? commentMarks(script.kind) : ['# ', ''];
  const newText = `${indent}${open}bulkhead: ignore[${rule}] ${REASON_PLACEHOLDER}${close}${newline}`;
  return editComments({ range: { start, end: start }, newText });
}

/** The fence of a Markdown text that a finding stands in. */
function fenceAt({ contents }: Manifest, range: Finding['range']): Fence | undefined {
  return contents.map(exampleOf).find((fence) => fence && contains(fence.range, range));
}

/** The innermost Kubernetes object that a finding stands in. */
function objectAround(manifest: Manifest, { range }: Finding): KubernetesObject | undefined {
  return objectsOf(manifest).findLast(({ root }) => contains(root.range, range));
}
