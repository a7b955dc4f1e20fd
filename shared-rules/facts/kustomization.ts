import { placeOf } from '../language/place.ts';
import { YamlDocument } from '../language/yaml/document.ts';
import { withLineFeeds } from '../language/yaml/line-ends.ts';
import type { KustomizationFact } from './fact.ts';

/** Kustomize's own name for it; the kind Kustomization of Flux has a `spec`. */
const NAME = /(?:^|[\\/])kustomization\.ya?ml$/;

/** What a kustomization lists; undefined for any other file. After Kustomize's reference. */
export function readKustomization(path: string, text: string): KustomizationFact | undefined {
  if (!NAME.test(path) || text.includes('\0')) return undefined;
  const root = YamlDocument.parse(withLineFeeds(text), { start: 0, end: text.length })[0]?.root;
  if (!root?.isMapping || root.field('spec')) return undefined;
  const resources = ['resources', 'bases', 'components'].flatMap(
    (name) =>
      root
        .get(name)
        ?.items()
        .flatMap((item) => item.text ?? []) ?? [],
  );
  return { is: 'kustomization', key: '', at: placeOf(root), resources };
}
