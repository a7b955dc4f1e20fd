import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { commandWorkload } from '../../model/ai/command-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import type { ContainerCommand, Option } from '../../model/commands/container-command.ts';
import { removalFixes } from '../fixes.ts';
import { type HostMount, NO_VOLUME } from './host-mount.ts';

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
