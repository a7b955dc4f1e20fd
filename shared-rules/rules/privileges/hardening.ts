import type { Place } from '../../language/place.ts';
import { put, replace } from '../../language/yaml/change.ts';
import { isWritten, lookUp, mayGain } from '../../language/yaml/presence.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import type { ComposeFile } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import type { Container, KubernetesObject, Pod } from '../../model/kubernetes/objects.ts';
import { isComplete, nearestKey } from '../../model/kubernetes/pod-completeness.ts';
import { podSubject, type Subject, serviceSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';
import { review } from '../fixes.ts';
import { capabilityName } from './container-security.ts';
import { containerRunsAsRoot, podRunsAsRoot, staysOrdinary } from './container-user.ts';

/** A right that a container keeps because nothing takes it away, or because something asks for it, on any surface. */
export interface Hardening {
  readonly subject: Subject;
  readonly right: 'raw sockets' | 'more privileges' | 'root' | 'every system call';
  /** `container web of Deployment shop` or `service web`, as a sentence goes on. */
  readonly name: string;
  readonly at: Place;
  /** As it is written, such as `runAsUser: 0`; undefined where something is missing. */
  readonly spelling: string | undefined;
  readonly fixes: readonly Fix[];
}

export type Gap = Pick<Hardening, 'at' | 'spelling' | 'fixes'>;

/** What is missing is looked for in pod specs that are whole, what is written in all of them. */
export function podHardening(object: KubernetesObject): Hardening[] {
  return object.pods.flatMap((pod) => {
    if (isForWindows(pod)) return [];
    const subject = podSubject(pod);
    const named = (right: Hardening['right'], part: string, gaps: readonly Gap[]): Hardening[] =>
      gaps.map((gap) => ({ ...gap, right, subject, name: `${part} of ${ownerName(subject)}` }));
    return [
      ...named('root', 'the pod', podRunsAsRoot(pod)),
      ...pod.containers.flatMap((container) => {
        const part = container.name ? `container ${container.name}` : 'a container';
        return [
          ...named('more privileges', part, privilegeEscalation(pod, container)),
          ...named('root', part, isPrivileged(container) ? [] : containerRunsAsRoot(pod, container)),
          ...named('raw sockets', part, rawSockets(pod, container)),
        ];
      }),
      ...named('every system call', 'the pod', noSeccompProfile(pod)),
    ];
  });
}

function ownerName({ kind, name }: Subject): string {
  return `${kind || 'the workload'} ${name}`.trimEnd();
}

/** The kubelet and the runtime give a privileged container every right, whatever else its security context says. */
function isPrivileged({ value }: Container): boolean {
  const privileged = lookUp(value, 'securityContext', 'privileged');
  return privileged === 'unknown' || (isWritten(privileged) && privileged.boolean === true);
}

function rawSockets(pod: Pod, container: Container): Gap[] {
  if (!isComplete(pod) || isPrivileged(container) || staysOrdinary(pod, container)) return [];
  const added = capabilities(container, 'add');
  const dropped = capabilities(container, 'drop');
  if (!added || !dropped) return [];
  // What is added is another rule's concern.
  const isSettled = ['ALL', 'NET_RAW'].some((name) => added.includes(name) || dropped.includes(name));
  if (isSettled) return [];
  const path = ['securityContext', 'capabilities', 'drop'] as const;
  const fix = review('Drop NET_RAW', put(container.value, path, ['NET_RAW']));
  return [{ at: nearestKey(container, ...path), spelling: undefined, fixes: [fix] }];
}

/** The names in one of the two lists; undefined where not all of them are known. */
function capabilities({ value }: Container, list: 'add' | 'drop'): string[] | undefined {
  const found = lookUp(value, 'securityContext', 'capabilities', list);
  if (found === 'absent') return [];
  if (found === 'unknown' || mayGain(found)) return undefined;
  const names = found.items().map(({ text }) => text);
  return names.includes(undefined) ? undefined : names.map((name) => capabilityName(name ?? ''));
}

function privilegeEscalation(pod: Pod, container: Container): Gap[] {
  const { value } = container;
  const allowed = lookUp(value, 'securityContext', 'allowPrivilegeEscalation');
  // With these the API refuses anything but true.
  const isForced = isPrivileged(container) || capabilities(container, 'add')?.some(isAdmin);
  if (isForced || allowed === 'unknown') return [];
  const title = 'Set allowPrivilegeEscalation to false';
  if (isWritten(allowed)) {
    if (allowed.boolean !== true) return [];
    const fix = review(title, replace(allowed, 'false'));
    return [{ at: allowed, spelling: 'allowPrivilegeEscalation: true', fixes: [fix] }];
  }
  if (!isComplete(pod)) return [];
  const fix = review(title, put(value, ['securityContext', 'allowPrivilegeEscalation'], false));
  return [{ at: nearestKey(container, 'securityContext'), spelling: undefined, fixes: [fix] }];
}

function isAdmin(capability: string): boolean {
  return capability === 'SYS_ADMIN' || capability === 'ALL';
}

/** One place a pod: the profile of a pod is that of its containers. */
function noSeccompProfile(pod: Pod): Gap[] {
  const { spec, containers, object } = pod;
  const path = ['securityContext', 'seccompProfile'] as const;
  // Knative refuses a pod's security context unless it is told otherwise.
  if (object.group.endsWith('knative.dev')) return [];
  if (containers.length === 0 || !isComplete(pod) || lookUp(spec, ...path) !== 'absent') return [];
  const isUnfiltered = (container: Container) =>
    !isPrivileged(container) && lookUp(container.value, ...path) === 'absent';
  const holder = spec.field('securityContext') ?? spec.parent?.field('spec');
  if (!holder || !containers.some(isUnfiltered)) return [];
  const fix = review('Set seccompProfile to RuntimeDefault', put(spec, path, { type: 'RuntimeDefault' }));
  return [{ at: keyPlace(holder), spelling: undefined, fixes: [fix] }];
}

/** How the engine spells false, with either separator. */
const NEW_PRIVILEGES = /^no-new-privileges[=:](?:0|f|F|false|False|FALSE)$/;

/** Whether an engine's security option lets a program become more than what started it. */
export function grantsNewPrivileges(option: string): boolean {
  return NEW_PRIVILEGES.test(option);
}

export function serviceHardening(file: ComposeFile): Hardening[] {
  return file.services.flatMap((service) =>
    (service.value.get('security_opt')?.items() ?? []).flatMap((item) => {
      const text = composeText(item);
      if (!text || !grantsNewPrivileges(text.text)) return [];
      return {
        subject: serviceSubject(service),
        right: 'more privileges',
        name: `service ${service.name}`,
        at: item,
        spelling: text.text,
        fixes: [review('Set no-new-privileges to true', replace(item, 'no-new-privileges:true'))],
      };
    }),
  );
}
