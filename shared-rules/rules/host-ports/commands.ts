import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { commandWorkload } from '../../model/ai/command-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { type ContainerCommand, isHost, type Option, optionsOf } from '../../model/commands/container-command.ts';
import { readPortMapping } from '../../model/ports.ts';
import type { Subject } from '../../model/workload.ts';
import type { PublishedPort } from './published-ports.ts';

/** The ports a command publishes; those of a container on the host's network are discarded and not listed. */
export function commandPublishedPorts(command: ContainerCommand, ai: AiContext): PublishedPort[] {
  const isStarted = command.verb === 'run' || command.verb === 'compose';
  if (!isStarted || optionsOf(command, 'network').some(isHost)) return [];
  return optionsOf(command, 'publish').flatMap((option) => {
    const port = readPort(command.subject, option);
    return port ? { ...port, workload: () => commandWorkload(command, ai) } : [];
  });
}

function readPort(subject: Subject, option: Option): Omit<PublishedPort, 'workload'> | undefined {
  const value = option.value ?? '';
  const isLong = value.includes('=');
  const mapping = isLong ? undefined : readPortMapping(value);
  if (isLong || !mapping || value.includes(UNKNOWN_CHARACTER)) return undefined;
  const prefix = value.includes(':') ? '127.0.0.1:' : '127.0.0.1::';
  const toLoopback = option.withValue(prefix + value);
  return { subject, at: option.at, spelling: value, address: mapping.address, toLoopback };
}
