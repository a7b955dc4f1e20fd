import { remove } from '../../language/yaml/change.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { hostMode, type InspectedContainer } from '../../model/running/inspect.ts';
import { capitalized } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { review } from '../fixes.ts';
import { onPlatform } from '../platform.ts';
import { type Secured, securedParts } from './security-contexts.ts';
import {
  commandSecurityOptions,
  composeSecurityOptions,
  runningSecurityOptions,
  type SecurityOption,
} from './security-options.ts';
import type { SecuritySetting } from './security-setting.ts';

/** A part of an SELinux label beyond those that every workload may have, or the lack of any. */
interface SelinuxLabel extends SecuritySetting {
  readonly effect: Effect;
}

/** What a label does: it confines nothing, as others do but for logs, or in a way that nobody knows here. */
type Effect = 'off' | 'logs' | 'own';

const selinuxLabel: View<SelinuxLabel> = {
  name: 'selinuxLabel',
  object: ({ pods }, { settings }) =>
    pods.flatMap(securedParts).flatMap((part) => inContext(part, settings.kubernetesVersion)),
  composeFile: (file) => composeSecurityOptions(file).flatMap(byOption),
  command: (command) => commandSecurityOptions(command).flatMap(byOption),
  container: (container) => (isUnlabelledAnyway(container) ? [] : runningSecurityOptions(container).flatMap(byOption)),
};

/** A level keeps containers apart, and is left alone. */
function inContext({ context, ...named }: Secured, version: string | undefined): SelinuxLabel[] {
  const options = context?.get('seLinuxOptions');
  return ['user', 'role', 'type'].flatMap((key) => {
    const field = options?.field(key);
    const text = field?.value.text;
    if (!field || !text || (key === 'type' && isOrdinaryType(text, version))) return [];
    const fixes = [review(`Remove the SELinux ${key}`, remove(field))];
    return { ...named, effect: effectOf(text), at: field.value, spelling: `${key}: ${text}`, fixes };
  });
}

function byOption(option: SecurityOption): SelinuxLabel[] {
  const [, off, key, value = ''] = /^label[=:](?:(disable)|(user|role|type):(.+))$/.exec(option.text) ?? [];
  if (!off && (!key || (key === 'type' && isOrdinaryType(value, undefined)))) return [];
  return [{ ...option, effect: off ? 'off' : effectOf(value) }];
}

/** The types of container_selinux(8) and container_logreader_selinux(8); `spc_t` is an unconfined domain. */
function effectOf(type: string): Effect {
  if (/^(?:spc|unconfined)_t$/.test(type)) return 'off';
  return /^container_log(?:reader|writer)_t$/.test(type) ? 'logs' : 'own';
}

/** The types that the Pod Security Standards' baseline leaves to every workload. */
function isOrdinaryType(type: string, version: string | undefined): boolean {
  if (type === 'container_engine_t') return isAtLeast(version, 31);
  return ['container_t', 'container_init_t', 'container_kvm_t'].includes(type);
}

/** Docker itself takes the label from a container that shares so much with the host. */
function isUnlabelledAnyway(container: InspectedContainer): boolean {
  const isPrivileged = trueField(container.hostConfig, 'Privileged') !== undefined;
  return isPrivileged || ['PidMode', 'IpcMode'].some((key) => hostMode(container, key));
}

export const customSelinux = defineRule({
  id: 'custom-selinux',
  on: selinuxLabel,
  *detect({ platform, name, effect, at, spelling, fixes }) {
    const what =
      effect === 'off' ? `SELinux does not confine ${name}` : `${capitalized(name)} has an SELinux label of its own`;
    yield {
      at,
      check: platform,
      ...(effect === 'logs' && { severity: 'low' }),
      message: `${what} (${spelling}). ${onPlatform(MEANINGS[effect], platform)}`,
      fixes,
    };
  },
});

const MEANINGS: Readonly<Record<Effect, string>> = {
  off: 'On a host with SELinux, that keeps other containers to the files that are labelled for them, even when they break out. Remove it; to share files with the host, relabel these.',
  logs: 'It is confined as others are, but also reaches the logs of the host. Remove it unless the container collects logs.',
  own: "The label decides what a process may touch on the host, and the runtime's own keeps containers to their files. Remove it; to share files with the host, relabel these.",
};
