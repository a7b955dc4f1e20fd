import { KINDS, type MergedField, TYPES } from './merge-keys.generated.ts';
import { nodeIn, textOf } from './nodes.ts';

/** What the kind of an object says about merging: its type; undefined for kinds that Kubernetes does not have. */
export function typeOfObject(object: unknown): string | undefined {
  const apiVersion = textOf(nodeIn(object, 'apiVersion')) ?? '';
  const kind = textOf(nodeIn(object, 'kind')) ?? '';
  if (!Object.hasOwn(KINDS, apiVersion)) return undefined;
  return Object.entries(KINDS[apiVersion] ?? {}).find(([, kinds]) => kinds.split(' ').includes(kind))?.[0];
}

/** What is known about a field of a mapping of that type. */
export function fieldOfType(type: MergedField | undefined, name: string): MergedField | undefined {
  const fields = typeof type === 'string' ? TYPES[type] : undefined;
  return fields && Object.hasOwn(fields, name) ? fields[name] : undefined;
}
