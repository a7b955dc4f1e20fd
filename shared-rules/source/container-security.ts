import type { Fix, Subject } from '../engine/rule.ts';
import { type ComposeFile, composeText, hostNetworkUses, type Service } from './compose.ts';
import { type KubernetesObject, type Pod, trueField } from './kubernetes.ts';
import { podSubject, serviceSubject } from './subject.ts';
import type { Field, Place, Value } from './value.ts';
import { type Change, remove, replace } from './yaml-edit.ts';

/** What a container is allowed beyond an ordinary one, on any surface. */
export interface ContainerSecurity {
  readonly subject: Subject;
  readonly platform: 'kubernetes' | 'compose';
  /** `container web of Pod a` or `service web`, as a sentence goes on. */
  readonly name: string;
  /** Where it is given every right there is. */
  readonly privileged: readonly Setting[];
  /** Capabilities it gets beside the runtime's own, without the prefix `CAP_`. */
  readonly addedCapabilities: readonly Capability[];
  /** Where a kernel filter is switched off. */
  readonly unconfined: readonly Unconfined[];
  /** Where the runtime's masks over `/proc` are taken away. */
  readonly unmaskedProc: readonly Setting[];
  /** Where it runs as a process of a Windows node. */
  readonly hostProcess: readonly Setting[];
  /** Whether it shares the host's network or processes, so that powers over these reach the host. */
  readonly shares: { readonly network: boolean; readonly processes: boolean };
  /** Whether its pod has a user namespace of its own, so that its root is nobody on the node. */
  readonly hasOwnUsers: boolean;
}

/** A setting and how to take it back. */
export interface Setting {
  readonly at: Place;
  /** As it is written. */
  readonly spelling: string;
  readonly fixes: readonly Fix[];
}

export interface Capability extends Setting {
  readonly capability: string;
}

export interface Unconfined extends Setting {
  readonly filter: 'seccomp' | 'AppArmor';
}

function review(title: string, ...changes: Change[]): Fix {
  return { title, safety: 'review', changes };
}

/** What a surface does not have. */
const NOTHING = {
  privileged: [],
  addedCapabilities: [],
  unconfined: [],
  unmaskedProc: [],
  hostProcess: [],
  hasOwnUsers: false,
};

/** Each container, and the pod itself for what its security context gives to all of them. */
export function podContainerSecurity(object: KubernetesObject): ContainerSecurity[] {
  return object.pods.flatMap((pod) => {
    const hasOwnUsers = pod.spec.get('hostUsers')?.boolean === false;
    const shares = {
      network: trueField(pod.spec, 'hostNetwork') !== undefined,
      processes: trueField(pod.spec, 'hostPID') !== undefined,
    };
    const shared = (owner: Value) => ({
      unconfined: filtersOff(owner),
      hostProcess: hostProcess(owner),
      hasOwnUsers,
      shares,
    });
    return [
      { ...NOTHING, ...inPod(pod, 'the pod'), ...shared(pod.spec) },
      ...pod.containers.map(({ value, name }) => {
        const context = value.get('securityContext');
        const privileged = context && trueField(context, 'privileged');
        return {
          ...inPod(pod, `container ${name ?? ''}`.trimEnd()),
          ...shared(value),
          privileged: privileged ? [switchedOn(privileged)] : [],
          addedCapabilities: capabilitiesIn(context?.at('capabilities', 'add')),
          unmaskedProc: unmaskedProc(context),
        };
      }),
    ];
  });
}

function hostProcess(owner: Value): Setting[] {
  const options = owner.at('securityContext', 'windowsOptions');
  const field = options && trueField(options, 'hostProcess');
  return field ? [switchedOn(field)] : [];
}

function unmaskedProc(context: Value | undefined): Setting[] {
  const type = context?.get('procMount');
  if (type?.text !== 'Unmasked') return [];
  return [
    {
      at: type,
      spelling: 'procMount: Unmasked',
      fixes: [review('Set procMount to Default', replace(type, 'Default'))],
    },
  ];
}

function inPod(pod: Pod, part: string): Pick<ContainerSecurity, 'subject' | 'platform' | 'name'> {
  const subject = podSubject(pod);
  return {
    subject,
    platform: 'kubernetes',
    name: `${part} of ${subject.kind || 'the workload'} ${subject.name}`.trimEnd(),
  };
}

/** A field that holds true, and should not. */
function switchedOn(field: Field): Setting {
  const fix = review(`Set ${field.name} to false`, replace(field.value, 'false'));
  return { at: field.value, spelling: `${field.name}: true`, fixes: [fix] };
}

/** Seccomp and AppArmor, as the security context of a pod or a container sets them. */
function filtersOff(owner: Value): Unconfined[] {
  const profiles = [
    ['seccomp', 'seccompProfile'],
    ['AppArmor', 'appArmorProfile'],
  ] as const;
  return profiles.flatMap(([filter, key]) => {
    const type = owner.at('securityContext', key, 'type');
    if (type?.text !== 'Unconfined') return [];
    const fixes = [review(`Set ${key} to RuntimeDefault`, replace(type, 'RuntimeDefault'))];
    return { filter, at: type, spelling: `${key}: Unconfined`, fixes };
  });
}

function capabilitiesIn(list: Value | undefined): Capability[] {
  return (list?.items() ?? []).flatMap((item) => {
    const text = composeText(item)?.text;
    if (!text) return [];
    const capability = text.toUpperCase().replace(/^CAP_/, '');
    return { capability, at: item, spelling: text, fixes: [review(`Remove capability ${text}`, remove(item))] };
  });
}

export function serviceContainerSecurity(file: ComposeFile): ContainerSecurity[] {
  return file.services.map((service) => ({
    ...NOTHING,
    subject: serviceSubject(service),
    platform: 'compose',
    name: `service ${service.name}`,
    privileged: servicePrivileged(service),
    addedCapabilities: capabilitiesIn(service.value.get('cap_add')),
    shares: {
      network: hostNetworkUses(service).length > 0,
      processes: composeText(service.value.get('pid'))?.text === 'host',
    },
    unconfined: securityOptions(service),
    unmaskedProc: unmaskedPaths(service),
  }));
}

/** The service itself, and the commands that hooks run in it. */
function servicePrivileged({ value }: Service): Setting[] {
  const hooks = ['post_start', 'pre_stop', 'pre_start'].flatMap((name) => value.get(name)?.items() ?? []);
  return [value, ...hooks].flatMap((owner) => {
    const field = trueField(owner, 'privileged');
    return field
      ? [{ at: field.value, spelling: 'privileged: true', fixes: [review('Remove privileged', remove(field))] }]
      : [];
  });
}

/** `seccomp=unconfined` and `apparmor:unconfined`; both separators are read. */
function securityOptions({ value }: Service): Unconfined[] {
  return (value.get('security_opt')?.items() ?? []).flatMap((item) => {
    const text = composeText(item)?.text ?? '';
    const match = /^(seccomp|apparmor)[=:]unconfined$/.exec(text);
    if (!match) return [];
    const filter = match[1] === 'seccomp' ? 'seccomp' : 'AppArmor';
    return { filter, at: item, spelling: text, fixes: [review(`Remove ${text}`, remove(item))] };
  });
}

/** The one spelling that Docker and Compose understand; they refuse it with a colon. */
const UNMASKED = 'systempaths=unconfined';

function unmaskedPaths({ value }: Service): Setting[] {
  const items = value.get('security_opt')?.items() ?? [];
  return items
    .filter((item) => composeText(item)?.text === UNMASKED)
    .map((at) => ({ at, spelling: UNMASKED, fixes: [review(`Remove ${UNMASKED}`, remove(at))] }));
}
