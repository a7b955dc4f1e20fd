import type { Value } from '../../language/yaml/value.ts';
import { trueField } from '../../model/kubernetes/objects.ts';
import { containerSubject, hostMode, type InspectedContainer } from '../../model/running/inspect.ts';
import type { Setting } from '../fixes.ts';
import { type ContainerSecurity, capabilitiesIn, NOTHING } from './container-security.ts';
import { securityOptions, selinuxOptions } from './kernel-filters.ts';

export function containerSecurityOf(container: InspectedContainer): ContainerSecurity {
  const { hostConfig, name } = container;
  const privileged = trueField(hostConfig, 'Privileged');
  // Docker itself takes the label from a container that shares so much with the host.
  const isUnlabelled = privileged !== undefined || ['PidMode', 'IpcMode'].some((key) => hostMode(container, key));
  return {
    ...NOTHING,
    subject: containerSubject(container),
    platform: 'engine',
    name: `container ${name}`,
    privileged: privileged ? [{ at: privileged.value, spelling: 'Privileged: true', fixes: [] }] : [],
    addedCapabilities: addedCapabilities(hostConfig.get('CapAdd')),
    unconfined: withoutFixes(securityOptions(hostConfig.get('SecurityOpt'))),
    customSelinux: isUnlabelled ? [] : withoutFixes(selinuxOptions(hostConfig.get('SecurityOpt'))),
    unmaskedProc: privileged ? [] : unmaskedProc(hostConfig),
    shares: {
      network: hostMode(container, 'NetworkMode') !== undefined,
      processes: hostMode(container, 'PidMode') !== undefined,
    },
  };
}

/** Podman spells `--cap-add ALL` out; nobody names so many by hand. */
const AS_GOOD_AS_ALL = 20;

function addedCapabilities(list: Value | undefined): ContainerSecurity['addedCapabilities'] {
  const named = capabilitiesIn(list);
  if (!list || named.length < AS_GOOD_AS_ALL) return named;
  return [{ capability: 'ALL', at: list.items()[0] as Value, spelling: 'ALL', fixes: [] }];
}

/**
 * Docker fills in what it hides of `/proc` when it creates a container, so an empty list was asked for. A privileged
 * container has no list, and neither have Podman's.
 */
function unmaskedProc(hostConfig: Value): Setting[] {
  const paths = hostConfig.get('MaskedPaths');
  return paths?.isSequence && paths.items().length === 0 ? [{ at: paths, spelling: 'MaskedPaths: []', fixes: [] }] : [];
}

/** What runs is not edited. */
function withoutFixes<Found extends Setting>(settings: readonly Found[]): Found[] {
  return settings.map((setting) => ({ ...setting, fixes: [] }));
}
