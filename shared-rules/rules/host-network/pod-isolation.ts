import type { KnownFacts } from '../../facts/fact.ts';
import type { Place } from '../../language/place.ts';
import { knownItems, lookUp } from '../../language/yaml/presence.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import { type HostProcess, isForWindows, readHostProcess } from '../../model/kubernetes/host-process.ts';
import { isNodeComponent } from '../../model/kubernetes/node-components.ts';
import { type Container, type KubernetesObject, type Pod, staysUp } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { furtherNetworks } from '../../model/kubernetes/pod-networks.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { podSubject, type Subject } from '../../model/workload.ts';
import { daemonSetWait, deploymentWait, type PortWait } from '../host-ports/update-wait.ts';
import { type HostNetworkLeave, leavingHostNetwork } from './kubernetes.ts';
import { type ProbedPort, type ProbeHost, probedPorts, probeHosts } from './probes.ts';

/** A boolean field of a pod spec. */
export interface Switch {
  /** Undefined where it is not known. */
  readonly isOn: boolean | undefined;
  /** Undefined where it is not written. */
  readonly field: Field | undefined;
}

/** How a pod is set apart from its node, and what it takes of it, as far as its object tells. */
export interface PodIsolation {
  readonly subject: Subject;
  readonly spec: Value;
  /** The key that holds the pod spec. */
  readonly specKey: Place;
  readonly hostNetwork: Switch;
  readonly hostPid: Switch;
  readonly hostIpc: Switch;
  readonly hostUsers: Switch;
  readonly sharedProcesses: Switch;
  /** How many of its containers run at the same time, as written. */
  readonly neighbours: number;
  readonly dns: Dns;
  /** Where its containers are told the name of a service in the cluster. */
  readonly clusterName: () => Value | undefined;
  /** Whether it belongs to what a node or cluster starts before anything else. */
  readonly isNodeComponent: boolean;
  readonly isForWindows: boolean;
  readonly hostProcess: HostProcess;
  /** Whether a container declares a port; undefined where that is not known. */
  readonly declaresPorts: () => boolean | undefined;
  /** The ports that its probes find open. */
  readonly probedPorts: () => readonly ProbedPort[];
  /** Whether it can have a user namespace of its own, and a container may run as root without one. */
  readonly couldHaveOwnUsers: () => boolean;
  /** The annotation that gives it networks beside the cluster's. */
  readonly furtherNetworks: Field | undefined;
  readonly probeHosts: () => readonly ProbeHost[];
  readonly deploymentWait: () => PortWait | undefined;
  readonly daemonSetWait: () => PortWait | undefined;
  /** What goes with host networking when the pod leaves it. */
  readonly leavingHostNetwork: () => HostNetworkLeave | undefined;
  /** What the AI classifier looks at. */
  readonly workload: () => WorkloadTraits;
}

/** Which resolver a pod asks for. */
export interface Dns {
  /** Undefined where it is not known. */
  readonly policy: string | undefined;
  /** Undefined where it is not written. */
  readonly field: Field | undefined;
  /** Whether it names servers itself, beside those of its policy, or may do so. */
  readonly hasOwnServers: boolean;
}

/** What a pod's view needs to know beside its object. */
interface Surroundings {
  readonly ai: AiContext;
  readonly known: Pick<KnownFacts, 'objects'>;
  readonly settings: { readonly kubernetesVersion: string | undefined };
}

export function podIsolation(object: KubernetesObject, { known, settings, ai }: Surroundings): PodIsolation[] {
  return object.pods.map((pod) => {
    const { spec, containers } = pod;
    const complete = isComplete(pod);
    const read = (name: string, byDefault = false) => readSwitch(spec, name, complete ? byDefault : undefined);
    const hostNetwork = read('hostNetwork');
    return {
      subject: podSubject(pod),
      spec,
      specKey: keyOf(spec),
      hostNetwork,
      hostPid: read('hostPID'),
      hostIpc: read('hostIPC'),
      hostUsers: read('hostUsers', true),
      sharedProcesses: read('shareProcessNamespace'),
      neighbours: containers.filter(staysUp).length,
      dns: readDns(spec, complete),
      clusterName: () => clusterName(containers),
      isNodeComponent: isNodeComponent(pod),
      isForWindows: isForWindows(pod),
      hostProcess: readHostProcess(pod),
      declaresPorts: () => declaresPorts(pod, complete),
      probedPorts: () => probedPorts(containers.filter(staysUp)),
      couldHaveOwnUsers: () => complete && couldHaveOwnUsers(pod, settings.kubernetesVersion),
      furtherNetworks: furtherNetworks(pod),
      probeHosts: () => probeHosts(pod),
      deploymentWait: () => (complete ? deploymentWait(pod, known.objects) : undefined),
      daemonSetWait: () => daemonSetWait(pod),
      leavingHostNetwork: () => leavingHostNetwork(pod),
      workload: () => podWorkload(pod, ai),
    };
  });
}

function keyOf(spec: Value): Place {
  const field = typeof spec.key === 'string' ? spec.parent?.field(spec.key) : undefined;
  return field ? keyPlace(field) : spec;
}

/** @param byDefault undefined where what is not written may be decided elsewhere */
function readSwitch(spec: Value, name: string, byDefault: boolean | undefined): Switch {
  const field = spec.field(name);
  const known = lookUp(spec, name);
  if (known === 'absent') return { isOn: byDefault, field: undefined };
  return { isOn: known === 'unknown' ? undefined : known.boolean, field };
}

function readDns(spec: Value, isComplete: boolean): Dns {
  const known = lookUp(spec, 'dnsPolicy');
  const written = known === 'absent' ? '' : known === 'unknown' ? undefined : known.text;
  return {
    policy: written === '' && isComplete ? 'ClusterFirst' : written,
    field: spec.field('dnsPolicy'),
    hasOwnServers: lookUp(spec, 'dnsConfig', 'nameservers') !== 'absent',
  };
}

/** `web.shop.svc` and longer, also inside a URL. */
const CLUSTER_NAME = /[\w-]\.svc(?![\w-])/;

function clusterName(containers: readonly Container[]): Value | undefined {
  const texts = containers.flatMap(({ value, env }) => [
    ...['command', 'args'].flatMap((name) => value.get(name)?.items() ?? []),
    ...env.flatMap((variable) => variable.get('value') ?? []),
  ]);
  return texts.find((text) => CLUSTER_NAME.test(text.rawText ?? ''));
}

function declaresPorts({ spec, containers }: Pod, isComplete: boolean): boolean | undefined {
  if (containers.some(({ ports }) => ports.length > 0)) return true;
  const lists = ['containers', 'initContainers'].map((name) => knownItems(lookUp(spec, name)));
  const ports = containers.map(({ value }) => knownItems(lookUp(value, 'ports')));
  return isComplete && [...lists, ...ports].every((items) => items !== undefined) ? false : undefined;
}

/** API groups whose pod specs are Kubernetes' own, with every field. */
const OWN_GROUPS: ReadonlySet<string> = new Set(['', 'apps', 'batch']);

/**
 * User namespaces are on by default from 1.33. They are for Linux, the API server refuses block devices with them, and
 * NFS cannot map their ids.
 */
function couldHaveOwnUsers(pod: Pod, version: string | undefined): boolean {
  const { object, spec, containers } = pod;
  const usesNfs = spec
    .get('volumes')
    ?.items()
    .some((volume) => volume.field('nfs'));
  const usesDevices = containers.some(({ value }) => value.field('volumeDevices'));
  return (
    isAtLeast(version, 33) &&
    OWN_GROUPS.has(object.group) &&
    !isForWindows(pod) &&
    !usesNfs &&
    !usesDevices &&
    containers.some((container) => mayRunAsRoot(spec, container))
  );
}

/** The container's own settings come before the pod's. */
function mayRunAsRoot(spec: Value, { value }: Container): boolean {
  const setting = (name: string) => {
    const own = lookUp(value, 'securityContext', name);
    return own === 'absent' ? lookUp(spec, 'securityContext', name) : own;
  };
  const [nonRoot, user] = [setting('runAsNonRoot'), setting('runAsUser')];
  if (nonRoot === 'unknown' || user === 'unknown') return false;
  return (nonRoot === 'absent' || nonRoot.boolean === false) && (user === 'absent' || user.integer === 0);
}
