import { buildKustomization, type KustomizeBuild } from '../assembly/kustomize/build.ts';
import { isReached, reachOf } from '../assembly/kustomize/reach.ts';
import { rootsOf } from '../assembly/kustomize/roots.ts';
import { isKustomization, isKustomizationPath } from '../assembly/kustomize/uses.ts';
import type { Sources, SourceText } from '../assembly/sources.ts';
import type { KnownFacts } from '../facts/fact.ts';
import { folderOf } from '../language/paths.ts';
import type { Manifest } from '../model/manifest.ts';
import { sourceTexts } from './source-texts.ts';

/** What is built of a kustomization. */
export interface DeployedBuild extends KustomizeBuild {
  /** The path of the kustomization's file. */
  readonly path: string;
  /** What the workspace calls it; undefined for the file that is linted. */
  readonly file: string | undefined;
}

/** Whether something that a kustomization uses, or one itself. */
export function isUsedByKustomizations(own: string, known: KnownFacts): boolean {
  return isKustomizationPath(own) || known.anywhere('kustomizationUse', own).length > 0;
}

/**
 * What is built of the kustomizations that deploy a file, as far as it has to do with the file.
 * @param own its path, with forward slashes
 */
export function buildsOf(own: string, manifest: Manifest, known: KnownFacts): DeployedBuild[] {
  const sources = sourceTexts(own, known);
  const roots = manifest.template ? [] : rootsFor(own, known, sources);
  if (roots.length === 0) return [];
  const isNeeded = neededFor(own, known, sources);
  return roots.map((path) => build(path, sources, isNeeded && { isNeeded })).filter(({ read }) => read.has(own));
}

/** The same in full. */
export function wholeBuildsOf(own: string, known: KnownFacts): DeployedBuild[] {
  const sources = sourceTexts(own, known);
  return rootsFor(own, known, sources).map((path) => build(path, sources));
}

/** The kustomizations that deploy a file: where the workspace has them, undefined for the file itself. */
export function deployingKustomizations(own: string, known: KnownFacts): Pick<DeployedBuild, 'file'>[] {
  const sources = sourceTexts(own, known);
  return rootsFor(own, known, sources).flatMap((path) => sources(path) ?? []);
}

function build(path: string, sources: Sources, options?: Parameters<typeof buildKustomization>[2]): DeployedBuild {
  return { path, file: sources(path)?.file, ...buildKustomization(path, sources, options) };
}

function rootsFor(own: string, known: KnownFacts, sources: Sources): string[] {
  if (!isUsedByKustomizations(own, known)) return [];
  const uses = (path: string) => known.anywhere('kustomizationUse', path).map(({ fact }) => fact.by);
  const isDeployed = (path: string) => known.anywhere('deployedFolder', folderOf(path)).length > 0;
  return rootsOf(own, uses, isDeployed).filter((path) => isBuiltAlone(sources(path)));
}

/** Whether it is a kustomization; components are built as a part of others alone. */
function isBuiltAlone(source: SourceText | undefined): boolean {
  const root = source?.documents?.[0]?.root;
  return root !== undefined && isKustomization(root) && root.get('kind')?.text !== 'Component';
}

/**
 * Of which files the objects have to do with a file: of itself; if it is a patch, of those that it may be about.
 * @returns undefined for all, where it is a kustomization
 */
function neededFor(own: string, known: KnownFacts, sources: Sources): ((path: string) => boolean) | undefined {
  if (isKustomizationPath(own)) return undefined;
  const uses = known.anywhere('kustomizationUse', own).map(({ fact }) => fact);
  if (uses.every(({ isResource }) => isResource)) return (path) => path === own;
  const users = uses.flatMap(({ by }) => {
    const root = sources(by)?.documents?.[0]?.root;
    return root ? { path: by, root } : [];
  });
  const roots = (sources(own)?.documents ?? []).flatMap(({ root }) => root ?? []);
  const reach = reachOf(own, roots, users);
  return (path) => path === own || known.anywhere('namedObject', path).some(({ fact }) => isReached(reach, fact));
}
