import { keyPlace } from '../../language/yaml/value.ts';
import { containerWorkload } from '../../model/ai/container-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { containerSubject, hostMode, type InspectedContainer } from '../../model/running/inspect.ts';
import type { HostNetworkUse } from './host-network-use.ts';
import { NO_NEED } from './need.ts';

/** There is no fix: what runs is not edited. */
export function containerHostNetworkUses(container: InspectedContainer, ai: AiContext): HostNetworkUse[] {
  const mode = hostMode(container, 'NetworkMode');
  if (!mode) return [];
  const ports = container.hostConfig.field('PortBindings');
  return [
    {
      ...mode,
      subject: containerSubject(container),
      check: 'engine',
      fromDefault: false,
      related: [],
      fixes: [],
      offers: () => ({}),
      ignoredPorts: ports && ports.value.fields().length > 0 ? { at: keyPlace(ports), removal: [] } : undefined,
      isDevContainer: false,
      workload: () => containerWorkload(container, ai),
      need: () => NO_NEED,
    },
  ];
}
