import { collectFacts } from '../facts/collect.ts';
import type { Fact, KnownFacts } from '../facts/fact.ts';
import { type AskedTopics, type PartQueries, recordTopics } from '../facts/fact-queries.ts';
import { slashedPath } from '../language/paths.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import { aiContextOf, NO_AI_CONTEXT } from '../model/ai/context.ts';
import type { KubernetesObject } from '../model/kubernetes/objects.ts';
import { conditionOf, type Manifest, objectsOf, unreadManifest } from '../model/manifest.ts';
import { checkedException } from '../rules/exceptions/views.ts';
import { type Attempt, attempting } from './attempt.ts';
import { isUsedByCharts } from './chart-files.ts';
import { isUsedByKustomizations } from './deployed-builds.ts';
import { asItStands, deploymentsOf } from './deployed-contents.ts';
import type { Surroundings } from './deployed-projects.ts';
import { isUsedByReleases } from './deployed-releases.ts';
import { detectDeployed } from './detect-deployed.ts';
import { type Detected, type DetectionContext, detectOn } from './detection.ts';
import type { AcceptedFinding, Failure, Finding } from './finding.ts';
import { ownerReferences } from './owners.ts';
import type { DeployedRoots } from './rendered-proof.ts';
import { compareRules } from './repair-order.ts';
import type { LintSettings } from './settings.ts';
import { type Acceptance, settle } from './suppressions/acceptance.ts';
import { checkExceptions } from './suppressions/check-exceptions.ts';
import { configuredAcceptances, mayEnd } from './suppressions/configured-exceptions.ts';
import type { Suppression } from './suppressions/other-tools.ts';
import { acceptancesIn, hasEnd, NO_DECISIONS, readDecisions } from './suppressions/suppression.ts';

/** A text that was read, and its facts. They depend on the text and its path alone. */
export interface Reading {
  readonly path: string;
  readonly manifest: Manifest;
  readonly objects: readonly KubernetesObject[];
  readonly facts: readonly Fact[];
  /** Whether some object in it says that another one made it. */
  readonly hasOwners: boolean;
  readonly failures: readonly Failure[];
}

/** Findings, without those that somebody accepted. */
export interface SortedFindings {
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** What a comment at the head of a file leaves out of all of it; the first part has it. */
  readonly acceptedInFile: readonly Suppression[];
  /** Whether something else may be found or accepted on another day. */
  readonly dependsOnDay: boolean;
}

/** What rules find in a text, given what others say. Ranges count from the start of the text. */
export interface Outcome extends SortedFindings {
  /** What could not be put together with other files. */
  readonly unassembled: readonly ParseProblem[];
  /** The length of what was read of other files to put it together with. */
  readonly characters: number;
  /** What the text says to other files as it is deployed, if that is not what is written. */
  readonly deployedFacts?: readonly Fact[];
  /** Whether others are put together with the text, so that they may ask for it. */
  readonly isUsed: boolean;
  readonly known: KnownFacts;
  /** Grows when more is asked later. */
  readonly asked: AskedTopics;
  readonly failures: readonly Failure[];
}

/** Reads a text. Never throws. */
export function readText(path: string, text: string, read: () => Manifest): Reading {
  const failures: Failure[] = [];
  const attempt = attempting(failures);
  const manifest = attempt('manifest reader', read, unreadManifest(text));
  const facts = attempt('fact reader', () => collectFacts(path, manifest), []);
  const objects = objectsOf(manifest);
  const hasOwners = objects.some((object) => ownerReferences(object).length > 0);
  return { path, manifest, objects, facts, hasOwners, failures };
}

/** The roots of the Kubernetes objects that are deployed of a text, for each deployment. Never throws. */
export function deployedRoots(
  { path, manifest }: Reading,
  settings: LintSettings,
  queries: PartQueries,
): DeployedRoots {
  const { known } = recordTopics(queries);
  const { all } = attempting([])(
    'assembly',
    () => deploymentsOf(path, manifest, { known, settings }),
    asItStands(manifest),
  );
  return all.map(({ contents }) => objectsOf({ contents }).flatMap(({ root }) => (root.parent ? [] : root)));
}

function isUsed({ path, facts }: Reading, around: Surroundings): boolean {
  const own = slashedPath(path);
  return (
    isUsedByKustomizations(own, around.known) ||
    isUsedByCharts(own, around) ||
    isUsedByReleases(own, facts, around.known)
  );
}

/** Runs the active rules over a text, and separates what somebody accepted. Never throws. */
export function runRules(reading: Reading, settings: LintSettings, queries: PartQueries): Outcome {
  const { path, manifest } = reading;
  const failures: Failure[] = [];
  const attempt = attempting(failures);
  const { known, asked } = recordTopics(queries);
  const context = detectionContext(manifest, { settings, known, attempt });
  const { all, unassembled, characters, facts } = attempt(
    'assembly',
    () => deploymentsOf(path, manifest, { known, settings }),
    asItStands(manifest),
  );
  const isCombined = all.some(({ name, build }) => name !== undefined || build !== undefined);
  const sorted = sortOut(detectDeployed(all, context), { ...reading, isCombined }, context);
  return {
    ...sorted,
    ...(facts && { deployedFacts: facts }),
    unassembled,
    characters,
    isUsed: isUsed(reading, { known, settings }),
    known,
    asked,
    failures,
  };
}

/** What detection needs to know of a text beside what others say. */
export function detectionContext(
  manifest: Manifest,
  { settings, known, attempt }: { settings: LintSettings; known: KnownFacts; attempt: Attempt },
): DetectionContext {
  const ai = attempt('reader of AI choices', () => aiContextOf(manifest, known.objects, settings), NO_AI_CONTEXT);
  const conditionAt: DetectionContext['conditionAt'] = ({ range }, at) =>
    at.file === undefined ? conditionOf(manifest, range, at.range) : undefined;
  return { settings, ai, known, attempt, conditionAt };
}

/** Separates what a text, or the configuration, accepts of what was found in the text, and checks these decisions. */
export function sortOut(
  { all, findings: detected }: Detected,
  {
    path,
    manifest,
    objects,
    isCombined,
  }: Pick<Reading, 'path' | 'manifest' | 'objects'> & { readonly isCombined: boolean },
  context: DetectionContext,
): SortedFindings {
  const { settings, attempt } = context;
  const decisions = attempt('exception reader', () => readDecisions(manifest, objects, isCombined), NO_DECISIONS);
  function* acceptances(finding: Finding): Generator<Acceptance> {
    yield* acceptancesIn(finding, decisions, settings.today);
    yield* configuredAcceptances(finding, path, settings);
  }
  const accepted: AcceptedFinding[] = [];
  const left = detected.flatMap((finding) => {
    const settled = settle(finding, acceptances(finding), settings.policy);
    if (!('finding' in settled)) return settled;
    accepted.push(settled);
    return [];
  });
  const checked = () => checkExceptions(decisions.exceptions, all, manifest, settings);
  const findings = [...left, ...detectOn(checkedException, checked, context)].sort(compareFindings);
  accepted.sort((a, b) => compareFindings(a.finding, b.finding));
  const dependsOnDay = hasEnd(decisions) || detected.some((finding) => mayEnd(finding, path, settings));
  return { findings, accepted, acceptedInFile: decisions.forFile, dependsOnDay };
}

/** In the order of the text; at one place in the order of repairs. */
function compareFindings(a: Finding, b: Finding): number {
  return a.range.start - b.range.start || compareRules(a.rule, b.rule);
}
