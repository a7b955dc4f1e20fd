import { remove } from '../../language/yaml/change.ts';
import { optionsOf } from '../../model/commands/container-command.ts';
import { composeTrueField } from '../../model/compose/booleans.ts';
import type { Service } from '../../model/compose/compose.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { capitalized, unlessSet } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { review } from '../fixes.ts';
import { onPlatform } from '../platform.ts';
import { concernsContainer, namedByCommand, namedRunning, namedService } from './named-container.ts';
import { securedContainers } from './security-contexts.ts';
import { type SecuritySetting, switchedOn, unwantedOption } from './security-setting.ts';

interface PrivilegedContainer extends SecuritySetting {
  /** Whether a variable's default says so. */
  readonly fromDefault?: boolean;
  /**
   * Whether it is one process that enters a container: it gets every capability, and the seccomp filter, the AppArmor
   * profile and the devices of the container (moby, `execSetPlatformOpt`).
   */
  readonly isEntering?: boolean;
}

const privilegedContainer: View<PrivilegedContainer> = {
  name: 'privilegedContainer',
  object: ({ pods }) =>
    pods.flatMap(securedContainers).flatMap(({ context, ...named }) => {
      const field = context && trueField(context, 'privileged');
      return field ? { ...named, ...switchedOn(field) } : [];
    }),
  composeFile: ({ services }) => services.flatMap(inService),
  command: (command) =>
    concernsContainer(command)
      ? optionsOf(command, 'privileged')
          .filter(({ value }) => value === undefined || value === 'true' || value === '1')
          .map((option) => ({
            ...namedByCommand(command),
            ...unwantedOption(option),
            isEntering: command.verb === 'exec',
          }))
      : [],
  container: (container) => {
    const field = trueField(container.hostConfig, 'Privileged');
    return field ? [{ ...namedRunning(container), at: field.value, spelling: 'Privileged: true', fixes: [] }] : [];
  },
};

/** The service itself, and what its hooks run: a container before it starts, and processes in it afterwards. */
function inService(service: Service): PrivilegedContainer[] {
  const { value } = service;
  const hooks = (...names: string[]) => names.flatMap((name) => value.get(name)?.items() ?? []);
  const entering = hooks('post_start', 'pre_stop');
  return [value, ...entering, ...hooks('pre_start')].flatMap((owner) => {
    const on = composeTrueField(owner, 'privileged');
    if (!on) return [];
    const fixes = [review('Remove privileged', remove(on.field))];
    const isEntering = entering.includes(owner);
    return { ...namedService(service), ...on, isEntering, at: on.field.value, spelling: 'privileged: true', fixes };
  });
}

export const privileged = defineRule({
  id: 'privileged',
  on: privilegedContainer,
  *detect({ platform, name, at, spelling, fromDefault = false, isEntering = false, fixes }) {
    const what = isEntering
      ? `A process that enters ${name} is privileged (${spelling})${unlessSet(fromDefault)}. It gets every capability. The container's seccomp filter and devices stay as they are, so it cannot do all that a privileged container can. Remove it, or start the container with the one capability that the process needs.`
      : `${capitalized(name)} is privileged (${spelling})${unlessSet(fromDefault)}. It has every capability, all devices of the host and no seccomp filter, so whoever controls it controls the host. Remove it, and give it the one capability or device it needs.`;
    yield {
      at,
      check: platform,
      ...(isEntering && { severity: 'medium' }),
      message: onPlatform(what, platform),
      fixes,
    };
  },
});
