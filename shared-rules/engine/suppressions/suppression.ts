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
import type { LintPolicy } from '../settings.ts';
import { type Acceptance, settle } from './acceptance.ts';
import { isExpired } from './configured-exceptions.ts';
import { foreignAnnotations, foreignComments, isTarget, type Suppression, suppressionsOfFile } from './other-tools.ts';

/** What a file says about findings to leave out: in Bulkhead's own form, and in those of other tools. */
export interface Decisions {
  readonly exceptions: readonly WrittenException[];
  readonly foreign: readonly Suppression[];
  /** What comments at the head leave out of the whole file. */
  readonly forFile: readonly Suppression[];
}

interface FindingsAndAccepted {
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
}

export const NO_DECISIONS: Decisions = { exceptions: [], foreign: [], forFile: [] };

const MAY_HAVE_COMMENTS = /bulkhead:\s*ignore\[|kics-scan|dd-iac-scan|trivy:ignore:/;

/**
 * Reads comments, and annotations of Kubernetes objects. Text that only looks like a comment is none.
 * @param isCombined whether the text is judged together with others, so that rules look at all of it
 * @throws RangeError for more comments that decide something, or names in them, than are read
 */
export function readDecisions(
  manifest: Manifest,
  objects: readonly KubernetesObject[],
  isCombined: boolean,
): Decisions {
  const annotated = objects.flatMap((object) =>
    metadataFields(object, 'annotations').flatMap((field) => annotationException(field, object) ?? []),
  );
  const foreign = objects.flatMap(foreignAnnotations);
  if (!MAY_HAVE_COMMENTS.test(manifest.text)) return { exceptions: joined(annotated), foreign, forFile: [] };
  const parts = decidingParts(manifest);
  const commented = parts.filter((part) => isCombined || isLookedAt(part, manifest)).flatMap(exceptionsIn);
  checkDecisions(commented.reduce((sum, { names }) => sum + names.length, 0));
  const isTemplate = manifest.template !== undefined;
  return {
    exceptions: joined([...annotated, ...commented]),
    foreign: [...foreign, ...parts.flatMap((part) => foreignComments(part, isTemplate))],
    forFile: parts.flatMap(suppressionsOfFile),
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

/** The decisions in a file to accept a finding. Findings about exceptions themselves are not asked. */
export function* acceptancesIn(
  finding: Finding,
  { exceptions, foreign }: Decisions,
  today: string | undefined,
): Generator<Acceptance> {
  for (const exception of exceptions) {
    const { by, at, reason, until, names, covers } = exception;
    const isAbout = names.some(({ text }) => text === finding.rule) && isCovered(finding, covers);
    if (isAbout && isInForce(exception, today)) yield { by, at, reason, owner: undefined, until: until?.text };
  }
  for (const suppression of foreign)
    if (
      isCovered(finding, suppression.covers) &&
      isTarget(finding, suppression.targets) &&
      !isExpired(suppression, today)
    )
      yield acceptanceBy(suppression);
}

function acceptanceBy({ tool, at, until }: Suppression): Acceptance {
  return { by: tool, at, reason: undefined, owner: undefined, until };
}

/**
 * What is left of the findings of a part when the rest of its file has had its say.
 * @param objections what comments accept in the whole file, and findings that are none after all
 */
export function leaveOut(
  found: FindingsAndAccepted,
  objections: { readonly accepted: readonly Suppression[]; readonly dropped: ReadonlySet<Finding> },
  policy: LintPolicy | undefined,
): FindingsAndAccepted {
  if (objections.accepted.length + objections.dropped.size === 0) return found;
  const acceptances = (finding: Finding) =>
    objections.accepted.filter(({ targets }) => isTarget(finding, targets)).map(acceptanceBy);
  const stays = (finding: Finding) => !objections.dropped.has(finding);
  const isUntouched = (finding: Finding) => stays(finding) && acceptances(finding).length === 0;
  if (found.findings.every(isUntouched) && found.accepted.every(({ finding }) => isUntouched(finding))) return found;
  const findings: Finding[] = [];
  const accepted: AcceptedFinding[] = [];
  for (const finding of found.findings.filter(stays)) {
    const settled = settle(finding, acceptances(finding), policy);
    if ('finding' in settled) accepted.push(settled);
    else findings.push(settled);
  }
  for (const one of found.accepted.filter(({ finding }) => stays(finding))) {
    // What stands in the file goes before the configuration.
    const settled = one.by === 'configuration' ? settle(one.finding, acceptances(one.finding), policy) : one;
    accepted.push('finding' in settled ? settled : one);
  }
  return { findings, accepted: accepted.sort((a, b) => a.finding.range.start - b.finding.range.start) };
}

/** Whether a finding begins in one of several parts of a text. */
export function isCovered({ range }: Finding, covers: readonly Range[]): boolean {
  return covers.some(({ start, end }) => start <= range.start && range.start <= end);
}
