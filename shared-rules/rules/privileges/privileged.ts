import { remove } from '../../language/yaml/change.ts';
import { optionsOf } from '../../model/commands/container-command.ts';
import { composeTrueField } from '../../model/compose/booleans.ts';
import type { Service } from '../../model/compose/compose.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { capitalized, unlessSet } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { review } from '../fixes.ts';
import { concernsContainer, namedByCommand, namedRunning, namedService } from './named-container.ts';
import { securedContainers } from './security-contexts.ts';
import { type SecuritySetting, switchedOn, unwantedOption } from './security-setting.ts';

interface PrivilegedContainer extends SecuritySetting {
  /** Whether a variable's default says so. */
  readonly fromDefault?: boolean;
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
          .map((option) => ({ ...namedByCommand(command), ...unwantedOption(option) }))
      : [],
  container: (container) => {
    const field = trueField(container.hostConfig, 'Privileged');
    return field ? [{ ...namedRunning(container), at: field.value, spelling: 'Privileged: true', fixes: [] }] : [];
  },
};

/** The service itself, and the commands that hooks run in it. */
function inService(service: Service): PrivilegedContainer[] {
  const { value } = service;
  const hooks = ['post_start', 'pre_stop', 'pre_start'].flatMap((name) => value.get(name)?.items() ?? []);
  return [value, ...hooks].flatMap((owner) => {
    const on = composeTrueField(owner, 'privileged');
    if (!on) return [];
    const fixes = [review('Remove privileged', remove(on.field))];
    return { ...namedService(service), ...on, at: on.field.value, spelling: 'privileged: true', fixes };
  });
}

export const privileged = defineRule({
  id: 'privileged',
  on: privilegedContainer,
  *detect({ platform, name, at, spelling, fromDefault = false, fixes }) {
    yield {
      at,
      check: platform,
      message: `${capitalized(name)} is privileged (${spelling})${unlessSet(fromDefault)}. It has every capability, all devices of the host and no seccomp filter, so whoever controls it controls the host. Remove it, and give it the one capability or device it needs.`,
      fixes,
    };
  },
});
