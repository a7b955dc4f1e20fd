import type { FieldNames } from '../../../language/yaml/renamed.ts';

/** Containers beside those in `initContainers`, `containers` and `ephemeralContainers`. */
export interface ContainerPosition {
  /** The path from the pod's fields to one container or, with `[]` or `*`, to several; empty where the fields of the pod and of its container stand side by side. */
  readonly at: string;
  /** Fields that the kind names otherwise than a container does. */
  readonly names?: FieldNames;
}

/** Where a kind keeps a pod spec, whole or in part. */
export interface PodPosition {
  /** The path from the object to the pod's fields, as `valuesAt` reads it; to the scalar, where they are in a text. */
  readonly at: string;
  readonly containers?: readonly (string | ContainerPosition)[];
  /** Fields that the kind names otherwise than a pod does. */
  readonly names?: FieldNames;
  /** Whether a scalar there holds YAML or JSON: fields of a pod, or a whole object. */
  readonly text?: 'pod' | 'object';
}

/** The kinds of an API group that have pods. */
export interface PodKinds {
  /** Empty for the core group. */
  readonly group: string;
  /** The repository and the type, file or definition that declares the fields. */
  readonly source: string;
  readonly kinds: Readonly<Record<string, readonly (string | PodPosition)[]>>;
}

export const TEMPLATE = ['spec.template.spec'];
export const POD_TEMPLATE = ['spec.podTemplate.spec'];

export function below(prefix: string, paths: readonly string[]): string[] {
  return paths.map((path) => `${prefix}.${path}`);
}
