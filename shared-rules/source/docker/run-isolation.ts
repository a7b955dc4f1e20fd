import type { AiContext } from '../ai/overrides.ts';
import { type ContainerSecurity, capabilityName, NOTHING } from '../container-security.ts';
import { type HostMount, NO_VOLUME } from '../host-mount.ts';
import { readSecurityOption } from '../kernel-filters.ts';
import { UNKNOWN_CHARACTER } from '../value.ts';
import { type ContainerCommand, type Option, removalFixes } from './container-command.ts';
import { commandWorkload } from './run-network.ts';

/** The paths of the host that a command mounts. Facts: `docker run`'s `--volume`, `--mount` and `--use-api-socket`. */
export function commandHostMounts(command: ContainerCommand, ai: AiContext): HostMount[] {
  if (command.verb === 'exec') return [];
  return command.options.flatMap((option) => {
    const mount = mountOf(option);
    if (!mount || mount.source.includes(UNKNOWN_CHARACTER)) return [];
    const { source, isReadOnly, spelling } = mount;
    return {
      subject: command.subject,
      at: { range: spelling === source ? option.rangeOf(source) : option.at.range, path: option.at.path },
      exposed: [{ path: source, isReadOnly }],
      spelling,
      fromDefault: false,
      related: [],
      images: command.image ? [command.image.text] : [],
      fixes: removalFixes(option, `Remove ${spelling === source ? `the mount of ${source}` : spelling}`),
      proxyFix: undefined,
      ...NO_VOLUME,
      workload: () => commandWorkload(command, ai),
    };
  });
}

interface Mount {
  readonly source: string;
  readonly isReadOnly: boolean;
  /** As it is written: the source, or what stands for it. */
  readonly spelling: string;
}

function mountOf({ name, value = '', spelling }: Option): Mount | undefined {
  if (name === 'use-api-socket') {
    return value === 'false' ? undefined : { source: '/var/run/docker.sock', isReadOnly: false, spelling };
  }
  if (name === 'volume') {
    const source = /^((?:[a-zA-Z]:(?=[\\/]))?[^:]*):/.exec(value)?.[1];
    if (!source || !/^[.~/\\]|^[a-zA-Z]:/.test(source)) return undefined;
    const isOwnText = spelling.includes(source);
    return { source, isReadOnly: /:(?:[^:]*,)?ro(?:,[^:]*)?$/.test(value), spelling: isOwnText ? source : spelling };
  }
  if (name !== 'mount') return undefined;
  const fields = new Map(value.split(',').map((field) => [field.split('=')[0], field.slice(field.indexOf('=') + 1)]));
  const isBound = /^(?:bind|npipe)$/.test(fields.get('type') ?? '');
  // A volume of the local driver that is bound to a path is a mount of that path.
  const device = /(?:^|,)volume-opt=device=([^,]+)/.exec(value)?.[1];
  const source = isBound ? (fields.get('source') ?? fields.get('src')) : device;
  if (!source) return undefined;
  const readOnly = ['readonly', 'ro'].map((key) => fields.get(key)).find((text) => text !== undefined);
  return { source, isReadOnly: readOnly !== undefined && readOnly !== 'false', spelling: source };
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
