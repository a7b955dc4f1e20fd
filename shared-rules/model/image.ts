import { matchesPath, starPath } from '../language/glob.ts';
import type { Value } from '../language/yaml/value.ts';
import { composeText } from './compose/interpolation.ts';

/** Images of a form. */
export interface ImageGlob {
  readonly test: (repository: string) => boolean;
}

/**
 * An image repository without tag, which may stand behind any registry or mirror prefix. A `*` stands for any text
 * without a slash, at the end behind a slash for any text.
 */
export function imageGlob(glob: string): ImageGlob {
  // Every image is compared with all of many tables, most of which are plain names.
  const ending = `/${glob.toLowerCase()}`;
  if (!glob.includes('*')) return { test: (repository) => `/${repository.toLowerCase()}`.endsWith(ending) };
  const pattern = starPath(`**/${glob.toLowerCase().replace(/\/\*$/, '/**')}`);
  return { test: (repository) => matchesPath(pattern, repository.toLowerCase().split('/')) };
}

/** `vllm/vllm-openai` of `docker.io/vllm/vllm-openai:v0.9@sha256:…`, in lower case; any registry stays in front. */
export function imageRepository(reference: string): string {
  const withoutDigest = reference.split('@')[0] as string;
  const tag = withoutDigest.indexOf(':', withoutDigest.lastIndexOf('/') + 1);
  return (tag < 0 ? withoutDigest : withoutDigest.slice(0, tag)).toLowerCase();
}

/** The repository of an image in a manifest; undefined where there is none. */
export function repositoryIn(image: Value | undefined): string | undefined {
  const reference = composeText(image)?.text ?? image?.rawText;
  return reference ? imageRepository(reference) : undefined;
}
