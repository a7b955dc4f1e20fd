import type { FieldNames } from '../../../language/yaml/renamed.ts';

/** Containers beside those in `initContainers`, `containers` and `ephemeralContainers`. */
export interface ContainerPosition {
  /**
   * The path from the pod's fields to one container or, with `[]` or `*`, to several; from the object, where it begins with
   * `/`; empty where the fields of the pod and of its container stand side by side.
   */
  readonly at: string;
  /** Fields that the kind names otherwise than a container does. */
  readonly names?: FieldNames;
}

/** Where a kind keeps a pod spec, whole or in part. */
export interface PodPosition {
  /** The path from the object to the pod's fields, as `valuesAt` reads it. */
  readonly at: string;
  /** Containers of a patch in a text (`!`) are those beside the text. */
  readonly containers?: readonly (string | ContainerPosition)[];
  /** Fields that the kind names otherwise than a pod does. */
  readonly names?: FieldNames;
  /** That there is an object of its own, and what it is if it does not say so. */
  readonly object?: { readonly kind?: string; readonly group?: string };
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

/** A pod's fields and those of its main container side by side; the security context is the container's. */
export const CONTAINER_CONTEXT: PodPosition = {
  at: 'spec',
  containers: [''],
  names: { securityContext: 'podSecurityContext' },
};

/** The same where the security context is the pod's, and that of the container has a name of its own. */
export function withContainerContext(at: string): PodPosition {
  return { at, containers: [{ at: '', names: { securityContext: 'containerSecurityContext' } }] };
}
