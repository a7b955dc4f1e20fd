import { isMap, isScalar, Scalar, type YAMLMap } from 'yaml';
import { FALSE, NULL, TRUE } from '../../language/yaml/value.ts';
import type { TreeBuilder } from '../tree-builder.ts';
import { isPlain, nameOf, nodeIn, pairsOf, removePair, textIn } from './nodes.ts';

/** Annotations that Kustomize uses itself while it builds, and takes away. */
const OF_BUILDS = /^(?:internal\.config\.kubernetes\.io\/|config\.kubernetes\.io\/(?:path|index)$|config\.k8s\.io\/id$)/;
const LOCAL_CONFIG = 'config.kubernetes.io/local-config';
const NUMBER = /^[-+]?(?:0o?[0-7_]+|0x[\da-f_]+|0b[01_]+|[\d_]*\.?[\d_]+(?:e[-+]?\d+)?|\d+\.|\.inf|\.nan)$/i;
const DATE = /^\d{4}-\d\d?-\d\d?/;

/** Whether a text is a string without quotes. */
function isStringByItself(text: string): boolean {
  return ![TRUE, FALSE, NULL, NUMBER, DATE].some((other) => other.test(text));
}

/** Makes strings of all values in a mapping, as Kustomize does with labels and annotations. */
export function makeTexts(tree: TreeBuilder, map: unknown): void {
  for (const pair of pairsOf(map)) {
    const { value } = pair;
    if (!isScalar(value)) pair.value = tree.quoted(new Scalar(''));
    else if (isPlain(value) && !isStringByItself(String(value.value))) pair.value = tree.quoted(value);
  }
}

/** Whether the object is for tools alone, so that it is not deployed. */
export function isLocalConfig(root: YAMLMap): boolean {
  const text = textIn(nodeIn(nodeIn(root, 'metadata'), 'annotations'), LOCAL_CONFIG);
  return text !== undefined && text !== 'false';
}

/** What Kustomize does with the annotations of each object at the end. */
export function finishAnnotations(tree: TreeBuilder, root: YAMLMap): void {
  const metadata = nodeIn(root, 'metadata');
  const annotations = nodeIn(metadata, 'annotations');
  for (const pair of pairsOf(annotations)) if (OF_BUILDS.test(nameOf(pair))) removePair(annotations, nameOf(pair));
  if (isMap(annotations) && annotations.items.length > 0) makeTexts(tree, annotations);
  else removePair(metadata, 'annotations');
}
