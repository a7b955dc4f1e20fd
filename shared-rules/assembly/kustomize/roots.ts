import { folderOf } from '../../language/paths.ts';
import { isKustomizationPath } from './uses.ts';

/** The kustomizations that use a file or folder, by the paths of their files. */
export type KustomizationUses = (path: string) => readonly string[];

/** So many kustomizations are gone through for the roots of a file, and so many roots are built. */
const MOST_USERS = 500;
const MOST_ROOTS = 20;

/** The kustomizations that use a file, with itself where it is one. */
export function usersOf(path: string, uses: KustomizationUses): readonly string[] {
  // Of a kustomization the folder is used.
  return isKustomizationPath(path) ? [...uses(path), ...uses(folderOf(path))] : uses(path);
}

/**
 * The kustomizations that deploy a file and that no other uses, by the paths of their files, in order.
 * @param path of any file, which may be a kustomization itself
 * @param isDeployed whether something deploys a kustomization by itself, even where others use it
 */
export function rootsOf(path: string, uses: KustomizationUses, isDeployed: (path: string) => boolean): string[] {
  const roots = new Set<string>();
  const all = new Set(isKustomizationPath(path) ? [path] : usersOf(path, uses));
  for (const one of all) {
    const users = usersOf(one, uses);
    if (users.length === 0 || isDeployed(one)) roots.add(one);
    for (const user of users) if (all.size < MOST_USERS) all.add(user);
  }
  return [...roots].sort().slice(0, MOST_ROOTS);
}
