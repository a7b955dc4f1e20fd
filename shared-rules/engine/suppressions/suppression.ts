import type { Commented } from '../../language/comments.ts';
import { contains, type Range } from '../../language/text.ts';
import {
  annotationException,
  commentException,
  isInForce,
  metadataFields,
  type WrittenException,
} from '../../model/exceptions/exceptions.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import { checkDecisions, decidingParts, type Manifest } from '../../model/manifest.ts';
import type { AcceptedFinding, Finding } from '../finding.ts';
import { isExpired } from './configured-exceptions.ts';
import {
  foreignAnnotations,
  foreignComments,
  isTarget,
  type Suppression,
  type Target,
  targetsInFile,
} from './other-tools.ts';

/** What a file says about findings to leave out: in Bulkhead's own form, and in those of other tools. */
export interface Decisions {
  readonly exceptions: readonly WrittenException[];
  readonly foreign: readonly Suppression[];
  /** What comments at the head leave out of the whole file. */
  readonly forFile: readonly Target[];
}

interface FindingsAndAccepted {
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
}

export const NO_DECISIONS: Decisions = { exceptions: [], foreign: [], forFile: [] };

const MAY_HAVE_COMMENTS = /bulkhead:\s*ignore\[|kics-scan|dd-iac-scan|trivy:ignore:/;

/**
 * Reads comments, and annotations of Kubernetes objects. Text that only looks like a comment is none.
 * @throws RangeError for more comments that decide something, or names in them, than are read
 */
export function readDecisions(manifest: Manifest, objects: readonly KubernetesObject[]): Decisions {
  const annotated = objects.flatMap((object) =>
    metadataFields(object, 'annotations').flatMap((field) => annotationException(field, object) ?? []),
  );
  const foreign = objects.flatMap(foreignAnnotations);
  if (!MAY_HAVE_COMMENTS.test(manifest.text)) return { exceptions: joined(annotated), foreign, forFile: [] };
  const parts = decidingParts(manifest);
  const commented = parts.filter((part) => isLookedAt(part, manifest)).flatMap(exceptionsIn);
  checkDecisions(commented.reduce((sum, { names }) => sum + names.length, 0));
  const isTemplate = manifest.template !== undefined;
  return {
    exceptions: joined([...annotated, ...commented]),
    foreign: [...foreign, ...parts.flatMap((part) => foreignComments(part, isTemplate))],
    forFile: parts.flatMap(targetsInFile),
  };
}

/** Whether rules look at what comments are about: at a script, and at the documents that hold something of ours. */
function isLookedAt({ scope, units }: Commented, { documents }: Manifest): boolean {
  return units !== undefined || documents.some(({ rangeInFile }) => contains(scope, rangeInFile));
}

function exceptionsIn(commented: Commented): WrittenException[] {
  return commented.comments.flatMap((comment) => commentException(commented, comment) ?? []);
}

/** What is read at one place several times, in the readings of a template, is one exception. */
function joined(exceptions: readonly WrittenException[]): WrittenException[] {
  const byPlace = new Map<number, WrittenException>();
  for (const exception of exceptions) {
    const { start } = exception.at.range;
    const covers = [...(byPlace.get(start)?.covers ?? []), ...exception.covers];
    byPlace.set(start, { ...exception, covers });
  }
  return [...byPlace.values()];
}

/** Whether one of the decisions has a last day, over or not. */
export function hasEnd({ exceptions, foreign }: Decisions): boolean {
  return [...exceptions, ...foreign].some(({ until }) => until !== undefined);
}

/** The decision in a file to leave a finding out, if there is one. Findings about exceptions themselves are not asked. */
export function decisionFor(
  finding: Finding,
  { exceptions, foreign }: Decisions,
  today: string | undefined,
): Pick<WrittenException, 'reason'> | undefined {
  const isForeign = (suppression: Suppression) =>
    isCovered(finding, suppression.covers) && isTarget(finding, suppression.targets) && !isExpired(suppression, today);
  const isAccepted = (exception: WrittenException) =>
    exception.names.some(({ text }) => text === finding.rule) &&
    isCovered(finding, exception.covers) &&
    isInForce(exception, today);
  return exceptions.find(isAccepted) ?? (foreign.some(isForeign) ? { reason: undefined } : undefined);
}

/**
 * What is left of the findings of a part when the rest of its file has had its say.
 * @param objections what a comment accepts in the whole file, and findings that are none after all
 */
export function leaveOut(
  found: FindingsAndAccepted,
  objections: { readonly accepted: readonly Target[]; readonly dropped: ReadonlySet<Finding> },
): FindingsAndAccepted {
  if (objections.accepted.length + objections.dropped.size === 0) return found;
  const { findings, accepted } = found;
  const isLeftOut = (finding: Finding) => isTarget(finding, objections.accepted);
  const stays = (finding: Finding) => !objections.dropped.has(finding);
  const isUntouched = (finding: Finding) => stays(finding) && !isLeftOut(finding);
  if (findings.every(isUntouched) && accepted.every(({ finding }) => isUntouched(finding))) return found;
  const inSource = (finding: Finding) => ({ finding, reason: undefined, kind: 'inSource' as const });
  const all = [
    ...accepted.map((one) => (one.kind === 'external' && isLeftOut(one.finding) ? inSource(one.finding) : one)),
    ...findings.filter(isLeftOut).map(inSource),
  ];
  return {
    findings: findings.filter(isUntouched),
    accepted: all.filter(({ finding }) => stays(finding)).sort((a, b) => a.finding.range.start - b.finding.range.start),
  };
}

/** Whether a finding begins in one of several parts of a text. */
export function isCovered({ range }: Finding, covers: readonly Range[]): boolean {
  return covers.some(({ start, end }) => start <= range.start && range.start <= end);
}
