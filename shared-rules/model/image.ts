import type { Value } from '../language/yaml/value.ts';
import { composeText } from './compose/interpolation.ts';

/**
 * An image repository without tag, which may stand behind any registry or mirror prefix. A `*` stands for any text
 * without a slash, at the end behind a slash for any text.
 */
export function imageGlob(glob: string): RegExp {
  const [first = '', ...others] = glob.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  // Whatever stands before a `*` at the start begins somewhere: to say so makes matching slow.
  const start = first === '' && others.length > 0 ? others.shift() : `(?:^|/)${first}`;
  const source = [start, ...others].join(glob.endsWith('/*') ? '.*' : '[^/]*');
  return new RegExp(`${source}$`, 'i');
}

/** `vllm/vllm-openai` of `docker.io/vllm/vllm-openai:v0.9@sha256:…`, in lower case; any registry stays in front. */
export function imageRepository(reference: string): string {
  const withoutDigest = reference.split('@')[0] as string;
  return withoutDigest.replace(/:[^/]*$/, '').toLowerCase();
}

/** The repository of an image in a manifest; undefined where there is none. */
export function repositoryIn(image: Value | undefined): string | undefined {
  const reference = composeText(image)?.text ?? image?.rawText;
  return reference ? imageRepository(reference) : undefined;
}
