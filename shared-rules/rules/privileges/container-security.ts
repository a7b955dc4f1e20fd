import { remove, replace } from '../../language/yaml/change.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { hostNetworkUses } from '../../model/compose/host-network.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { type KubernetesObject, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { podSubject, rangeFromKey, type Subject, serviceSubject } from '../../model/workload.ts';
import { review, type Setting } from '../fixes.ts';
import {
  annotatedFiltersOff,
  customSelinux,
  filtersOff,
  securityOptions,
  selinuxOptions,
  type Unconfined,
  unmaskingOptions,
} from './kernel-filters.ts';

/** What a container is allowed beyond an ordinary one, on any surface. */
export interface ContainerSecurity {
  readonly subject: Subject;
  /** `engine`: Compose, commands, and whatever else a container engine is given or says. */
  readonly platform: 'kubernetes' | 'engine';
  /** `container web of Pod a`, `service web` or `container web`, as a sentence goes on. */
  readonly name: string;
  /** Where it is given every right there is. */
  readonly privileged: readonly Setting[];
  /** Capabilities it gets beside the runtime's own, without the prefix `CAP_`. */
  readonly addedCapabilities: readonly Capability[];
  /** Where a kernel filter is switched off. */
  readonly unconfined: readonly Unconfined[];
  /** Where it gets an SELinux label that workloads do not have. */
  readonly customSelinux: readonly Setting[];
  /** Where the runtime's masks over `/proc` are taken away. */
  readonly unmaskedProc: readonly Setting[];
  /** Where it runs as a process of a Windows node. */
  readonly hostProcess: readonly Setting[];
  /** Whether it shares the host's network or processes, so that powers over these reach the host. */
  readonly shares: { readonly network: boolean; readonly processes: boolean };
  /** Whether its pod has a user namespace of its own, so that its root is nobody on the node. */
  readonly hasOwnUsers: boolean;
  /** Whether the Pod Security Standards' baseline lets a container of such a pod see all of `/proc`: from 1.35 on. */
  readonly mayUnmaskProc: boolean;
}

export interface Capability extends Setting {
  readonly capability: string;
}

/** What a surface does not have. */
export const NOTHING = {
  privileged: [],
  addedCapabilities: [],
  unconfined: [],
  customSelinux: [],
  unmaskedProc: [],
  hostProcess: [],
  hasOwnUsers: false,
  mayUnmaskProc: false,
};

/**
 * Each container, and the pod itself for what its security context gives to all of them.
 * @param version the version of Kubernetes that the manifest is for
 */
export function podContainerSecurity(object: KubernetesObject, version: string | undefined): ContainerSecurity[] {
  return object.pods.flatMap((pod) => {
    const hasOwnUsers = pod.spec.get('hostUsers')?.boolean === false;
    const shares = {
      network: trueField(pod.spec, 'hostNetwork') !== undefined,
      processes: trueField(pod.spec, 'hostPID') !== undefined,
    };
    const shared = (owner: Value) => ({
      unconfined: filtersOff(owner),
      customSelinux: customSelinux(owner, version),
      hostProcess: hostProcess(owner),
      hasOwnUsers,
      mayUnmaskProc: hasOwnUsers && isAtLeast(version, 35),
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
      ...annotatedFiltersOff(pod).map(({ container, off }) => {
        const common = inPod(pod, `container ${container}`);
        // The annotation stands beside the spec, and so do template conditions about it.
        const subject = { ...common.subject, range: rangeFromKey(pod.spec.parent ?? pod.spec) };
        return { ...NOTHING, ...common, subject, shares, unconfined: [off] };
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

/** The name as the kernel has it, without the prefix that it may be written with. */
export function capabilityName(text: string): string {
  return text.toUpperCase().replace(/^CAP_/, '');
}

export function capabilitiesIn(list: Value | undefined): Capability[] {
  return (list?.items() ?? []).flatMap((item) => {
    const text = composeText(item)?.text;
    if (!text) return [];
    return {
      capability: capabilityName(text),
      at: item,
      spelling: text,
      fixes: [review(`Remove capability ${text}`, remove(item))],
    };
  });
}

export function serviceContainerSecurity(file: ComposeFile): ContainerSecurity[] {
  return file.services.map((service) => ({
    ...NOTHING,
    subject: serviceSubject(service),
    platform: 'engine',
    name: `service ${service.name}`,
    privileged: servicePrivileged(service),
    addedCapabilities: capabilitiesIn(service.value.get('cap_add')),
    shares: {
      network: hostNetworkUses(service).length > 0,
      processes: composeText(service.value.get('pid'))?.text === 'host',
    },
    unconfined: securityOptions(service.value.get('security_opt')),
    unmaskedProc: unmaskingOptions(service.value.get('security_opt')),
    customSelinux: selinuxOptions(service.value.get('security_opt')),
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
