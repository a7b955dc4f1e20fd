import type { YAMLMap } from 'yaml';
import type { TreeBuilder } from '../tree-builder.ts';
import { nameOf, nodeIn, pairsOf, setPair, textIn } from './nodes.ts';
import { makeTexts } from './strategic-merge.ts';

/** Annotations that Kustomize uses itself while it builds, and takes away. */
const OF_BUILDS =
  /^(?:internal\.config\.kubernetes\.io\/|config\.kubernetes\.io\/(?:path|index)$|config\.k8s\.io\/id$)/;
const LOCAL_CONFIG = 'config.kubernetes.io/local-config';
/** Whether the object is for tools alone, so that it is not deployed. */
export function isLocalConfig(root: YAMLMap): boolean {
  const text = textIn(nodeIn(nodeIn(root, 'metadata'), 'annotations'), LOCAL_CONFIG);
  return text !== undefined && text !== 'false';
}

/** What Kustomize does with the annotations of each object at the end. */
export function finishAnnotations(tree: TreeBuilder, root: YAMLMap): void {
  const annotations = nodeIn(nodeIn(root, 'metadata'), 'annotations');
  for (const pair of [...pairsOf(annotations)])
    if (OF_BUILDS.test(nameOf(pair))) setPair(annotations, nameOf(pair), undefined);
  makeTexts(tree, root, 'annotations');
}
