/** A setting of the network or the host name, and others that it excludes. */
export interface Refusal {
  readonly mode: 'network_mode' | 'network' | 'uts' | 'pod';
  /** The values of the mode that exclude the others. */
  readonly when: RegExp;
  readonly others: readonly string[];
  readonly refusedBy: 'Compose' | 'The engine' | 'Podman';
  /** What it says then, or the part of it that stays the same. */
  readonly refusal: string;
}

function engine(mode: Refusal['mode'], when: RegExp, others: readonly string[], refusal: string): Refusal {
  return { mode, when, others, refusedBy: 'The engine', refusal: `conflicting options: ${refusal}` };
}

const OF_ANOTHER = /^(?:service|container):/;
const LINKS = ['links', 'external_links'];

/** By the keys of a service. From compose-go's `checkConsistency`, and `validateNetMode` of the engine's runconfig. */
export const SERVICE_REFUSALS: readonly Refusal[] = [
  {
    mode: 'network_mode',
    when: /./,
    others: ['networks'],
    refusedBy: 'Compose',
    refusal: 'declares mutually exclusive `network_mode` and `networks`',
  },
  engine('network_mode', /^host$/, LINKS, "host type networking can't be used with links"),
  engine('network_mode', OF_ANOTHER, LINKS, "container type network can't be used with links"),
  engine('network_mode', OF_ANOTHER, ['hostname'], 'hostname and the network mode'),
  engine('network_mode', OF_ANOTHER, ['dns'], 'dns and the network mode'),
  engine('network_mode', OF_ANOTHER, ['extra_hosts'], 'custom host-to-IP mapping and the network mode'),
  engine('network_mode', OF_ANOTHER, ['ports'], 'port publishing and the container type network mode'),
  engine('network_mode', OF_ANOTHER, ['expose'], 'port exposing and the container type network mode'),
  engine('uts', /^host$/, ['hostname'], 'hostname and the UTS mode'),
];

/** The same for `docker run`, by the names of its flags; and `parseNetworkOpts` of Docker's command line. */
export const COMMAND_REFUSALS: readonly Refusal[] = [
  engine('network', /^host$/, ['link'], "host type networking can't be used with links"),
  engine('network', OF_ANOTHER, ['link'], "container type network can't be used with links"),
  engine('network', OF_ANOTHER, ['hostname'], 'hostname and the network mode'),
  engine('network', OF_ANOTHER, ['dns'], 'dns and the network mode'),
  engine('network', OF_ANOTHER, ['add-host'], 'custom host-to-IP mapping and the network mode'),
  engine('network', OF_ANOTHER, ['publish', 'publish-all'], 'port publishing and the container type network mode'),
  engine('network', OF_ANOTHER, ['expose'], 'port exposing and the container type network mode'),
  engine('uts', /^host$/, ['hostname'], 'hostname and the UTS mode'),
  {
    mode: 'network',
    when: /^host$/,
    others: ['network-alias'],
    refusedBy: 'The engine',
    refusal: 'network-scoped aliases are only supported for user-defined networks',
  },
];

function podman(others: readonly string[], refusal: string): Refusal {
  return { mode: 'pod', when: /./, others, refusedBy: 'Podman', refusal };
}

/** The same for `podman run` in a pod. From `specGen.Validate` and `namespaceOptions` of Podman, and its end-to-end tests. */
export const POD_REFUSALS: readonly Refusal[] = [
  podman(['publish', 'publish-all', 'add-host'], 'network cannot be configured when it is shared with a pod'),
  podman(['hostname'], 'cannot set hostname when joining the pod UTS namespace'),
];
