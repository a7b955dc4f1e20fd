import type { Place } from '../../language/place.ts';
import { contains, type Range } from '../../language/text.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { ImageGlob } from '../image.ts';
import type { ObjectsOf } from '../kubernetes/objects.ts';

/** What somebody written about a workload, which settles the question. */
export interface Override {
  readonly isAi: boolean;
  /** As it is named among the signals. */
  readonly text: string;
  readonly at: Place;
  /** Whether a policy does not allow it, so that it settles nothing. */
  readonly isRefused?: boolean;
}

/** A comment `# bulkhead: ai-workload` or `# bulkhead: not-ai-workload`. */
export interface AiComment extends Override {
  /** Where the name of a workload has to stand for the comment to be about it. */
  readonly covers: Range;
}

/** What the classifier needs to know beside a workload. */
export interface AiContext {
  /** The Kubernetes objects of the whole file. */
  readonly objects: ObjectsOf;
  readonly comments: readonly AiComment[];
  /** Images whose workloads are AI workloads, or are not, by the user's settings. */
  readonly include: readonly ImageGlob[];
  readonly exclude: readonly ImageGlob[];
  /** The policy that does not allow a file to say of a workload that it is no AI workload, as messages name it. */
  readonly policy: string | undefined;
}

const AI_ANNOTATION = 'bulkhead.dev/ai-workload';

/** The override by a comment at a workload's name. */
export function commentOverride(context: AiContext, name: Place | undefined): Override | undefined {
  const comment = name && context.comments.findLast(({ covers }) => contains(covers, name.range));
  return comment && underPolicy(context, comment);
}

/** To call a workload an AI workload, which has more rules, is always allowed. */
function underPolicy({ policy }: AiContext, override: Override): Override {
  if (policy === undefined || override.isAi) return override;
  return { ...override, text: `${override.text}, which the policy ${policy} does not allow`, isRefused: true };
}

/** The override by an annotation or label: a mapping, or Compose's list of `key=value`. */
export function annotationOverride(
  context: AiContext,
  annotations: Value | undefined,
  word: string,
): Override | undefined {
  const listed = annotations?.items().find((item) => item.text?.startsWith(`${AI_ANNOTATION}=`));
  const at = annotations?.get(AI_ANNOTATION) ?? listed;
  const written = listed ? listed.text?.slice(AI_ANNOTATION.length + 1) : at?.text;
  if (!at || (written !== 'true' && written !== 'false')) return undefined;
  return underPolicy(context, { isAi: written === 'true', text: `${word} ${AI_ANNOTATION}`, at });
}

/** The override by the user's settings, which name images. Leaving out goes before taking in. */
export function settingOverride(
  { include, exclude }: AiContext,
  images: readonly { readonly text: string; readonly at: Place }[],
): Override | undefined {
  for (const [isAi, globs] of [
    [false, exclude],
    [true, include],
  ] as const)
    for (const { text, at } of images)
      if (globs.some((glob) => glob.test(text)))
        return { isAi, text: `setting bulkhead.ai.${isAi ? 'include' : 'exclude'} for image ${text}`, at };
  return undefined;
}
