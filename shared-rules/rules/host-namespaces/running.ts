import { containerWorkload } from '../../model/ai/container-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { containerSubject, hostMode, type InspectedContainer } from '../../model/running/inspect.ts';
import type { HostNamespace, HostNamespaceUse } from './use.ts';

/** Docker says `CgroupnsMode` and Podman `CgroupMode`. */
const NAMESPACE_MODES: readonly (readonly [string, HostNamespace])[] = [
  ['PidMode', 'process'],
  ['IpcMode', 'IPC'],
  ['UsernsMode', 'user'],
  ['UTSMode', 'UTS'],
  ['CgroupnsMode', 'cgroup'],
  ['CgroupMode', 'cgroup'],
];

export function containerHostNamespaceUses(container: InspectedContainer, ai: AiContext): HostNamespaceUse[] {
  return NAMESPACE_MODES.flatMap(([key, namespace]) => {
    const mode = hostMode(container, key);
    if (!mode) return [];
    return {
      ...mode,
      subject: containerSubject(container),
      namespace,
      fromDefault: false,
      fixes: [],
      workload: () => containerWorkload(container, ai),
    };
  });
}
