import { replace } from '../../language/yaml/change.ts';
import { isWritten, knownItems, lookUp } from '../../language/yaml/presence.ts';
import type { Container, Pod } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { rangeFromKey } from '../../model/workload.ts';
import { defineRule, type View } from '../api.ts';
import { containerWord } from '../base-views.ts';
import { review } from '../fixes.ts';
import { hostWord, type Platform } from '../platform.ts';
import {
  KERNEL_FILTERS,
  type KernelFilter,
  ownProfile,
  type ProfileAnnotation,
  profileAnnotations,
  readsAnnotations,
} from './kernel-filters.ts';
import { namedInPod } from './named-container.ts';
import {
  commandSecurityOptions,
  composeSecurityOptions,
  runningSecurityOptions,
  type SecurityOption,
} from './security-options.ts';
import type { SecuritySetting } from './security-setting.ts';

/** A kernel filter that is switched off. */
interface FilterOff extends SecuritySetting {
  readonly filter: KernelFilter['name'];
  /** Whether a pod says it, and each of its containers has a profile of its own. */
  readonly isOverridden: boolean;
}

const filterOff: View<FilterOff> = {
  name: 'filterOff',
  object: ({ pods }, { settings }) =>
    pods.flatMap((pod) => KERNEL_FILTERS.flatMap((filter) => inPod(pod, filter, settings.kubernetesVersion))),
  composeFile: (file) => composeSecurityOptions(file).flatMap(byOption),
  command: (command) => commandSecurityOptions(command).flatMap(byOption),
  container: (container) => runningSecurityOptions(container).flatMap(byOption),
};

function inPod(pod: Pod, filter: KernelFilter, version: string | undefined): FilterOff[] {
  const isOverridden = isOverriddenEverywhere(pod, filter, version);
  const fields = isAtLeast(version, filter.since)
    ? [
        ...inField(pod, undefined, filter, isOverridden),
        ...pod.containers.flatMap((container) => inField(pod, container, filter, false)),
      ]
    : [];
  const annotations = readsAnnotations(filter, version) ? profileAnnotations(pod, filter) : [];
  return [
    ...fields,
    ...annotations.flatMap((annotation) => {
      const { container: name, field } = annotation;
      const container = pod.containers.find((one) => name !== undefined && one.name === name);
      // A container that is not here may be another file's.
      const isOwn = name !== undefined && !container;
      if (!isOwn && ownProfile(pod, container, filter, version) !== field.value) return [];
      return inAnnotation(pod, annotation, filter, name === undefined && isOverridden);
    }),
  ];
}

function inField(
  pod: Pod,
  container: Container | undefined,
  { name: filter, key }: KernelFilter,
  isOverridden: boolean,
): FilterOff[] {
  const type = (container?.value ?? pod.spec).at('securityContext', key, 'type');
  if (type?.text !== 'Unconfined') return [];
  const fixes = [review(`Set ${key} to RuntimeDefault`, replace(type, 'RuntimeDefault'))];
  const named = namedInPod(pod, container ? containerWord(container) : 'the pod');
  return [{ ...named, filter, isOverridden, at: type, spelling: `${key}: Unconfined`, fixes }];
}

function inAnnotation(
  pod: Pod,
  { container, field: { value } }: ProfileAnnotation,
  { name: filter }: KernelFilter,
  isOverridden: boolean,
): FilterOff[] {
  if (value.text !== 'unconfined') return [];
  const named = namedInPod(pod, container === undefined ? 'the pod' : `container ${container}`);
  return [
    {
      ...named,
      // The annotation stands beside the spec, and so do template conditions about it.
      subject: { ...named.subject, range: rangeFromKey(pod.spec.parent ?? pod.spec) },
      filter,
      isOverridden,
      at: value,
      spelling: 'the annotation says unconfined',
      fixes: [review(`Set the ${filter} annotation to runtime/default`, replace(value, 'runtime/default'))],
    },
  ];
}

function isOverriddenEverywhere(pod: Pod, filter: KernelFilter, version: string | undefined): boolean {
  const lists = ['initContainers', 'containers'].map((name) => knownItems(lookUp(pod.spec, name)));
  const hasOwn = (container: Container) => isWritten(ownProfile(pod, container, filter, version));
  return isComplete(pod) && !lists.includes(undefined) && pod.containers.every(hasOwn);
}

/** Engines read both separators. */
function byOption(option: SecurityOption): FilterOff[] {
  const name = /^(seccomp|apparmor)[=:]unconfined$/.exec(option.text)?.[1];
  return name ? [{ ...option, filter: name === 'seccomp' ? 'seccomp' : 'AppArmor', isOverridden: false }] : [];
}

export const unconfined = defineRule({
  id: 'unconfined',
  on: filterOff,
  *detect({ platform, name, filter, isOverridden, at, spelling, fixes }) {
    const consequence = isOverridden
      ? 'Each of its containers has a profile of its own, so this counts for those that are added later, by kubectl debug or a webhook'
      : meaningOf(filter, platform);
    yield {
      at,
      check: `${platform}-${filter.toLowerCase()}`,
      severity: isOverridden ? 'low' : filter === 'seccomp' ? 'high' : 'medium',
      message: `${filter} is switched off for ${name} (${spelling}). ${consequence}. Use the runtime's default profile, or one made for the program.`,
      fixes,
    };
  },
});

/** Sources: the default profiles of moby and containerd for both filters. */
function meaningOf(filter: KernelFilter['name'], platform: Platform): string {
  return filter === 'seccomp'
    ? 'It may make every system call of the kernel, also those that break-outs use; only its capabilities limit what they do'
    : `On a ${hostWord(platform)} with AppArmor, the runtime's profile would keep it from mounting file systems and writing to files of /proc and /sys, whatever its capabilities`;
}
