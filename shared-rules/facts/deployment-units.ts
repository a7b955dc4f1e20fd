import { isKustomizationPath } from '../assembly/kustomize/uses.ts';
import { folderOf, resolvePath, slashedPath } from '../language/paths.ts';
import type { KustomizationFact } from './fact.ts';
import { SetMap } from './set-map.ts';

/**
 * Which files are deployed together. A file belongs to the unit of its folder, and to those of the kustomizations that
 * list it or a unit it belongs to. Where its folder has a kustomization that does not list it, it does not belong to the
 * folder's unit: nobody deploys it, or as something else, such as a patch. All templates of a chart are one unit.
 * DeploymentUnits are called by their folders.
 */
export class DeploymentUnits {
  /** What the kustomization of a folder lists. */
  readonly #listed = new Map<string, ReadonlySet<string>>();
  /** The folders whose kustomization lists a file or folder. */
  readonly #listers = new SetMap();
  /** The files whose home is a folder. */
  readonly #residents = new SetMap();

  /** The units of a file, which need not be known yet. */
  of(file: string): ReadonlySet<string> {
    const path = slashedPath(file);
    const home = homeOf(path);
    const found = new Set(this.#listers.get(path));
    if (!this.#listed.has(home)) found.add(home);
    // A set grows while it is walked: a lister may be listed itself.
    for (const unit of found) for (const lister of this.#listers.get(unit)) found.add(lister);
    return found;
  }

  /**
   * Takes in what a file says about units.
   * @param kustomization what it lists, if it is a kustomization
   * @returns the files whose units may be others now
   */
  set(file: string, kustomization: KustomizationFact | undefined): ReadonlySet<string> {
    const folder = folderOf(slashedPath(file));
    this.#residents.add(homeOf(slashedPath(file)), file);
    const before = this.#listed.get(folder);
    const isLister = kustomization !== undefined;
    if (!isLister && !(before && isKustomizationPath(slashedPath(file)))) return new Set();
    const now = new Set(kustomization?.resources.map((resource) => resolvePath(folder, resource)));
    if (isLister && before && sameSet(before, now)) return new Set();
    const moved = new Set([...this.#residents.get(folder), ...this.#below(folder)]);
    for (const path of before ?? []) this.#listers.delete(path, folder);
    for (const path of now) this.#listers.add(path, folder);
    if (isLister) this.#listed.set(folder, now);
    else this.#listed.delete(folder);
    return new Set([...moved, ...this.#below(folder)]);
  }

  forget(file: string): void {
    this.#residents.delete(homeOf(slashedPath(file)), file);
  }

  /** The files that belong to a unit, or would without the kustomization of its folder. */
  #below(folder: string): Set<string> {
    const paths = new Set([folder]);
    for (const path of paths) for (const listed of this.#listed.get(path) ?? []) paths.add(listed);
    return new Set([...paths].flatMap((path) => [...this.#residents.get(path), path]));
  }
}

export function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((member) => b.has(member));
}

/** The folder a file is deployed with: a chart's `templates`, however deep below, else its own. */
function homeOf(path: string): string {
  const at = `/${path}`.lastIndexOf('/templates/');
  return at < 0 ? folderOf(path) : path.slice(0, at + 'templates'.length);
}
