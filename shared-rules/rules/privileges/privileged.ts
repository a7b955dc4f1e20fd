import { remove } from '../../language/yaml/change.ts';
import { optionsOf } from '../../model/commands/container-command.ts';
import type { Service } from '../../model/compose/compose.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { capitalized } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { review } from '../fixes.ts';
import { concernsContainer, namedByCommand, namedRunning, namedService } from './named-container.ts';
import { securedContainers } from './security-contexts.ts';
import { type SecuritySetting, type Setting, switchedOn, unwantedOption } from './security-setting.ts';

const privilegedContainer: View<SecuritySetting> = {
  name: 'privilegedContainer',
  object: ({ pods }) =>
    pods.flatMap(securedContainers).flatMap(({ context, ...named }) => {
      const field = context && trueField(context, 'privileged');
      return field ? { ...named, ...switchedOn(field) } : [];
    }),
  composeFile: ({ services }) =>
    services.flatMap((service) => inService(service).map((setting) => ({ ...namedService(service), ...setting }))),
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
function inService({ value }: Service): Setting[] {
  const hooks = ['post_start', 'pre_stop', 'pre_start'].flatMap((name) => value.get(name)?.items() ?? []);
  return [value, ...hooks].flatMap((owner) => {
    const field = trueField(owner, 'privileged');
    const fixes = field ? [review('Remove privileged', remove(field))] : [];
    return field ? { at: field.value, spelling: 'privileged: true', fixes } : [];
  });
}

export const privileged = defineRule({
  id: 'privileged',
  on: privilegedContainer,
  *detect({ platform, name, at, spelling, fixes }) {
    yield {
      at,
      check: platform,
      message: `${capitalized(name)} is privileged (${spelling}). It has every capability, all devices of the host and no seccomp filter, so whoever controls it controls the host. Remove it, and give it the one capability or device it needs.`,
      fixes,
    };
  },
});
