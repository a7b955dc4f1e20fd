import { isKustomization, isKustomizationPath, RESOURCES, usedPaths } from '../assembly/kustomize/uses.ts';
import { resolvePath } from '../language/paths.ts';
import { placeOf } from '../language/place.ts';
import { YamlDocument } from '../language/yaml/document.ts';
import { withLineFeeds } from '../language/yaml/line-ends.ts';
import { type KubernetesObject, valuesAt } from '../model/kubernetes/objects.ts';
import type { Fact, NamedObjectFact } from './fact.ts';

/** What a kustomization says of other files; nothing for any other file. @param path with forward slashes */
export function kustomizationFacts(path: string, text: string): Fact[] {
  if (!isKustomizationPath(path) || text.includes('\0')) return [];
  const root = YamlDocument.parse(withLineFeeds(text), { start: 0, end: text.length })[0]?.root;
  if (!root || !isKustomization(root)) return [];
  const resources = RESOURCES.flatMap((name) => (root.get(name)?.items() ?? []).flatMap((item) => item.text ?? []));
  const at = placeOf(root);
  return [
    { is: 'kustomization', key: '', at, resources },
    ...usedPaths(path, root).map(
      ({ path: key, isResource }): Fact => ({ is: 'kustomizationUse', key, by: path, isResource, at }),
    ),
  ];
}

/** Where GitOps objects name a folder that they deploy; facts: API references of Flux (Kustomization) and Argo CD (Application). */
const PATHS: Readonly<Record<string, readonly string[]>> = {
  'kustomize.toolkit.fluxcd.io/Kustomization': ['spec.path'],
  'argoproj.io/Application': ['spec.source.path', 'spec.sources[].path'],
  'argoproj.io/ApplicationSet': ['spec.template.spec.source.path', 'spec.template.spec.sources[].path'],
};

/** The folders that an object of Flux or Argo CD deploys, as they lie in their repository. */
export function deployedFolders({ root, group, kind }: KubernetesObject): Fact[] {
  const values = (PATHS[`${group}/${kind}`] ?? []).flatMap((path) => valuesAt(root, path));
  return values.flatMap((value) => {
    const { text } = value;
    return text === undefined
      ? []
      : { is: 'deployedFolder', key: resolvePath('', text.replace(/^\/+/, '')), at: placeOf(value) };
  });
}

/** What the objects of a file are called that a kustomization uses. @param path with forward slashes */
export function namedObjectFacts(path: string, objects: readonly KubernetesObject[]): NamedObjectFact[] {
  const own = objects.filter(({ root }) => root.parent === undefined || root.parent.key === 'items');
  return own.map(({ root, kind, name }) => ({ is: 'namedObject', key: path, kind, name, at: placeOf(root) }));
}
