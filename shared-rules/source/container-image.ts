import { composeText } from './compose.ts';
import type { Value } from './value.ts';

/** `vllm/vllm-openai` of `docker.io/vllm/vllm-openai:v0.9@sha256:…`, in lower case; any registry stays in front. */
export function imageRepository(image: Value | undefined): string | undefined {
  const reference = image?.document && (composeText(image)?.text ?? image.rawText);
  if (!reference) return undefined;
  const withoutDigest = reference.split('@')[0] as string;
  return withoutDigest.replace(/:[^:/]*$/, '').toLowerCase();
}

/**
 * Matches image repositories, as `imageRepository` tells them, behind any registry or mirror prefix.
 * `*` stands for anything inside a path segment; a last `/*` for everything below.
 */
export function imageGlob(glob: string): RegExp {
  const source = glob
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join(glob.endsWith('/*') ? '.*' : '[^/]*');
  return new RegExp(`(?:^|/)${source}$`);
}
