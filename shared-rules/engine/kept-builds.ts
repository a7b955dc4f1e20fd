import { buildKustomization, type KustomizeBuild } from '../assembly/kustomize/build.ts';
import type { Sources, SourceText } from '../assembly/sources.ts';
import type { Part } from '../language/place.ts';
import type { Value } from '../language/yaml/value.ts';

/** What is built of a kustomization, as far as a file needs it. */
export interface KeptBuild extends KustomizeBuild {
  /** The objects of which something is written in a part of the file, beside what says of all what they are called. */
  readonly rootsIn: (part: Part | undefined) => readonly Value[];
}

type IsNeeded = ((path: string) => boolean) | undefined;

interface Kept {
  readonly build: KeptBuild;
  /** What was answered while it was built. */
  readonly sources: ReadonlyMap<string, SourceText | undefined>;
  readonly needed: ReadonlyMap<string, boolean>;
}

/** The builds of the file that was asked for last, by the paths of the kustomizations. */
let builds = new Map<string, Kept>();
let builtFor: SourceText | undefined;

/**
 * Builds a kustomization, once for all parts of a file: these are linted one after the other.
 * @param own the file that is linted
 * @param isNeeded as for `buildKustomization`
 */
export function keptBuild(path: string, own: SourceText | undefined, sources: Sources, isNeeded: IsNeeded): KeptBuild {
  if (builtFor !== own) builds = new Map();
  builtFor = own;
  const known = builds.get(path);
  // Each part asks what it depends on, so that it is linted again when that changes.
  if (known && areSame(known.sources, sources) && areSame(known.needed, isNeeded)) return known.build;
  const answers = new Map<string, SourceText | undefined>();
  const needed = new Map<string, boolean>();
  const read = recording(sources, answers);
  const build = buildKustomization(path, read, isNeeded && { isNeeded: recording(isNeeded, needed) });
  const all = withRoots(build);
  builds.set(path, { build: all, sources: answers, needed });
  return all;
}

export function withRoots(build: KustomizeBuild): KeptBuild {
  return { ...build, rootsIn: rootsByPart(build) };
}

function areSame<T>(known: ReadonlyMap<string, T>, ask: ((path: string) => T) | undefined): boolean {
  return [...known].every(([path, answer]) => ask?.(path) === answer);
}

function recording<T>(ask: (path: string) => T, answers: Map<string, T>): (path: string) => T {
  return (path) => {
    const answer = ask(path);
    answers.set(path, answer);
    return answer;
  };
}

function rootsByPart({ objects }: KustomizeBuild): KeptBuild['rootsIn'] {
  let byPart: Map<Part | undefined, Value[]> | undefined;
  return (part) => {
    byPart ??= grouped(objects.flatMap(({ root }) => root ?? []));
    return byPart.get(part) ?? [];
  };
}

function grouped(roots: readonly Value[]): Map<Part | undefined, Value[]> {
  const byPart = new Map<Part | undefined, Value[]>();
  for (const root of roots) {
    const parts = new Set<Part | undefined>();
    addParts(root, parts);
    for (const part of parts) {
      const others = byPart.get(part);
      if (others) others.push(root);
      else byPart.set(part, [root]);
    }
  }
  return byPart;
}

/** Adds the parts of the linted file that something of a value is written in. */
function addParts(value: Value, parts: Set<Part | undefined>): void {
  if (value.document.file === undefined) parts.add(value.document.part);
  for (const { name, document, value: below } of value.fields()) {
    if (name === 'metadata' && value.parent === undefined) continue;
    if (document.file === undefined) parts.add(document.part);
    addParts(below, parts);
  }
  for (const item of value.items()) addParts(item, parts);
}
