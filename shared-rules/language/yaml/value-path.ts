import type { Value } from './value.ts';

/** The value at the end of a field path as `Value.path` gives it. */
export function valueAtPath(root: Value, path: string): Value | undefined {
  let value: Value | undefined = root;
  for (const [, index, quoted, name] of path.matchAll(/\[(?:(\d+)|("(?:[^"\\]|\\.)*"))\]|([\w-]+)/g)) {
    if (index !== undefined) value = value?.items()[Number(index)];
    else value = value?.get(name ?? JSON.parse(quoted as string));
  }
  return value;
}
