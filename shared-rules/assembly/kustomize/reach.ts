import { folderOf, resolvePath } from '../../language/paths.ts';
import type { Value } from '../../language/yaml/value.ts';

/** What a patch may be about, as far as that is known without building anything. */
export interface PatchReach {
  /** Undefined where it may be any kind. */
  readonly kind: string | undefined;
  /** A part of the name, or what the name is a part of: prefixes and suffixes may come to it. Undefined where it may be any. */
  readonly name: string | undefined;
}

const LITERAL = /^[\w.-]+$/;

/**
 * What the patches in a file may be about.
 * @param path the file's
 * @param roots the documents in it
 * @param users a kustomization that uses it each: the path of its file, and what is in it
 */
export function reachOf(
  path: string,
  roots: readonly Value[],
  users: readonly { readonly path: string; readonly root: Value }[],
): PatchReach[] {
  const targets = users.flatMap((user) =>
    ['patches', 'patchesJson6902']
      .flatMap((name) => user.root.get(name)?.items() ?? [])
      .filter((item) => resolvePath(folderOf(user.path), item.get('path')?.text ?? '') === path)
      .flatMap((item) => item.get('target') ?? []),
  );
  const targeted = targets.map((target) => ({ kind: literal(target.get('kind')), name: literal(target.get('name')) }));
  const own = roots.map((root) => ({ kind: root.get('kind')?.text, name: root.at('metadata', 'name')?.text }));
  return [...targeted, ...own.filter(({ kind, name }) => kind !== undefined && name !== undefined)];
}

/** Whether an object is among what patches may be about. */
export function isReached(reach: readonly PatchReach[], object: PatchReach): boolean {
  return reach.some(
    ({ kind, name }) => mayBe(kind, object.kind, (a, b) => a === b) && mayBe(name, object.name, overlap),
  );
}

function mayBe(a: string | undefined, b: string | undefined, same: (a: string, b: string) => boolean): boolean {
  return a === undefined || b === undefined || same(a, b);
}

function overlap(a: string, b: string): boolean {
  return a.includes(b) || b.includes(a);
}

/** A text that is no expression others fit, too. */
function literal(value: Value | undefined): string | undefined {
  const text = value?.text;
  return text !== undefined && LITERAL.test(text) && !text.includes('.') ? text : undefined;
}
