import { mountOf } from '../model/commands/command-mounts.ts';
import { type ContainerCommand, isHost, joinedPod, optionsOf } from '../model/commands/container-command.ts';
import type { ScriptFile } from '../model/files/script-file.ts';
import { imageRepository } from '../model/image.ts';
import { imagePort, mayConfigure } from '../model/image-ports.ts';
import { oneAddress, portsIn, readPortMapping } from '../model/ports.ts';
import { type HeldPort, type PortUse, toHeldPort } from './port-claims.ts';

/** Ends containers that others may take the place of. */
const ENDS =
  /\b(?:docker|podman|nerdctl)\s+(?:container\s+)?(?:stop|rm|kill)\b|\bcompose\b(?:(?!\bcompose\b).)*\bdown\b/;

/**
 * The ports of the host that containers take which are started one beside the other: by the units of a folder, in a
 * script that ends none of them, and in one block of a document. Recipes, jobs and build steps run apart.
 */
export function commandPortClaims(script: ScriptFile): HeldPort[] {
  switch (script.kind) {
    case 'unit':
      return script.commands.flatMap((command) => claimsOf(command, 'units'));
    case 'shell':
      return ENDS.test(script.lines.map(({ words }) => words.map(({ text }) => text).join(' ')).join('\n'))
        ? []
        : script.commands.filter(staysUp).flatMap((command) => claimsOf(command, 'scripts'));
    case 'markdown':
    case 'mdx':
    case 'rst':
      return script.commands
        .filter((command) => optionsOf(command, 'rm').length === 0 && !command.mayNotRun)
        .flatMap((command) => claimsOf(command, `block at ${command.scriptStart}`));
    default:
      return [];
  }
}

/** Whether a command goes on while the next one runs, and is sure to be run. */
function staysUp(command: ContainerCommand): boolean {
  return !command.mayNotRun && ['detach', 'restart'].some((name) => optionsOf(command, name).length > 0);
}

/** @param group what runs on one host at one time; commands of others do not meet */
function claimsOf(command: ContainerCommand, group: string): HeldPort[] {
  const isPod = command.subject.kind === 'pod';
  if (command.verb !== 'run' || (!command.image && !isPod) || joinedPod(command)) return [];
  const image = command.image && imageRepository(command.image.text);
  const isOnHost = optionsOf(command, 'network').some(isHost);
  return (isOnHost && image !== undefined ? listensOn(command, image) : isOnHost ? [] : publishes(command)).map(
    (found) =>
      toHeldPort(command.subject, 'engine', {
        ...found,
        address: oneAddress(found.address),
        placement: { nodes: {}, conditions: group, keepsApart: false, profiles: [] },
        // The same image in two files is the same program, started in two ways.
        likeness: { services: [], image, labels: image === undefined ? {} : { image } },
      }),
  );
}

function publishes(command: ContainerCommand): PortUse[] {
  return optionsOf(command, 'publish').flatMap(({ value, at, fromDefault }) => {
    const mapping = readPortMapping(value ?? '');
    return mapping ? mapping.published.map((port) => ({ ...mapping, at, port, fromDefault })) : [];
  });
}

/** What a container on the host's network is told to listen on; else what its image is known for. */
function listensOn(command: ContainerCommand, repository: string): PortUse[] {
  const entries = [...optionsOf(command, 'expose'), ...optionsOf(command, 'publish')];
  const variables = optionsOf(command, 'env').map(({ value, at, fromDefault }) => ({
    text: value ?? '',
    at,
    fromDefault,
  }));
  const given = [
    ...entries.flatMap(({ value, at, fromDefault }) => {
      const mapping = readPortMapping(value ?? '');
      return (mapping?.targets ?? []).map((port) => ({ port, protocol: mapping?.protocol ?? 'TCP', at, fromDefault }));
    }),
    ...variables.flatMap(({ text, at, fromDefault }) =>
      portsIn(/^PORT=(\d+)$/.exec(text)?.[1] ?? '').map((port) => ({ port, protocol: 'TCP', at, fromDefault })),
    ),
  ];
  if (given.length > 0) return given.map((one) => ({ ...one, address: undefined }));
  const isConfigured =
    command.args.length > 0 ||
    ['entrypoint', 'env-file', 'mount'].some((name) => optionsOf(command, name).length > 0) ||
    optionsOf(command, 'volume').some((option) => mayConfigure(mountOf(option)?.target?.text));
  const names = variables.map(({ text }) => text.split('=')[0] ?? '');
  const port = imagePort({ repository, isConfigured, variables: names });
  return command.image && port
    ? [{ at: command.image.at, port, protocol: 'TCP', address: undefined, fromDefault: false }]
    : [];
}
