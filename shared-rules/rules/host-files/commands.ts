import { isKnown, readable } from '../../language/unknown.ts';
import { commandWorkload } from '../../model/ai/command-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { mountOf } from '../../model/commands/command-mounts.ts';
import { type ContainerCommand, type Option, placeInOption } from '../../model/commands/container-command.ts';
import { hostPathOf, isSharedMode } from '../../model/mounts.ts';
import { type HostMount, type SharedMount, toSlave } from './host-mount.ts';

/** The paths of the host that a command mounts. Facts: `docker run`'s `--volume`, `--mount` and `--use-api-socket`. */
export function commandHostMounts(command: ContainerCommand, ai: AiContext): HostMount[] {
  if (command.verb === 'exec') return [];
  return command.options.flatMap((option) => {
    const source = sourceOf(option);
    if (!source) return [];
    const { path, isReadOnly, start } = source;
    return {
      subject: command.subject,
      platform: 'engine',
      at: start === undefined ? option.at : placeInOption(option, path, start),
      exposed: [{ path, isReadOnly }],
      spelling: start === undefined ? option.spelling : readable(path),
      fromDefault: option.fromDefault,
      related: [],
      images: command.image ? [command.image.text] : [],
      removal: {
        what: start === undefined ? option.spelling : `the mount of ${readable(path)}`,
        changes: option.removal,
      },
      toSocketProxy: undefined,
      workload: () => commandWorkload(command, ai),
    };
  });
}

interface OptionPath {
  readonly path: string;
  readonly isReadOnly: boolean;
  /** Where the path begins in the option's value; undefined where something else is written. */
  readonly start: number | undefined;
}

function sourceOf(option: Option): OptionPath | undefined {
  const { name, value, isImplied } = option;
  if (name === 'use-api-socket' && value !== 'false')
    return { path: '/var/run/docker.sock', isReadOnly: false, start: undefined };
  const mount = mountOf(option);
  const path = mount && hostPathOf(mount);
  if (!path) return undefined;
  return { path: path.text, isReadOnly: mount.isReadOnly, start: isImplied ? undefined : path.start };
}

export function commandSharedMounts(command: ContainerCommand): SharedMount[] {
  return command.options.flatMap((option) => {
    const mount = mountOf(option);
    const source = mount && hostPathOf(mount)?.text;
    const propagation = mount?.propagation;
    if (!source || !propagation || !isSharedMode(propagation.text)) return [];
    return {
      subject: command.subject,
      platform: 'engine',
      at: option.at,
      spelling: propagation.text,
      source: isKnown(source) ? source : undefined,
      oneWay: toSlave(propagation.text, (mode) => option.withPart(propagation, mode)),
    };
  });
}
