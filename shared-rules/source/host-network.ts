import type { Fix, Related, Subject } from '../engine/rule.ts';
import { type Need, needForHostNetwork } from './ai/need.ts';
import { podWorkload, serviceWorkload, type Workload } from './ai/traits.ts';
import { type ComposeFile, hostNetworkUses, type Service } from './compose.ts';
import { type KubernetesObject, type Pod, trueField } from './kubernetes.ts';
import { podSubject, serviceSubject } from './subject.ts';
import type { Field, Place } from './value.ts';
import { type Change, remove, replace } from './yaml-edit.ts';

/** A workload that joins the host's network namespace, on any surface. */
export interface HostNetworkUse {
  readonly subject: Subject;
  readonly at: Place;
  /** As it is written, such as `hostNetwork: true`. */
  readonly spelling: string;
  readonly platform: 'kubernetes' | 'compose';
  /** Whether a variable's default says so, and the environment may say otherwise. */
  readonly fromDefault: boolean;
  readonly related: readonly Related[];
  /** Ways back to a network of its own. */
  readonly fixes: readonly Fix[];
  /** Published ports that the engine discards because of it; Compose only. */
  readonly ignoredPorts: Field | undefined;
  /** What the AI classifier looks at. */
  readonly workload: () => Workload;
  /** What speaks for a real need of the host's network. */
  readonly need: () => Need;
}

const NO_NEED: Need = { signs: [], counterSign: undefined };

export function podHostNetworkUses(object: KubernetesObject): HostNetworkUse[] {
  return object.pods.flatMap((pod) => {
    const field = trueField(pod.spec, 'hostNetwork');
    if (!field) return [];
    return {
      subject: podSubject(pod),
      at: field.value,
      spelling: 'hostNetwork: true',
      platform: 'kubernetes',
      fromDefault: false,
      related: [],
      fixes: podFixes(pod, field),
      ignoredPorts: undefined,
      workload: () => podWorkload(pod),
      need: () => needForHostNetwork(pod),
    };
  });
}

/**
 * Leaving the host's network takes with it what only made sense there: the DNS policy for host networking, and
 * host ports equal to their container port, which the API server fills in for host-network pods.
 * Windows HostProcess pods must keep it.
 */
function podFixes(pod: Pod, field: Field): Fix[] {
  if (isWindowsHostProcess(pod)) return [];
  const dnsPolicy = pod.spec.field('dnsPolicy');
  const hasHostDns = dnsPolicy?.value.text === 'ClusterFirstWithHostNet';
  const hostPorts = pod.containers
    .flatMap((container) => container.ports)
    .filter(
      (port) =>
        port.get('hostPort')?.text !== undefined && port.get('hostPort')?.text === port.get('containerPort')?.text,
    )
    .map((port) => port.field('hostPort') as Field);
  const companions: Change[] = [...(hasHostDns ? [remove(dnsPolicy as Field)] : []), ...hostPorts.map(remove)];
  const names = [hasHostDns ? 'its dnsPolicy' : '', hostPorts.length > 0 ? 'its host ports' : ''].filter(Boolean);
  const suffix = names.length > 0 ? ` and remove ${names.join(' and ')}` : '';
  return [
    {
      title: names.length > 0 ? `Remove hostNetwork, ${names.join(' and ')}` : 'Remove hostNetwork',
      safety: 'review',
      changes: [remove(field), ...companions],
    },
    {
      title: `Set hostNetwork to false${suffix}`,
      safety: 'review',
      changes: [replace(field.value, 'false'), ...companions],
    },
  ];
}

function isWindowsHostProcess(pod: Pod): boolean {
  return [pod.spec, ...pod.containers.map((container) => container.value)].some(
    (owner) => owner.at('securityContext', 'windowsOptions', 'hostProcess')?.boolean === true,
  );
}

export function serviceHostNetworkUses(file: ComposeFile): HostNetworkUse[] {
  return file.services.flatMap((service) => hostNetworkUses(service).map((use) => toUse(service, use)));
}

function toUse(service: Service, use: ReturnType<typeof hostNetworkUses>[number]): HostNetworkUse {
  const { network } = use;
  const ports = service.value.field('ports');
  const hasPorts = ports !== undefined && ports.value.items().length > 0;
  const what = network ? `network "${network.name}"` : 'network_mode';
  return {
    subject: serviceSubject(service),
    at: use.at,
    spelling: network ? `network "${network.name}", which is the host's` : 'network_mode: host',
    platform: 'compose',
    fromDefault: use.fromDefault,
    related: network
      ? [{ message: "This network is the host's own", at: { range: network.range, path: network.value.path } }]
      : [],
    fixes: [
      {
        title: hasPorts ? `Remove ${what} and keep the published ports` : `Remove ${what}`,
        safety: 'review',
        changes: [remove(use.entry)],
      },
    ],
    ignoredPorts: hasPorts ? ports : undefined,
    workload: () => serviceWorkload(service),
    need: () => NO_NEED,
  };
}
