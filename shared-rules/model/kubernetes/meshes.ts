import { type Place, placeOf } from '../../language/place.ts';
import { isUnconditional } from '../../language/yaml/presence.ts';
import type { Field, Value } from '../../language/yaml/value.ts';

export interface MeshRequest {
  readonly mesh: 'Istio' | 'Linkerd';
  /** As it is written, such as `istio-injection: enabled`. */
  readonly spelling: string;
  readonly at: Place;
}

/**
 * Where Istio and Linkerd read that a pod gets their proxy; after their documentation of automatic injection. Both leave
 * out pods on the host's network, since the rules that redirect traffic would be the node's.
 */
interface Source {
  readonly mesh: MeshRequest['mesh'];
  readonly map: 'labels' | 'annotations';
  readonly name: string;
  readonly on: RegExp;
}

const LINKERD: Source = {
  mesh: 'Linkerd',
  map: 'annotations',
  name: 'linkerd.io/inject',
  on: /^(?:enabled|ingress)$/,
};
const ISTIO_REVISION: Source = { mesh: 'Istio', map: 'labels', name: 'istio.io/rev', on: /./ };
const OF_NAMESPACE: readonly Source[] = [
  { mesh: 'Istio', map: 'labels', name: 'istio-injection', on: /^enabled$/ },
  ISTIO_REVISION,
  LINKERD,
];
const OF_POD: readonly Source[] = [
  { mesh: 'Istio', map: 'labels', name: 'sidecar.istio.io/inject', on: /^true$/ },
  { mesh: 'Istio', map: 'annotations', name: 'sidecar.istio.io/inject', on: /^true$/ },
  ISTIO_REVISION,
  LINKERD,
];

/** The meshes that a Namespace asks for. */
export function namespaceMeshes(root: Value): MeshRequest[] {
  return found(root.get('metadata'), OF_NAMESPACE).flatMap(({ source, field }) =>
    asks(source, field) ? { mesh: source.mesh, spelling: spelling(field), at: placeOf(field.value) } : [],
  );
}

/** What a pod itself says about meshes. */
export interface PodMeshes {
  /** Where it asks for a proxy. */
  readonly requests: readonly {
    readonly mesh: MeshRequest['mesh'];
    readonly spelling: string;
    readonly field: Field;
  }[];
  /** The meshes it says anything about; what its namespace says does not count for these. */
  readonly named: readonly MeshRequest['mesh'][];
}

export function podMeshes(metadata: Value | undefined): PodMeshes {
  const all = found(metadata, OF_POD);
  return {
    requests: all.flatMap(({ source, field }) =>
      asks(source, field) ? { mesh: source.mesh, spelling: spelling(field), field } : [],
    ),
    named: all.map(({ source }) => source.mesh),
  };
}

function found(metadata: Value | undefined, sources: readonly Source[]): { source: Source; field: Field }[] {
  return sources.flatMap((source) => {
    const field = metadata?.get(source.map)?.field(source.name);
    return field ? { source, field } : [];
  });
}

function asks({ on }: Source, { value }: Field): boolean {
  return value.text !== undefined && on.test(value.text) && isUnconditional(value);
}

function spelling({ name, value }: Field): string {
  return `${name}: ${value.text}`;
}
