import type { KnownFacts, NamespaceFact, PolicyFact, SourcedFact } from '../../facts/fact.ts';
import { podFact } from '../../facts/pod-facts.ts';
import { type Place, placeOf } from '../../language/place.ts';
import { addDocument } from '../../language/yaml/change.ts';
import { isUnconditional } from '../../language/yaml/presence.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import { deployedPods, SERVING_KINDS } from '../../model/kubernetes/deployed.ts';
import { selects } from '../../model/kubernetes/label-selector.ts';
import { type MeshRequest, podMeshes } from '../../model/kubernetes/meshes.ts';
import type { KubernetesObject, Pod } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { podSubject, type Subject } from '../../model/workload.ts';
import { networkPolicyFor } from '../host-network/pod-offers.ts';
import type { Offer } from '../host-network/use.ts';

/** A pod in its namespace, and what other documents say about that. */
export interface PlacedPod {
  readonly subject: Subject;
  /** Its workload's name, else the pod spec. */
  readonly name: Place;
  readonly hostNetwork: Field | undefined;
  /** What Pod Security's baseline forbids, in the order of the text. */
  readonly offences: readonly Offence[];
  /** The Namespace it is for, where that enforces a level of Pod Security. */
  readonly enforcing: () => SourcedFact<NamespaceFact> | undefined;
  /** Where it or its namespace asks for the proxy of a mesh. */
  readonly meshRequests: () => readonly PodMeshRequest[];
  /** Whether its pods answer others, and no policy anywhere may select them; their labels are known. */
  readonly isWithoutPolicy: () => boolean;
  /** A policy that would select them. */
  readonly policyOffer: () => Offer | undefined;
  /** What the AI classifier looks at. */
  readonly workload: () => WorkloadTraits;
}

/** Something that Pod Security's baseline forbids. */
export interface Offence {
  readonly spelling: string;
  readonly at: Place;
}

export interface PodMeshRequest extends MeshRequest {
  /** The label or annotation of the pod itself; undefined for one of its namespace. */
  readonly field: Field | undefined;
  /** The file of the namespace, where that is another one. */
  readonly file: string | undefined;
}

/** What the view needs to know beside the object. */
interface Surroundings {
  readonly known: KnownFacts;
  readonly ai: AiContext;
}

export function placedPods(object: KubernetesObject, { known, ai }: Surroundings): PlacedPod[] {
  return deployedPods(object).flatMap((pod) => {
    const fact = podFact(pod);
    if (!fact) return [];
    const namespace = fact.holder.namespace ?? '';
    const namespaces = () => (namespace === '' ? [] : known.together('namespace', namespace));
    return [
      {
        subject: podSubject(pod),
        name: placeOf(object.root.at('metadata', 'name') ?? pod.spec),
        hostNetwork: fact.isOnHostNetwork ? pod.spec.field('hostNetwork') : undefined,
        offences: offencesOf(pod),
        enforcing: () => enforcing(namespaces()),
        meshRequests: () => meshRequests(pod, namespaces()),
        isWithoutPolicy: () => {
          const { labels } = fact;
          const serves = isComplete(pod) && SERVING_KINDS.has(object.kind ?? '');
          if (!labels || Object.keys(labels).length === 0 || !serves) return false;
          return (
            fact.isOnHostNetwork === false &&
            !policiesFor(namespace, known).some(({ selector }) => !selector || selects(selector, labels))
          );
        },
        policyOffer: () => {
          const policy = networkPolicyFor(pod, known.objects);
          return policy ? { name: 'a NetworkPolicy', change: addDocument(policy, object.root) } : undefined;
        },
        workload: () => podWorkload(pod, ai),
      },
    ];
  });
}

/** Every policy that may be for a namespace: where one of the two is not written, they may be the same. */
function policiesFor(namespace: string, known: KnownFacts): PolicyFact[] {
  const isBeside = ({ fact }: SourcedFact<PolicyFact>) =>
    !fact.namespace || namespace === '' || fact.namespace === namespace || fact.namespace === '*';
  const isNamed = ({ fact }: SourcedFact<PolicyFact>) =>
    fact.namespace === '*' || (fact.namespace === namespace && namespace !== '');
  const found = [...known.together('policy', '').filter(isBeside), ...known.anywhere('policy', '').filter(isNamed)];
  return found.map(({ fact }) => fact);
}

/** Where there are variants of a Namespace, all of them have to enforce a level. */
function enforcing(namespaces: readonly SourcedFact<NamespaceFact>[]): SourcedFact<NamespaceFact> | undefined {
  const isStrict = ({ fact }: SourcedFact<NamespaceFact>) => /^(?:baseline|restricted)$/.test(fact.enforces ?? '');
  return namespaces.every(isStrict) ? namespaces[0] : undefined;
}

/** What a pod says itself comes before what its namespace says. */
function meshRequests({ metadata }: Pod, namespaces: readonly SourcedFact<NamespaceFact>[]): PodMeshRequest[] {
  const { requests, named } = podMeshes(metadata);
  const own = requests.map(({ mesh, spelling, field }) => ({
    mesh,
    spelling,
    at: placeOf(field.value),
    field,
    file: undefined,
  }));
  const inherited = namespaces.flatMap(({ fact, file }) =>
    fact.meshes.filter(({ mesh }) => !named.includes(mesh)).map((request) => ({ ...request, field: undefined, file })),
  );
  return [...own, ...inherited];
}

/** What the baseline of the Pod Security Standards forbids in every version of it, as far as the host is concerned. */
function offencesOf({ spec, containers }: Pod): Offence[] {
  const fields = ['hostNetwork', 'hostPID', 'hostIPC'].flatMap((name) => on(spec.field(name), name));
  const privileged = containers.flatMap(({ value, name }) =>
    on(value.get('securityContext')?.field('privileged'), `privileged in container ${name ?? ''}`.trim()),
  );
  const volumes = (spec.get('volumes')?.items() ?? []).flatMap((volume): Offence[] => {
    const field = volume.field('hostPath');
    if (!field || field.value.isNull || !isUnconditional(volume)) return [];
    return [{ spelling: `hostPath in volume ${volume.get('name')?.text ?? ''}`.trim(), at: keyPlace(field) }];
  });
  const ports = containers
    .flatMap(({ ports }) => ports)
    .flatMap((port): Offence[] => {
      const hostPort = port.get('hostPort');
      return hostPort?.integer && isUnconditional(hostPort)
        ? [{ spelling: `hostPort ${hostPort.integer}`, at: placeOf(hostPort) }]
        : [];
    });
  return [...fields, ...privileged, ...volumes, ...ports].sort((a, b) => a.at.range.start - b.at.range.start);
}

function on(field: Field | undefined, spelling: string): Offence[] {
  return field?.value.boolean === true && isUnconditional(field.value)
    ? [{ spelling, at: placeOf(field.value as Value) }]
    : [];
}
