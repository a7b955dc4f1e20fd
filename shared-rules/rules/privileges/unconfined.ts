import { replace } from '../../language/yaml/change.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import { rangeFromKey } from '../../model/workload.ts';
import { defineRule, type View } from '../api.ts';
import { review } from '../fixes.ts';
import { namedInPod } from './named-container.ts';
import { type Secured, securedParts } from './security-contexts.ts';
import {
  commandSecurityOptions,
  composeSecurityOptions,
  runningSecurityOptions,
  type SecurityOption,
} from './security-options.ts';
import type { SecuritySetting } from './security-setting.ts';

/** A kernel filter that is switched off. */
interface FilterOff extends SecuritySetting {
  readonly filter: 'seccomp' | 'AppArmor';
}

const filterOff: View<FilterOff> = {
  name: 'filterOff',
  object: ({ pods }) => pods.flatMap((pod) => [...securedParts(pod).flatMap(inContext), ...inAnnotations(pod)]),
  composeFile: (file) => composeSecurityOptions(file).flatMap(byOption),
  command: (command) => commandSecurityOptions(command).flatMap(byOption),
  container: (container) => runningSecurityOptions(container).flatMap(byOption),
};

const PROFILES = [
  ['seccomp', 'seccompProfile'],
  ['AppArmor', 'appArmorProfile'],
] as const;

function inContext({ context, ...named }: Secured): FilterOff[] {
  return PROFILES.flatMap(([filter, key]) => {
    const type = context?.at(key, 'type');
    if (type?.text !== 'Unconfined') return [];
    const fixes = [review(`Set ${key} to RuntimeDefault`, replace(type, 'RuntimeDefault'))];
    return { ...named, filter, at: type, spelling: `${key}: Unconfined`, fixes };
  });
}

const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** AppArmor as annotations of the pod set it for its containers: deprecated since 1.30, and still honoured. */
function inAnnotations(pod: Pod): FilterOff[] {
  return (pod.metadata?.get('annotations')?.fields() ?? []).flatMap(({ name, value }) => {
    if (!name.startsWith(APPARMOR_ANNOTATION) || value.text !== 'unconfined') return [];
    const named = namedInPod(pod, `container ${name.slice(APPARMOR_ANNOTATION.length)}`);
    return {
      ...named,
      // The annotation stands beside the spec, and so do template conditions about it.
      subject: { ...named.subject, range: rangeFromKey(pod.spec.parent ?? pod.spec) },
      filter: 'AppArmor',
      at: value,
      spelling: 'the annotation says unconfined',
      fixes: [review('Set the AppArmor annotation to runtime/default', replace(value, 'runtime/default'))],
    };
  });
}

/** Engines read both separators. */
function byOption(option: SecurityOption): FilterOff[] {
  const name = /^(seccomp|apparmor)[=:]unconfined$/.exec(option.text)?.[1];
  return name ? [{ ...option, filter: name === 'seccomp' ? 'seccomp' : 'AppArmor' }] : [];
}

export const unconfined = defineRule({
  id: 'unconfined',
  on: filterOff,
  *detect({ platform, name, filter, at, spelling, fixes }) {
    const what =
      filter === 'seccomp'
        ? 'It may make every system call of the kernel, also those that break out of containers'
        : "It may touch files and use rights that the runtime's profile denies to every other container";
    yield {
      at,
      check: `${platform}-${filter.toLowerCase()}`,
      severity: filter === 'seccomp' ? 'high' : 'medium',
      message: `${filter} is switched off for ${name} (${spelling}). ${what}. Use the runtime's default profile, or one made for the program.`,
      fixes,
    };
  },
});
