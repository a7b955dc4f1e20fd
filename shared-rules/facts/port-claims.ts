import { type Place, placeOf } from '../language/place.ts';
import { UNKNOWN_CHARACTER } from '../language/unknown.ts';
import { isUnconditional, knownTexts, lookUp } from '../language/yaml/presence.ts';
import { snapshotOf } from '../language/yaml/snapshot.ts';
import type { Value } from '../language/yaml/value.ts';
import { environmentOf, type Service } from '../model/compose/compose.ts';
import { hostNetworkUses } from '../model/compose/host-network.ts';
import { composeText } from '../model/compose/interpolation.ts';
import { readServicePort } from '../model/compose/ports.ts';
import { readServiceMount } from '../model/compose/volumes.ts';
import { repositoryIn } from '../model/image.ts';
import { imagePort, mayConfigure } from '../model/image-ports.ts';
import { deployedPods, podLabels, SERVING_KINDS } from '../model/kubernetes/deployed.ts';
import { isForWindows } from '../model/kubernetes/host-process.ts';
import type { KubernetesObject, Pod } from '../model/kubernetes/objects.ts';
import { takenPorts } from '../model/kubernetes/taken-ports.ts';
import { oneAddress, portsIn } from '../model/ports.ts';
import { podSubject, type Subject, serviceSubject } from '../model/workload.ts';
import type { Holder, Placement, PortClaim } from './fact.ts';

/** A port of its host that a workload takes. */
export interface HeldPort {
  readonly subject: Subject;
  readonly claim: PortClaim;
  readonly platform: 'kubernetes' | 'engine';
}

/** The ports that an object's pods take of their nodes for as long as they run. */
export function podPortClaims(object: KubernetesObject): HeldPort[] {
  const { root, name, kind } = object;
  const spec = root.field('spec');
  const replicas = lookUp(root, 'spec', 'replicas');
  const isStopped = typeof replicas !== 'string' && replicas.integer === 0;
  if (!spec || !name || !SERVING_KINDS.has(kind ?? '') || isStopped) return [];
  return deployedPods(object).flatMap((pod) => {
    const placement = placementOf(pod);
    if (!placement) return [];
    return takenPorts(pod, spec).flatMap(({ number, at, entry }): HeldPort[] => {
      const address = lookUp(entry, 'hostIP');
      const protocol = lookUp(entry, 'protocol');
      if (!isUnconditional(at) || address === 'unknown' || protocol === 'unknown') return [];
      return [
        toHeldPort(podSubject(pod), 'kubernetes', {
          at: placeOf(at),
          port: number,
          protocol: (protocol === 'absent' ? undefined : protocol.text) ?? 'TCP',
          address: oneAddress(address === 'absent' ? undefined : address.text),
          fromDefault: false,
          placement,
          likeness: {
            services: [],
            image: repositoryIn(entry.parent?.parent?.get('image')),
            labels: podLabels(pod.metadata),
          },
        }),
      ];
    });
  });
}

type Claimed = Omit<PortClaim, 'is' | 'key' | 'holder'>;

export function toHeldPort(subject: Subject, platform: HeldPort['platform'], claimed: Claimed): HeldPort {
  const holder: Holder = { kind: subject.kind, name: subject.name, namespace: subject.namespace };
  const key = `${platform} ${claimed.port}/${claimed.protocol}`;
  return { subject, platform, claim: { is: 'port', key, holder, ...claimed } };
}

const CONTROL_PLANE = /^node-role\.kubernetes\.io\/(?:master|control-plane)$/;

/** On which nodes a pod may run; undefined where that is not known. */
function placementOf(pod: Pod): Placement | undefined {
  const { spec } = pod;
  const selected = knownTexts(lookUp(spec, 'nodeSelector'));
  const affinity = lookUp(spec, 'affinity');
  const node = lookUp(spec, 'nodeName');
  if (!selected || affinity === 'unknown' || node === 'unknown') return undefined;
  const nodeAffinity = affinity === 'absent' ? undefined : affinity.get('nodeAffinity');
  // Control planes keep other pods away by a taint.
  const isForControlPlane = Object.keys(selected).some((label) => CONTROL_PLANE.test(label));
  const conditions = JSON.stringify([
    nodeAffinity && snapshotOf(nodeAffinity.node),
    isForWindows(pod),
    isForControlPlane,
  ]);
  if (conditions.includes(UNKNOWN_CHARACTER)) return undefined;
  return {
    nodes: { ...selected, ...(node !== 'absent' && { nodeName: node.text ?? '' }) },
    conditions,
    keepsApart: affinity !== 'absent' && affinity.field('podAntiAffinity') !== undefined,
    profiles: [],
  };
}

/** So many services of its file a port claim names: each claim has them all, and other files are given it. */
const MOST_SERVICES = 100;

/** The ports that a service takes of its host: those it publishes, and on the host's network those it listens on. */
export function servicePortClaims(service: Service): HeldPort[] {
  const { value } = service;
  const counts = [value.get('scale'), value.at('deploy', 'replicas')].map((count) => composeText(count)?.text ?? '');
  if (counts.some((count) => /^[-+]?0+$/.test(count))) return [];
  const [hostNetwork] = hostNetworkUses(service);
  const found = hostNetwork ? listensOn(service) : publishes(service);
  const placement = servicePlacement(service);
  return found.map(({ fromDefault, ...one }) =>
    toHeldPort(serviceSubject(service), 'engine', {
      ...one,
      at: placeOf(one.at),
      address: oneAddress(one.address),
      fromDefault: fromDefault || (hostNetwork?.fromDefault ?? false),
      placement,
      likeness: {
        services: service.file.services.slice(0, MOST_SERVICES).map(({ name }) => name),
        image: repositoryIn(value.get('image')),
        labels: {},
      },
    }),
  );
}

function servicePlacement({ value }: Service): Placement {
  const texts = (list: Value | undefined) => list?.items().flatMap((item) => item.text ?? []) ?? [];
  return {
    nodes: {},
    conditions: JSON.stringify(texts(value.at('deploy', 'placement', 'constraints'))),
    keepsApart: false,
    profiles: texts(value.get('profiles')),
  };
}

/** A port of the host that a workload says it takes. */
export interface PortUse {
  readonly at: Place;
  readonly port: number;
  readonly protocol: string;
  readonly address: string | undefined;
  readonly fromDefault: boolean;
}

/** What a service publishes on its host. */
function publishes({ value }: Service): PortUse[] {
  return (value.get('ports')?.items() ?? []).flatMap((item): PortUse[] => {
    const mapping = readServicePort(item);
    const at = item.get('published') ?? item;
    return mapping ? mapping.published.map((port) => ({ ...mapping, at, port })) : [];
  });
}

/** What a service on the host's network is said to listen on; else what its image is known for. */
function listensOn(service: Service): PortUse[] {
  const { value } = service;
  const entries = [...(value.get('expose')?.items() ?? []), ...(value.get('ports')?.items() ?? [])];
  const environment = environmentOf(service);
  const listening = entries.flatMap((item): PortUse[] => {
    const mapping = readServicePort(item);
    const at = item.get('target') ?? item;
    return mapping ? mapping.targets.map((port) => ({ ...mapping, address: undefined, at, port })) : [];
  });
  const fromEnvironment = environment.flatMap(({ name, at, value: text }): PortUse[] => {
    const [port] = name === 'PORT' ? portsIn(text?.text ?? '') : [];
    return port && text ? [{ at, port, protocol: 'TCP', address: undefined, fromDefault: text.fromDefault }] : [];
  });
  const ports = uniqueByPort([...listening, ...fromEnvironment]);
  if (entries.length > 0 || environment.some(({ name }) => name === 'PORT')) return ports;
  const image = value.get('image');
  const text = composeText(image);
  const port = imagePort({
    repository: repositoryIn(image),
    isConfigured: isConfigured(service),
    variables: environment.map(({ name }) => name),
  });
  return image && text && port
    ? [{ at: image, port, protocol: 'TCP', address: undefined, fromDefault: text.fromDefault }]
    : [];
}

function uniqueByPort(found: readonly PortUse[]): PortUse[] {
  return [...new Map(found.toReversed().map((one) => [`${one.port}/${one.protocol}`, one])).values()].reverse();
}

function isConfigured({ value }: Service): boolean {
  const volumes = value.get('volumes')?.items() ?? [];
  return (
    ['command', 'entrypoint', 'configs', 'env_file', 'extends', 'build'].some((name) => value.field(name)) ||
    volumes.some((entry) => mayConfigure(readServiceMount(entry)?.target))
  );
}
