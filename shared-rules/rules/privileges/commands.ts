import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import {
  type ContainerCommand,
  isHost,
  type Option,
  optionsOf,
  starts,
} from '../../model/commands/container-command.ts';
import { removalFixes } from '../fixes.ts';
import { type ContainerSecurity, capabilityName, NOTHING } from './container-security.ts';
import { grantsNewPrivileges, type Hardening } from './hardening.ts';
import { readSecurityOption } from './kernel-filters.ts';
import { describeSysctl, type SysctlUse } from './sysctls.ts';

export function commandHardening(command: ContainerCommand): Hardening[] {
  return optionsOf(command, 'security-opt')
    .filter(({ value }) => grantsNewPrivileges(value ?? ''))
    .map((option) => ({
      subject: command.subject,
      right: 'more privileges',
      name: command.subject.name ? `${command.subject.kind} ${command.subject.name}` : `a ${command.subject.kind}`,
      at: option.at,
      spelling: option.spelling,
      fixes: removalFixes(option, `Remove ${option.spelling}`),
    }));
}

export function commandSysctls(command: ContainerCommand): SysctlUse[] {
  if (!starts(command)) return [];
  const shares = (name: string) => optionsOf(command, name).some(isHost);
  return optionsOf(command, 'sysctl').flatMap((option) => {
    const name = /^([^=\s]+)=/.exec(option.value ?? '')?.[1];
    if (!name) return [];
    const { namespace } = describeSysctl(name);
    const isOnHost = namespace === 'network' ? shares('network') : shares('ipc');
    return {
      subject: command.subject,
      platform: 'engine',
      at: { ...option.at, range: option.rangeOf(name) },
      name,
      namespace,
      reachesHost: namespace !== undefined && isOnHost,
      isSafe: namespace !== undefined,
      fixes: removalFixes(option, `Remove sysctl ${name}`),
    };
  });
}

/** What a command allows a container beyond an ordinary one. */
export function commandContainerSecurity(command: ContainerCommand): ContainerSecurity[] {
  if (command.verb === 'build' || command.verb === 'builder' || command.verb === 'connect') return [];
  const named = (name: string) => command.options.filter((option) => option.name === name);
  const isOn = ({ value }: Option) => value === undefined || value === 'true' || value === '1';
  const holdsHost = (name: string) => named(name).some(({ value }) => value === 'host');
  const settings = named('security-opt').flatMap((option) => {
    const taken = readSecurityOption(option.value ?? '');
    return taken
      ? { taken, at: option.at, spelling: option.spelling, fixes: removalFixes(option, `Remove ${option.spelling}`) }
      : [];
  });
  return [
    {
      ...NOTHING,
      subject: command.subject,
      platform: 'engine',
      name: command.subject.name ? `${command.subject.kind} ${command.subject.name}` : `a ${command.subject.kind}`,
      privileged: named('privileged')
        .filter(isOn)
        .map((option) => ({
          at: option.at,
          spelling: option.spelling,
          fixes: removalFixes(option, `Remove ${option.spelling}`),
        })),
      // Podman takes several, with commas between them.
      addedCapabilities: named('cap-add').flatMap((option) =>
        (option.value ?? '')
          .split(',')
          .filter((capability) => capability !== '' && !capability.includes(UNKNOWN_CHARACTER))
          .map((capability) => ({
            capability: capabilityName(capability),
            at: { ...option.at, range: option.rangeOf(capability) },
            spelling: capability,
            fixes: option.value === capability ? removalFixes(option, `Remove ${option.spelling}`) : [],
          })),
      ),
      unconfined: settings.flatMap(({ taken, ...setting }) =>
        taken === 'seccomp' || taken === 'AppArmor' ? { ...setting, filter: taken } : [],
      ),
      unmaskedProc: settings.filter(({ taken }) => taken === 'masks of /proc'),
      customSelinux: settings.filter(({ taken }) => taken === 'SELinux'),
      shares: { network: holdsHost('network'), processes: holdsHost('pid') },
    },
  ];
}
