import { containerWorkload } from './ai/container-traits.ts';
import type { AiContext } from './ai/overrides.ts';
import { type ContainerSecurity, capabilitiesIn, NOTHING } from './container-security.ts';
import { type HostMount, NO_VOLUME } from './host-mount.ts';
import type { HostNamespace, HostNamespaceUse } from './host-namespaces.ts';
import { type HostNetworkUse, NO_NEED } from './host-network.ts';
import { containerSubject, hostMode, type InspectedContainer } from './inspect.ts';
import { securityOptions, selinuxOptions } from './kernel-filters.ts';
import { trueField } from './kubernetes.ts';
import type { PublishedPort } from './published-ports.ts';
import { normalizeHostPath } from './runtime-sockets.ts';
import type { Setting } from './setting.ts';
import { keyPlace, type Value } from './value.ts';

/** The views of containers as their engine describes them. Nothing here has a fix: what runs is not edited. */

export function containerHostNetworkUses(container: InspectedContainer, ai: AiContext): HostNetworkUse[] {
  const mode = hostMode(container, 'NetworkMode');
  if (!mode) return [];
  const ports = container.hostConfig.field('PortBindings');
  return [
    {
      ...mode,
      subject: containerSubject(container),
      platform: 'engine',
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

/**
 * What a container was told to publish, and what the engine chose to: with `PublishAllPorts` that stands in the network
 * settings alone. The ports of a container on the host's network are discarded and not listed.
 */
export function containerPublishedPorts(container: InspectedContainer, ai: AiContext): PublishedPort[] {
  if (hostMode(container, 'NetworkMode')) return [];
  const { hostConfig, value } = container;
  const chosen = hostConfig.get('PublishAllPorts')?.boolean ? value.at('NetworkSettings', 'Ports') : undefined;
  const ports = new Map([chosen, hostConfig.get('PortBindings')].flatMap(portsIn));
  return [...ports].flatMap(([port, bindings]) =>
    withoutTwins(bindings.items()).map((binding) => {
      const host = binding.get('HostPort');
      return {
        subject: containerSubject(container),
        at: host ?? binding,
        spelling: [host?.text, port].filter(Boolean).join(':'),
        address: binding.get('HostIp')?.text || undefined,
        toLoopback: [],
        workload: () => containerWorkload(container, ai),
      };
    }),
  );
}

/** Docker binds a port without an address twice, by IPv4 and IPv6. */
function withoutTwins(bindings: readonly Value[]): Value[] {
  const isOn = (binding: Value, address: string, port: string | undefined) =>
    binding.get('HostIp')?.text === address && binding.get('HostPort')?.text === port;
  return bindings.filter((binding) => {
    const port = binding.get('HostPort')?.text;
    return !isOn(binding, '::', port) || !bindings.some((other) => isOn(other, '0.0.0.0', port));
  });
}

/** The bindings of each port of the container, such as `80/tcp`. */
function portsIn(map: Value | undefined): [string, Value][] {
  return (map?.fields() ?? []).map(({ name, value }) => [name, value]);
}

/** Paths of the host, each once: `Mounts` tells what is mounted, `Binds` and `HostConfig.Mounts` what was asked for. */
export function containerHostMounts(container: InspectedContainer, ai: AiContext): HostMount[] {
  const { value, hostConfig } = container;
  const found = new Map<string, { at: Value; path: string; isReadOnly: boolean }>();
  const add = (at: Value | undefined, path: string | undefined, isReadOnly: boolean) => {
    if (!at || !path || found.has(normalizeHostPath(path))) return;
    found.set(normalizeHostPath(path), { at, path, isReadOnly });
  };
  for (const mount of value.get('Mounts')?.items() ?? [])
    if (isOfHost(mount)) add(mount.get('Source'), mount.get('Source')?.text, mount.get('RW')?.boolean === false);
  for (const bind of hostConfig.get('Binds')?.items() ?? []) {
    const [, path, options] = BIND.exec(bind.text ?? '') ?? [];
    add(bind, path, /(?:^|,)ro(?:,|$)/.test(options ?? ''));
  }
  for (const mount of hostConfig.get('Mounts')?.items() ?? [])
    if (isOfHost(mount)) add(mount.get('Source'), mount.get('Source')?.text, mount.get('ReadOnly')?.boolean === true);
  const images = [value.at('Config', 'Image')?.text ?? []].flat();
  return [...found.values()].map(({ at, path, isReadOnly }) => ({
    subject: containerSubject(container),
    at,
    exposed: [{ path, isReadOnly }],
    spelling: path,
    fromDefault: false,
    related: [],
    images,
    fixes: [],
    proxyFix: undefined,
    ...NO_VOLUME,
    workload: () => containerWorkload(container, ai),
  }));
}

/** `SOURCE:TARGET[:OPTIONS]` with a path for its source; both may begin with a drive of Windows. */
const BIND = /^((?:[a-zA-Z]:)?[\\/][^:]*):(?:[a-zA-Z]:)?[^:]*(?::(.*))?$/;

function isOfHost(mount: Value): boolean {
  return ['bind', 'npipe'].includes(mount.get('Type')?.text ?? '');
}

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
