import type { Place } from '../language/place.ts';
import { lookUp, type Presence } from '../language/yaml/presence.ts';
import { type Field, keyPlace, type Value } from '../language/yaml/value.ts';
import type { ContainerCommand } from '../model/commands/container-command.ts';
import { type Service, serviceField } from '../model/compose/compose.ts';
import { type Container, type KubernetesObject, type Pod, podSpecKey } from '../model/kubernetes/objects.ts';
import { isComplete, isCompleteContainer } from '../model/kubernetes/pod-completeness.ts';
import type { KindPattern } from '../model/prefilter.ts';
import { ownerName } from '../model/wording.ts';
import { objectSubject, podSubject, type Subject, serviceSubject } from '../model/workload.ts';
import type { View, Viewed } from './api.ts';

/** Most rules look at one of these. */

export interface ObjectItem extends Viewed {
  readonly object: KubernetesObject;
}

/** The Kubernetes objects of some kinds, whatever they hold. */
export function objectsOfKind(...kinds: readonly [KindPattern, ...KindPattern[]]): View<ObjectItem> {
  const isAmong = (kind = '') => kinds.some((one) => (typeof one === 'string' ? one === kind : one.test(kind)));
  return {
    name: `objectsOfKind ${kinds.join(', ')}`,
    kinds,
    object: (object) => (isAmong(object.kind) ? [{ subject: objectSubject(object), object }] : []),
  };
}

export interface PodItem extends Viewed {
  readonly pod: Pod;
}

/** Each pod spec, whole or in part. */
export const pod: View<PodItem> = {
  name: 'pod',
  object: ({ pods }) => pods.map((pod) => ({ subject: podSubject(pod), pod })),
};

export interface VersionedPodItem extends PodItem {
  /** The version of Kubernetes that it is for, as in the settings. */
  readonly kubernetesVersion: string | undefined;
}

/** Each pod spec, whole or in part, for rules that go by the version. */
export const versionedPod: View<VersionedPodItem> = {
  name: 'versionedPod',
  object: ({ pods }, { settings: { kubernetesVersion } }) =>
    pods.map((pod) => ({ subject: podSubject(pod), pod, kubernetesVersion })),
};

export interface ContainerItem extends PodItem {
  readonly container: Container;
  /** `container web of Deployment shop`, as a sentence goes on. */
  readonly name: string;
}

/** Each container of each pod spec: plain, init and ephemeral ones. */
export const container: View<ContainerItem> = {
  name: 'container',
  object: ({ pods }) => pods.flatMap((pod) => pod.containers.map((container) => containerItem(pod, container))),
};

function containerItem(pod: Pod, container: Container): ContainerItem {
  const subject = podSubject(pod);
  return { subject, pod, container, name: containerName(subject, container) };
}

/** `container web of Deployment shop`, as a sentence goes on. */
export function containerName(owner: Subject, container: Container): string {
  return `${containerWord(container)} of ${ownerName(owner)}`;
}

/** `container web`; `a container` where it has no name, as that of an Argo template. */
export function containerWord({ name }: Container): string {
  return name ? `container ${name}` : 'a container';
}

export interface ServiceItem extends Viewed {
  readonly service: Service;
  /** `service web`, as a sentence goes on. */
  readonly name: string;
}

/** Each service of a Compose file. */
export const composeService: View<ServiceItem> = {
  name: 'composeService',
  composeFile: ({ services }) => services.map(serviceItem),
};

function serviceItem(service: Service): ServiceItem {
  return { subject: serviceSubject(service), service, name: `service ${service.name}` };
}

export interface CommandItem extends Viewed {
  readonly command: ContainerCommand;
}

/** Each command of docker, podman or nerdctl, and whatever else gives a container options. */
export const command: View<CommandItem> = {
  name: 'command',
  command: (command) => [{ subject: command.subject, command }],
};

/** A field that may be written or missing. */
export interface SettingItem extends Viewed {
  /** What has the setting, such as `container web of Deployment shop`, as a sentence goes on. */
  readonly name: string;
  /** The mapping that the field's path begins in. */
  readonly owner: Value;
  /** `unknown` also where something is missing from what a patch or an `extends` may complete. */
  readonly presence: Presence;
  /** Its value where it is written, else the last key on the way to it that is there, else the name of its owner. */
  readonly at: Place;
}

/** A field of every container, such as `containerSetting('resources', 'limits', 'memory')`. */
export function containerSetting(...path: readonly string[]): View<SettingItem> {
  return {
    name: `containerSetting ${path.join('.')}`,
    object: ({ pods }) =>
      pods.flatMap((pod) =>
        pod.containers.map((container) => {
          const { subject, name } = containerItem(pod, container);
          const owner = container.value;
          return {
            subject,
            name,
            ...readSetting(owner, owner.get('name') ?? owner, path, isCompleteContainer(pod, container)),
          };
        }),
      ),
  };
}

/** A field of every pod spec. */
export function podSetting(...path: readonly string[]): View<SettingItem> {
  return {
    name: `podSetting ${path.join('.')}`,
    object: ({ pods }) =>
      pods.map((pod) => {
        const subject = podSubject(pod);
        const name = `the pod of ${ownerName(subject)}`;
        return { subject, name, ...readSetting(pod.spec, podSpecKey(pod), path, isComplete(pod)) };
      }),
  };
}

export interface ServiceSettingItem extends SettingItem, ServiceItem {}

/** A field of every Compose service: its own, or that of the service in the same file that it extends. */
export function serviceSetting(...path: readonly [string, ...string[]]): View<ServiceSettingItem> {
  const [first, ...rest] = path;
  return {
    name: `serviceSetting ${path.join('.')}`,
    composeFile: ({ services }) =>
      services.map((service) => {
        const owner = serviceField(service, first)?.owner ?? service.value;
        const key = service.value.parent?.field(service.name);
        const fallback = key ? keyPlace(key) : service.value;
        return { ...serviceItem(service), ...readSetting(owner, fallback, [first, ...rest], isWhole(service)) };
      }),
  };
}

/** Whether nothing is added to a service by another file: an override says neither what it runs nor how that is built. */
function isWhole(service: Service): boolean {
  const hasProgram = ['image', 'build'].some((name) => serviceField(service, name));
  return hasProgram && service.value.at('extends', 'file') === undefined;
}

function readSetting(
  owner: Value,
  fallback: Place,
  path: readonly string[],
  isClosed: boolean,
): Pick<SettingItem, 'owner' | 'presence' | 'at'> {
  const found = lookUp(owner, ...path);
  const presence = found === 'absent' && !isClosed ? 'unknown' : found;
  return { owner, presence, at: typeof found === 'object' ? found : nearestPlace(owner, path, fallback) };
}

function nearestPlace(owner: Value, path: readonly string[], fallback: Place): Place {
  let nearest: Field | undefined;
  for (let value: Value | undefined = owner, index = 0; value && index < path.length; index++) {
    const field: Field | undefined = value.field(path[index]!);
    nearest = field ?? nearest;
    value = field?.value;
  }
  return nearest ? keyPlace(nearest) : fallback;
}
