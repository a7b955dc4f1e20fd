import { slashedPath } from '../language/paths.ts';
import type { KubernetesObject } from '../model/kubernetes/objects.ts';
import type { Fact } from './fact.ts';
import { namedObjectFacts } from './kustomization-facts.ts';
import { sourceFact } from './source-fact.ts';

/** What is to be known of a file that others are put together with. @param facts what is known of it anyway */
export function usedFacts(
  path: string,
  facts: readonly Fact[],
  parts: readonly { readonly text: string; readonly objects: readonly KubernetesObject[] }[],
): Fact[] {
  const own = slashedPath(path);
  const texts = facts.some(({ is }) => is === 'source') ? [] : parts.map(({ text }) => sourceFact(own, text));
  return [
    ...texts,
    ...namedObjectFacts(
      own,
      parts.flatMap(({ objects }) => objects),
    ),
  ];
}
