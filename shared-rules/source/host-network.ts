import type { Fix, Related, Subject } from '../engine/rule.ts';
import { type Need, needForHostNetwork } from './ai/need.ts';
import type { AiContext } from './ai/overrides.ts';
import { podWorkload } from './ai/pod-traits.ts';
import { serviceWorkload } from './ai/service-traits.ts';
import type { Workload } from './ai/traits.ts';
import { type ComposeFile, composeText, hostNetworkUses, type Service } from './compose.ts';
import type { ObjectsOf } from './facts.ts';
import { readHostProcess } from './host-process.ts';
import { type KubernetesObject, type Pod, trueField } from './kubernetes.ts';
import { networkPolicyFor, serviceFor } from './pod-offers.ts';
import { podSubject, serviceSubject } from './subject.ts';
import type { Field, Place } from './value.ts';
import { addDocument, type Change, put, remove, replace } from './yaml-edit.ts';

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
  readonly offers: () => { readonly service?: Offer; readonly networkPolicy?: Offer };
  /** Published ports that the engine discards because of it; not in Kubernetes. */
  readonly ignoredPorts: { readonly at: Place; readonly removal: readonly Change[] } | undefined;
  /** Whether it is a development container, which mostly runs on Docker Desktop. */
  readonly isDevContainer: boolean;
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

/** Seccomp profiles beside the host's network, which are often thought to make up for it. */
export function seccompProfiles(
  options: readonly { readonly text: string | undefined; readonly at: Place }[],
): Related[] {
  return options
    .filter(({ text }) => /^seccomp[=:](?!unconfined$)/.test(text ?? ''))
    .map(({ at }) => ({ message: 'This filters system calls; it does not bring back a network of its own', at }));
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
      offers: () => offersFor(pod, ai.objects),
      ignoredPorts: undefined,
      isDevContainer: false,
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

function offersFor(pod: Pod, objects: ObjectsOf): ReturnType<HostNetworkUse['offers']> {
  const service = serviceFor(pod, objects);
  const policy = networkPolicyFor(pod, objects);
  const behind = pod.object.root;
  return {
    ...(service && { service: { name: 'a Service for its ports', change: addDocument(service, behind) } }),
    ...(policy && { networkPolicy: { name: 'a NetworkPolicy', change: addDocument(policy, behind) } }),
  };
}

/** A use that is inherited comes behind the one it is inherited from, which stands at the same place. */
export function serviceHostNetworkUses(file: ComposeFile, ai: AiContext): HostNetworkUse[] {
  const uses = file.services.flatMap((service) => hostNetworkUses(service).map((use) => ({ service, use })));
  return [...uses.filter(({ use }) => !use.isInherited), ...uses.filter(({ use }) => use.isInherited)].map(
    ({ service, use }) => toUse(service, use, ai),
  );
}

type ServiceUse = ReturnType<typeof hostNetworkUses>[number];

function toUse(service: Service, use: ServiceUse, ai: AiContext): HostNetworkUse {
  const { network } = use;
  const ports = service.value.field('ports');
  return {
    subject: serviceSubject(service),
    at: use.at,
    spelling: network ? `network "${network.name}", which is the host's` : 'network_mode: host',
    platform: 'engine',
    fromDefault: use.fromDefault,
    related: [
      ...(network
        ? [{ message: "This network is the host's own", at: { range: network.range, path: network.value.path } }]
        : []),
      ...seccompProfiles((service.value.get('security_opt')?.items() ?? []).map((at) => ({ text: at.text, at }))),
    ],
    fixes: serviceFixes(service, use),
    offers: () => ({}),
    ignoredPorts:
      ports && ports.value.items().length > 0
        ? { at: { range: ports.range, path: ports.value.path }, removal: [remove(ports)] }
        : undefined,
    isDevContainer: /(?:^|[\\/])\.devcontainer[\\/]/.test(service.file.path),
    workload: () => serviceWorkload(service, ai),
    need: () => NO_NEED,
  };
}

/** Their devices are found by multicast on the local network, which does not reach a network of the engine. */
const NEEDS_MULTICAST = /(?:^|[/-])(?:home-?assistant|homebridge)(?:[:@]|$)/;

/** None for what cannot work elsewhere, and none in a service that only inherits the mode. */
function serviceFixes(service: Service, use: ServiceUse): Fix[] {
  const image = composeText(service.value.get('image'))?.text ?? '';
  if (use.isInherited || NEEDS_MULTICAST.test(image)) return [];
  const what = use.network ? `network "${use.network.name}"` : 'network_mode';
  const plain: Fix = { title: `Remove ${what}`, safety: 'review', changes: [remove(use.entry)] };
  const hasPorts = (service.value.get('ports')?.items() ?? []).length > 0;
  if (hasPorts) return [{ ...plain, title: `${plain.title} and keep the published ports` }];
  const exposed = exposedPorts(service);
  if (exposed.length === 0) return [plain];
  return [
    {
      ...plain,
      title: `${plain.title} and publish ${exposed.join(' and ')} on 127.0.0.1`,
      changes: [...plain.changes, put(service.value, ['ports'], exposed.map(onLoopback))],
    },
    plain,
  ];
}

/** The ports that `expose` names, such as `8080` and `53/udp`; none where one of them is not a plain port. */
function exposedPorts({ value }: Service): string[] {
  const ports = (value.get('expose')?.items() ?? []).map((item) => item.text ?? '');
  return ports.every((port) => /^\d+(?:\/(?:tcp|udp))?$/.test(port)) ? ports : [];
}

function onLoopback(port: string): string {
  return `127.0.0.1:${Number.parseInt(port, 10)}:${port}`;
}
