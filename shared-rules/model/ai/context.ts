import { type Comment, type Commented, isAtHead, lineOf } from '../../language/comments.ts';
import { imageGlob } from '../image.ts';
import type { ObjectsOf } from '../kubernetes/objects.ts';
import { decidingParts, type Manifest } from '../manifest.ts';
import type { AiComment, AiContext } from './overrides.ts';

/** What the user says is an AI workload, and is none: images, with `*` for any part of a name. */
export interface AiImages {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
}

/** A policy, and whether it does not allow a file to say of a workload that it is no AI workload. */
export interface AiPolicy {
  readonly name: string;
  readonly isAiSettled: boolean;
}

/** Nothing is known beside the workload. */
export const NO_AI_CONTEXT: AiContext = {
  objects: () => [],
  comments: [],
  include: [],
  exclude: [],
  policy: undefined,
};

const COMMENT = /^\s*bulkhead:\s*(not-)?ai-workload\b/;
const MAY_HAVE_COMMENTS = /bulkhead:\s*(?:not-)?ai-workload\b/;

/**
 * What the classifier needs to know beside a workload: the rest of the file, and what the user says.
 * @param objects those of the whole file
 */
export function aiContextOf(
  manifest: Manifest,
  objects: ObjectsOf,
  { ai, policy }: { readonly ai: AiImages; readonly policy?: AiPolicy },
): AiContext {
  return {
    objects,
    comments: MAY_HAVE_COMMENTS.test(manifest.text) ? readComments(manifest) : [],
    include: ai.include.map(imageGlob),
    exclude: ai.exclude.map(imageGlob),
    policy: policy?.isAiSettled ? policy.name : undefined,
  };
}

function readComments(manifest: Manifest): AiComment[] {
  return decidingParts(manifest).flatMap((commented) =>
    commented.comments.flatMap((comment) => readComment(commented, comment) ?? []),
  );
}

/** At the head of a document it is about all in it, else about what is named on its line or the next. */
function readComment(commented: Commented, comment: Comment): AiComment | undefined {
  const match = COMMENT.exec(commented.text.slice(comment.content.start, comment.content.end));
  if (!match) return undefined;
  return {
    isAi: match[1] === undefined,
    text: `comment # ${match[0].trim()}`,
    at: { range: comment.range, path: '', file: undefined },
    covers: isAtHead(commented, comment) ? commented.scope : lineOf(commented, comment),
  };
}
