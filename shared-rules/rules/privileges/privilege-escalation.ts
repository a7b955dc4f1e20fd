import { put, replace } from '../../language/yaml/change.ts';
import { isWritten, lookUp } from '../../language/yaml/presence.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import { isCompleteContainer, nearestKey } from '../../model/kubernetes/pod-completeness.ts';
import { capitalized } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { type ContainerItem, container } from '../base-views.ts';
import { review } from '../fixes.ts';
import { knownCapabilities } from './capabilities.ts';
import { mayBePrivileged } from './security-contexts.ts';
import { commandSecurityOptions, composeSecurityOptions, type SecurityOption } from './security-options.ts';
import type { SecuritySetting } from './security-setting.ts';

/** A container in which a program can become more than what started it: that is asked for, or not taken away. */
const escalation: View<SecuritySetting> = {
  name: 'escalation',
  object: (object, context) => (container.object?.(object, context) ?? []).flatMap(inPod),
  composeFile: (file) => composeSecurityOptions(file).flatMap(byOption),
  command: (command) => commandSecurityOptions(command).flatMap(byOption),
};

function inPod({ subject, name, pod, container }: ContainerItem): SecuritySetting[] {
  if (isForWindows(pod) || isForced(container)) return [];
  const named = { subject, platform: 'kubernetes', name } as const;
  const allowed = lookUp(container.value, 'securityContext', 'allowPrivilegeEscalation');
  const title = 'Set allowPrivilegeEscalation to false';
  if (isWritten(allowed)) {
    const fixes = [review(title, replace(allowed, 'false'))];
    return allowed.boolean ? [{ ...named, at: allowed, spelling: 'allowPrivilegeEscalation: true', fixes }] : [];
  }
  if (allowed === 'unknown' || !isCompleteContainer(pod, container)) return [];
  const spelling = 'allowPrivilegeEscalation is not set, which means true';
  const fixes = [review(title, put(container.value, ['securityContext', 'allowPrivilegeEscalation'], false))];
  return [{ ...named, at: nearestKey(container, 'securityContext'), spelling, fixes }];
}

/** Whether the API refuses to take escalation away. */
function isForced(container: ContainerItem['container']): boolean {
  const added = knownCapabilities(container, 'add') ?? [];
  return mayBePrivileged(container) || added.some(({ capability }) => ['SYS_ADMIN', 'ALL'].includes(capability));
}

/** How an engine spells false, with either separator. */
const NEW_PRIVILEGES = /^no-new-privileges[=:](?:0|f|F|false|False|FALSE)$/;

function byOption(option: SecurityOption): SecuritySetting[] {
  if (!NEW_PRIVILEGES.test(option.text)) return [];
  const { item, fixes } = option;
  const setInCompose = item && review('Set no-new-privileges to true', replace(item, 'no-new-privileges:true'));
  return [{ ...option, fixes: setInCompose ? [setInCompose] : fixes }];
}

export const privilegeEscalation = defineRule({
  id: 'privilege-escalation',
  on: escalation,
  *detect({ platform, name, at, spelling, fixes }) {
    yield {
      at,
      check: platform,
      message: `${capitalized(name)} may gain more privileges than it starts with (${spelling}). A program with the set-user-ID bit, such as sudo, makes a process root. Switch it off unless the container needs such a program.`,
      fixes,
    };
  },
});
