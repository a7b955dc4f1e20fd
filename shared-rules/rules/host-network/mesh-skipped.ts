import type { NamespaceFact, SourcedFact } from '../../facts/fact.ts';
import { podFact } from '../../facts/pod-facts.ts';
import { placeOf } from '../../language/place.ts';
import { remove } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import { type MeshRequest, podMeshes } from '../../model/kubernetes/meshes.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import { workloadName } from '../../model/wording.ts';
import { podInNamespace } from '../admission/views.ts';
import { defineRule } from '../api.ts';

export const meshSkipped = defineRule({
  id: 'mesh-skipped',
  on: podInNamespace,
  *detect({ subject, pod, namespaces }) {
    const hostNetwork = podFact(pod)?.isOnHostNetwork ? pod.spec.field('hostNetwork') : undefined;
    if (!hostNetwork) return;
    for (const { mesh, spelling, at, field, file } of meshRequests(pod, namespaces())) {
      const onHost = { message: "On the node's network here", at: hostNetwork.value };
      const who = field ? 'asks' : 'is in a namespace that asks';
      yield {
        at: field ? field.value : hostNetwork.value,
        message: `${workloadName(subject)} ${who} for the proxy of ${mesh} (${spelling}) and is on the node's network, where ${mesh} injects none: the rules that redirect traffic would be the node's. Nothing of the mesh applies to it, neither encryption nor authorization. Leave the node's network${field ? ', or stop asking for the proxy' : ''}.`,
        related: field ? [onHost] : [{ message: `Asks for the proxy of ${mesh}`, at, file }],
        fixes: field ? [{ title: `Remove ${field.name}`, safety: 'review', changes: [remove(field)] }] : [],
      };
    }
  },
});

interface PodMeshRequest extends MeshRequest {
  /** The label or annotation of the pod itself; undefined for one of its namespace. */
  readonly field: Field | undefined;
  /** The file of the namespace, where that is another one. */
  readonly file: string | undefined;
}

/** What a pod says itself comes before what its namespace says. */
function meshRequests({ metadata }: Pod, namespaces: readonly SourcedFact<NamespaceFact>[]): PodMeshRequest[] {
  const { requests, named } = podMeshes(metadata);
  const own = requests.map((request) => ({ ...request, at: placeOf(request.field.value), file: undefined }));
  const inherited = namespaces.flatMap(({ fact, file }) =>
    fact.meshes.filter(({ mesh }) => !named.includes(mesh)).map((request) => ({ ...request, field: undefined, file })),
  );
  return [...own, ...inherited];
}
