import { type Part, type Place, rangeInFile } from '../language/place.ts';
import { moved, type Range } from '../language/text.ts';
import type { Subject } from '../model/workload.ts';
import type { Fix, Related } from '../rules/api.ts';
import type { RuleId } from '../rules/catalogue.generated.ts';
import type { Severity } from '../rules/severity.ts';

/** A problem as it is reported: by which rule, about which workload. */
export interface Finding {
  readonly rule: RuleId;
  /** Which check of the rule it is, where the rule has several. */
  readonly check?: string;
  readonly severity: Severity;
  readonly message: string;
  /** The file it stands in, where that is another one than the one that is linted: as the workspace calls it. */
  readonly file?: string;
  /** The part of its file that the range counts from, where it says so. */
  readonly part?: Part;
  readonly range: Range;
  /** The field path of what the range covers, such as `spec.template.spec.hostNetwork`. */
  readonly path: string;
  readonly subject: Subject;
  readonly related: readonly Related[];
  /** Where templates use what it is about, until they are among the related places. */
  readonly uses?: readonly Related[];
  /** Not proven yet: `provenFixes` says which of them may be offered. */
  readonly fixes: () => readonly Fix[];
}

/**
 * What accepts findings: a comment or an annotation beside them, an exception of the configuration, or a comment, an
 * annotation or a label for another tool.
 */
export type AcceptedBy = 'comment' | 'annotation' | 'configuration' | SuppressingTool;

/** The other tools whose suppressions Bulkhead respects. */
export type SuppressingTool =
  | 'kics'
  | 'datadog'
  | 'trivy'
  | 'checkov'
  | 'kubeLinter'
  | 'kubeScore'
  | 'polaris'
  | 'kubeaudit';

/** A finding that somebody decided to leave as it is. */
export interface AcceptedFinding {
  readonly finding: Finding;
  readonly by: AcceptedBy;
  /** Undefined where none is given. */
  readonly reason: string | undefined;
  /** Who answers for it; undefined where nobody is named. */
  readonly owner: string | undefined;
}

/** A part of Bulkhead that threw. It cost its own findings there, and nothing else. */
export interface Failure {
  /** Such as `rule host-network` or `view hostMount`. */
  readonly part: string;
  readonly error: unknown;
}

/** A finding of a part of a file with its ranges in the file. */
export function findingInFile(finding: Finding, start: number): Finding {
  const { range, subject, related } = finding;
  return {
    ...finding,
    range: moved(range, start),
    subject: { ...subject, range: moved(subject.range, start) },
    related: related.map((one) => ({ ...one, at: placeInFile(one.at, one.file === undefined ? start : 0) })),
  };
}

/** A place by where it is in its file. @param start where the part begins that it is in if it does not say another */
export function placeInFile({ range, path, part, file }: Place, start: number): Place {
  return { range: rangeInFile({ range, part: part ?? { start } }), path, file };
}
