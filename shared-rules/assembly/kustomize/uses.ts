import { folderOf, resolvePath } from '../../language/paths.ts';
import type { Value } from '../../language/yaml/value.ts';

/** The names of kustomization files, the first that a folder has counts; facts: `konfig.RecognizedKustomizationFileNames`. */
export const KUSTOMIZATION_NAMES = ['kustomization.yaml', 'kustomization.yml', 'Kustomization'];

/** Whether a path is one of a kustomization file, by its name. @param path with forward slashes */
export function isKustomizationPath(path: string): boolean {
  return KUSTOMIZATION_NAMES.includes(path.slice(path.lastIndexOf('/') + 1));
}

/** Whether it is a kustomization: the kind Kustomization of Flux has a `spec`. */
export function isKustomization(root: Value): boolean {
  return root.isMapping && !root.field('spec');
}

/** Repositories and files that Kustomize fetches. */
const REMOTE =
  /^(?:[a-z][a-z\d+.-]*:\/\/|[a-z][a-z\d+.-]*::|git@|github\.com[/:]|gh:)|\?(?:ref|version|timeout|submodules)=|\.git(?:\/|$)/i;

export function isRemote(path: string): boolean {
  return REMOTE.test(path);
}

/** What objects come from. */
export const RESOURCES = ['resources', 'bases', 'components'];
/** Further fields that list paths; where the items are mappings, the field of theirs that has one. */
const LISTS = ['patchesStrategicMerge', 'crds', 'configurations', 'transformers', 'generators'];
const LISTS_OF_MAPPINGS = ['patches', 'patchesJson6902', 'replacements'];
const GENERATORS = ['configMapGenerator', 'secretGenerator'];

/** A file or folder that a kustomization uses, by its path. */
export interface UsedPath {
  readonly path: string;
  /** Whether objects come from it: else it is a patch, or something else that changes objects or makes some. */
  readonly isResource: boolean;
}

/** What a kustomization uses. @param path the path of its file */
export function usedPaths(path: string, root: Value): UsedPath[] {
  const mappings = (name: string) => root.get(name)?.items() ?? [];
  const listed = LISTS.flatMap((name) => textsIn(root.get(name)));
  const mapped = LISTS_OF_MAPPINGS.flatMap(mappings).flatMap((item) => textsIn(item.get('path')));
  const generated = GENERATORS.flatMap(mappings).flatMap((one) => [
    ...textsIn(one.get('files')).map((file) => file.slice(file.indexOf('=') + 1)),
    ...textsIn(one.get('envs')),
    ...textsIn(one.get('env')),
  ]);
  const openapi = textsIn(root.at('openapi', 'path'));
  const folder = folderOf(path);
  const used = (texts: readonly string[], isResource: boolean) =>
    texts.flatMap((text) => (isLocalPath(text) ? { path: resolvePath(folder, text), isResource } : []));
  return [
    ...used(
      RESOURCES.flatMap((name) => textsIn(root.get(name))),
      true,
    ),
    ...used([...listed, ...mapped, ...generated, ...openapi], false),
  ];
}

/** Whether it is no patch as a text, and nothing that has to be fetched. */
function isLocalPath(text: string): boolean {
  return text !== '' && !/[\n{]/.test(text) && !isRemote(text);
}

function textsIn(value: Value | undefined): string[] {
  const values = value?.isSequence ? value.items() : value ? [value] : [];
  return values.flatMap(({ text }) => text ?? []);
}
