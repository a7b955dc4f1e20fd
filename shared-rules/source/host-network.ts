import type { Fix, Related, Subject } from '../engine/rule.ts';
import { type Need, needForHostNetwork } from './ai/need.ts';
import type { AiContext } from './ai/overrides.ts';
import { podWorkload } from './ai/pod-traits.ts';
import { serviceWorkload } from './ai/service-traits.ts';
import type { Workload } from './ai/traits.ts';
import { type ComposeFile, hostNetworkUses, type Service } from './compose.ts';
import { readHostProcess } from './host-process.ts';
import { type KubernetesObject, type Pod, trueField } from './kubernetes.ts';
import { networkPolicyFor, serviceFor } from './pod-offers.ts';
import { podSubject, serviceSubject } from './subject.ts';
import type { Field, Place } from './value.ts';
import { addDocument, type Change, remove, replace } from './yaml-edit.ts';

/** A workload that joins the host's network namespace, on any surface. */
export interface HostNetworkUse {
  readonly subject: Subject;
  readonly at: Place;
  /** As it is written, such as `hostNetwork: true`. */
  readonly spelling: string;
  /** `engine`: Compose, commands, and whatever else a container engine is given. */
  readonly platform: 'kubernetes' | 'engine';
  /** Whether a variable's default says so, and the environment may say otherwise. */
  readonly fromDefault: boolean;
  readonly related: readonly Related[];
  /** Ways back to a network of its own. */
  readonly fixes: readonly Fix[];
  /** New objects that give back what the host's network gave, each with its name; Kubernetes only. */
  readonly offers: { readonly service?: Offer; readonly networkPolicy?: Offer };
  /** Published ports that the engine discards because of it; not in Kubernetes. */
  readonly ignoredPorts: { readonly at: Place; readonly removal: readonly Change[] } | undefined;
  /** What the AI classifier looks at. */
  readonly workload: () => Workload;
  /** What speaks for a real need of the host's network. */
  readonly need: () => Need;
}

/** A change that is offered together with a repair. */
export interface Offer {
  readonly name: string;
  readonly change: Change;
}

/** A repair and what is offered with it, as one fix; undefined when there is nothing to offer. */
export function withOffers(fix: Fix | undefined, offers: readonly (Offer | undefined)[]): Fix[] {
  const present = offers.filter((offer) => offer !== undefined);
  if (!fix || present.length === 0) return [];
  const names = present.map(({ name }) => name).join(' and ');
  return [
    {
      ...fix,
      title: `${fix.title}, and add ${names}`,
      changes: [...fix.changes, ...present.map(({ change }) => change)],
    },
  ];
}

export const NO_NEED: Need = { signs: [], counterSign: undefined };

/** @param ai tells the other objects of the file too, so that nothing is offered which is there already */
export function podHostNetworkUses(object: KubernetesObject, ai: AiContext): HostNetworkUse[] {
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
      offers: offersFor(pod, ai.objects),
      ignoredPorts: undefined,
      workload: () => podWorkload(pod, ai),
      need: () => needForHostNetwork(pod),
    };
  });
}

/** A removal of `hostNetwork` with what only makes sense beside it. */
export interface HostNetworkLeave {
  /** What goes with the field, such as `its dnsPolicy`. */
  readonly companions: readonly string[];
  readonly changes: readonly Change[];
}

/**
 * Leaving the host's network takes with it what only made sense there: the DNS policy for host networking, and
 * host ports equal to their container port, which the API server fills in for host-network pods.
 * Undefined where the pod does not share it, and for Windows HostProcess pods, which must.
 */
export function leavingHostNetwork(pod: Pod): HostNetworkLeave | undefined {
  const field = trueField(pod.spec, 'hostNetwork');
  if (!field || readHostProcess(pod).on.length > 0) return undefined;
  const dnsPolicy = pod.spec.field('dnsPolicy');
  const hasHostDns = dnsPolicy?.value.text === 'ClusterFirstWithHostNet';
  const hostPorts = pod.containers
    .flatMap((container) => container.ports)
    .filter(
      (port) =>
        port.get('hostPort')?.text !== undefined && port.get('hostPort')?.text === port.get('containerPort')?.text,
    )
    .map((port) => port.field('hostPort') as Field);
  return {
    companions: [hasHostDns ? 'its dnsPolicy' : '', hostPorts.length > 0 ? 'its host ports' : ''].filter(Boolean),
    changes: [remove(field), ...(hasHostDns ? [remove(dnsPolicy as Field)] : []), ...hostPorts.map(remove)],
  };
}

function podFixes(pod: Pod, field: Field): Fix[] {
  const leave = leavingHostNetwork(pod);
  if (!leave) return [];
  const names = leave.companions.join(' and ');
  const [, ...companions] = leave.changes;
  return [
    {
      title: names ? `Remove hostNetwork, ${names}` : 'Remove hostNetwork',
      safety: 'review',
      changes: leave.changes,
    },
    {
      title: `Set hostNetwork to false${names ? ` and remove ${names}` : ''}`,
      safety: 'review',
      changes: [replace(field.value, 'false'), ...companions],
    },
  ];
}

function offersFor(pod: Pod, others: readonly KubernetesObject[]): HostNetworkUse['offers'] {
  const service = serviceFor(pod, others);
  const policy = networkPolicyFor(pod, others);
  const behind = pod.object.root;
  return {
    ...(service && { service: { name: 'a Service for its ports', change: addDocument(service, behind) } }),
    ...(policy && { networkPolicy: { name: 'a NetworkPolicy', change: addDocument(policy, behind) } }),
  };
}

export function serviceHostNetworkUses(file: ComposeFile, ai: AiContext): HostNetworkUse[] {
  return file.services.flatMap((service) => hostNetworkUses(service).map((use) => toUse(service, use, ai)));
}

function toUse(service: Service, use: ReturnType<typeof hostNetworkUses>[number], ai: AiContext): HostNetworkUse {
  const { network } = use;
  const ports = service.value.field('ports');
  const hasPorts = ports !== undefined && ports.value.items().length > 0;
  const what = network ? `network "${network.name}"` : 'network_mode';
  return {
    subject: serviceSubject(service),
    at: use.at,
    spelling: network ? `network "${network.name}", which is the host's` : 'network_mode: host',
    platform: 'engine',
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
    offers: {},
    ignoredPorts: hasPorts
      ? { at: { range: ports.range, path: ports.value.path }, removal: [remove(ports)] }
      : undefined,
    workload: () => serviceWorkload(service, ai),
    need: () => NO_NEED,
  };
}
