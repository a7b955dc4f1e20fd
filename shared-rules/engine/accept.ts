import { annotationName, REASON_PLACEHOLDER } from '../source/exceptions.ts';
import type { KubernetesObject } from '../source/kubernetes.ts';
import { touchesTemplate } from '../source/manifest.ts';
import { workloadName } from '../source/subject.ts';
import { contains, lineEnd, lineStart } from '../source/text.ts';
import { type Change, editComments, put } from '../source/yaml-edit.ts';
import { type Linted, type ProvenFix, tryChanges } from './fixes.ts';
import { type Finding, lint } from './lint.ts';

/**
 * An exception that accepts a finding, with a place for the reason: a comment of its own line above the finding, else,
 * in JSON and where no comment can stand, an annotation of the Kubernetes object. Undefined where neither is read as meant.
 */
export function acceptFinding(linted: Linted, finding: Finding): ProvenFix | undefined {
  const { rule } = finding;
  const comment = tryToAccept(linted, finding, commentAbove(linted, finding));
  if (comment) return { ...comment, title: `Accept ${rule} here with a reason` };
  const object = objectAround(linted, finding);
  const annotation = object && put(object.root, ['metadata', 'annotations', annotationName(rule)], REASON_PLACEHOLDER);
  const accepted = tryToAccept(linted, finding, annotation);
  const name = object && workloadName({ ...finding.subject, kind: object.kind ?? '', name: object.name ?? '' });
  return accepted && { ...accepted, title: `Accept ${rule} in all of ${name} with a reason` };
}

function tryToAccept(
  linted: Linted,
  finding: Finding,
  change: Change | undefined,
): Omit<ProvenFix, 'title'> | undefined {
  const edited = change && tryChanges(linted, [change], finding);
  if (!edited || 'refused' in edited) return undefined;
  const { scope, before, after, edits } = edited;
  const count = (text: string) =>
    lint(linted.path, text, linted.settings).findings.filter((other) => other.rule === finding.rule).length;
  const isGone = count(after) < count(before);
  return isGone && contains(scope, finding.range)
    ? { safety: 'review', edits, placeholder: REASON_PLACEHOLDER }
    : undefined;
}

/** A comment above the line on which a finding begins. */
function commentAbove({ path, result: { manifest } }: Linted, { range, rule }: Finding): Change | undefined {
  const { text, documents } = manifest;
  const document = documents.find((one) => contains(one.range, range));
  const start = lineStart(text, range.start);
  const isBehindAction = touchesTemplate(manifest, { start: start - 1, end: start + 1 });
  if (!document || isBehindAction || /\.json$/i.test(path) || /^\s*[{[]/.test(text)) return undefined;
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  const newline = text.slice(0, start).endsWith('\r\n') || text[lineEnd(text, start)] === '\r' ? '\r\n' : '\n';
  const newText = `${indent}# bulkhead: ignore[${rule}] ${REASON_PLACEHOLDER}${newline}`;
  return editComments(document, [{ range: { start, end: start }, newText }]);
}

/** The innermost Kubernetes object that a finding stands in. */
function objectAround({ result }: Linted, { range }: Finding): KubernetesObject | undefined {
  const objects = result.manifest.contents.flatMap((content) =>
    content.dialect === 'kubernetes' ? content.objects : [],
  );
  return objects.findLast(({ root }) => contains(root.range, range));
}
