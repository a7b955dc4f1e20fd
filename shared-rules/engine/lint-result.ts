import type { Fact, KnownFacts } from '../facts/fact.ts';
import type { AskedTopics } from '../facts/fact-queries.ts';
import { lastAtOrBefore } from '../language/search.ts';
import { moved, type Range } from '../language/text.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import type { KubernetesObject } from '../model/kubernetes/objects.ts';
import type { Manifest } from '../model/manifest.ts';
import { type AcceptedFinding, type Failure, type Finding, findingInFile } from './finding.ts';
import type { DeployedRoots } from './rendered-proof.ts';

/** A part of a file as it was linted: its ranges count from where it begins. */
export interface LintedPart {
  /** Where it begins in the file. */
  readonly start: number;
  readonly manifest: Manifest;
  readonly objects: readonly KubernetesObject[];
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  readonly accepted: readonly AcceptedFinding[];
  /** What could not be put together with other files. */
  readonly unassembled: readonly ParseProblem[];
  /** The length of what is read of other files to put it together with, each time it is linted. */
  readonly characters: number;
  /** What is known beyond it. */
  readonly known: KnownFacts;
  /** What was found before the file's head and other parts had their say against it. */
  readonly found: readonly Finding[];
  /** The same, if a text stood in its place. */
  readonly findIn: (text: string) => readonly Finding[];
  /** What would be deployed of it. */
  readonly deployedIn: (text: string) => DeployedRoots;
}

/** What was found in a file. But for those of its parts, all ranges are in the file. */
export interface LintResult {
  readonly text: string;
  /** In the order of the text, which they make up; at least one. */
  readonly parts: readonly LintedPart[];
  /** Which of the parts the last edit was in, or was the first that it was in. */
  readonly changed: number;
  /** In the order of the text. */
  readonly findings: readonly Finding[];
  /** What would be among the findings if nobody had accepted it, in the order of the text. */
  readonly accepted: readonly AcceptedFinding[];
  /** What could not be read; the rest was linted. */
  readonly problems: readonly ParseProblem[];
  /** What could not be put together with other files, so that it was judged without them. */
  readonly unassembled: readonly ParseProblem[];
  readonly failures: readonly Failure[];
  /** What other files may ask for. */
  readonly facts: readonly Fact[];
  /** What it asked about other documents. */
  readonly asked: AskedTopics;
  /** Whether something else may be found in the same text, under the same settings, on another day. */
  readonly dependsOnDay: boolean;
}

/** What concerns the whole file is put together when it is asked for. */
export class FileResult implements LintResult {
  readonly parts: readonly LintedPart[];
  readonly changed: number;
  readonly failures: readonly Failure[];
  readonly facts: readonly Fact[];
  readonly asked: AskedTopics;
  readonly dependsOnDay: boolean;
  #findings: readonly Finding[] | undefined;
  #accepted: readonly AcceptedFinding[] | undefined;

  constructor(
    parts: readonly LintedPart[],
    rest: Pick<LintResult, 'changed' | 'failures' | 'facts' | 'asked' | 'dependsOnDay'>,
  ) {
    this.parts = parts;
    this.changed = rest.changed;
    this.failures = rest.failures;
    this.facts = rest.facts;
    this.asked = rest.asked;
    this.dependsOnDay = rest.dependsOnDay;
  }

  /** Put together from the parts, so that a version of a large file costs no memory. */
  get text(): string {
    return this.parts.map(({ manifest }) => manifest.text).join('');
  }

  get findings(): readonly Finding[] {
    this.#findings ??= this.parts.flatMap(({ start, findings }) =>
      findings.map((finding) => findingInFile(finding, start)),
    );
    return this.#findings;
  }

  get accepted(): readonly AcceptedFinding[] {
    this.#accepted ??= this.parts.flatMap(({ start, accepted }) =>
      accepted.map((one) => ({ ...one, finding: findingInFile(one.finding, start) })),
    );
    return this.#accepted;
  }

  get problems(): readonly ParseProblem[] {
    return this.parts.flatMap(({ start, manifest }) => problemsInFile(manifest.problems, start));
  }

  get unassembled(): readonly ParseProblem[] {
    return this.parts.flatMap(({ start, unassembled }) => problemsInFile(unassembled, start));
  }
}

function problemsInFile(problems: readonly ParseProblem[], start: number): ParseProblem[] {
  return problems.map((problem) => ({ ...problem, range: moved(problem.range, start) }));
}

/** What was found at places of a file that a range touches. */
export function findingsAt(result: LintResult, { start, end }: Range): Finding[] {
  const from = partIndexAt(result, start);
  const parts = result.parts.slice(from, partIndexAt(result, end) + 1);
  return parts
    .flatMap((part) => part.findings.map((finding) => findingInFile(finding, part.start)))
    .filter(({ range }) => range.start <= end && start <= range.end);
}

/** The part of a file that an offset is in. */
export function partAt(result: LintResult, offset: number): LintedPart {
  return result.parts[partIndexAt(result, offset)]!;
}

function partIndexAt({ parts }: LintResult, offset: number): number {
  return lastAtOrBefore(parts.length, (index) => parts[index]!.start, offset);
}
