import { commandWorkload } from '../../model/ai/command-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { type ContainerCommand, optionsOf, starts } from '../../model/commands/container-command.ts';
import { reviewIfPossible } from '../fixes.ts';
import type { HostNamespace, HostNamespaceUse } from './use.ts';

const NAMESPACES: readonly (readonly [string, HostNamespace])[] = [
  ['pid', 'process'],
  ['ipc', 'IPC'],
  ['userns', 'user'],
  ['uts', 'UTS'],
  ['cgroupns', 'cgroup'],
];

export function commandHostNamespaceUses(command: ContainerCommand, ai: AiContext): HostNamespaceUse[] {
  if (!starts(command)) return [];
  return NAMESPACES.flatMap(([name, namespace]) =>
    optionsOf(command, name)
      .filter(({ value }) => value === 'host')
      .map((option) => ({
        subject: command.subject,
        namespace,
        at: option.at,
        spelling: option.spelling,
        fromDefault: false,
        fixes: [
          ...reviewIfPossible(`Remove ${option.spelling}`, option.removal),
          ...(namespace === 'IPC' && optionsOf(command, 'shm-size').length === 0
            ? reviewIfPossible(`Replace ${option.spelling} by --shm-size=1g`, option.replacedBy(['--shm-size=1g']))
            : []),
        ],
        workload: () => commandWorkload(command, ai),
      })),
  );
}
