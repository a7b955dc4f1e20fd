import { type ContainerCommand, optionsOf } from '../../model/commands/container-command.ts';
import { removalFixes } from '../fixes.ts';
import { COMMAND_REFUSALS, JOINS_TOO_LATE, type NetworkConflict } from './network-conflicts.ts';

/** What Docker refuses; other engines refuse other things. */
export function commandNetworkConflicts(command: ContainerCommand): NetworkConflict[] {
  if (command.isDocker && command.verb === 'connect') return joinsTooLate(command);
  if (!command.isDocker || command.verb !== 'run') return [];
  return COMMAND_REFUSALS.flatMap(({ mode: name, when, others, refusedBy, refusal }) => {
    const mode = optionsOf(command, name).find(({ value }) => when.test(value ?? ''));
    if (!mode) return [];
    return others
      .flatMap((other) => optionsOf(command, other))
      .map((other) => ({
        subject: command.subject,
        mode: { name: `--${name}`, at: mode.at },
        spelling: mode.spelling,
        fromDefault: false,
        other: { name: `--${other.name}`, at: other.at },
        refusedBy,
        refusal,
        fixes: [other, mode].flatMap((option) => removalFixes(option, `Remove ${option.spelling}`)),
      }));
  });
}

/** `docker network connect host CONTAINER`. */
function joinsTooLate({ subject, image: network }: ContainerCommand): NetworkConflict[] {
  if (network?.text !== 'host') return [];
  const mode = { name: 'docker network connect', at: network.at };
  const spelling = 'docker network connect host';
  const refused = { refusedBy: 'The engine', refusal: JOINS_TOO_LATE } as const;
  return [{ subject, mode, spelling, fromDefault: false, other: undefined, ...refused, fixes: [] }];
}
