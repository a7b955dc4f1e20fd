import type { Change } from '../../language/change.ts';
import { append, put } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import { type Service, serviceField } from '../../model/compose/compose.ts';

/** It answers the read-only part of Docker's API that its environment names, on port 2375. */
const IMAGE = 'tecnativa/docker-socket-proxy:0.3.0';
export const PROXY_NAME = 'docker-socket-proxy';

/**
 * Puts a proxy between a Compose service and Docker's socket: a new service that has the socket and lets through what
 * is needed to list containers, and `DOCKER_HOST` in the old one. Undefined where the two could not talk: outside of
 * the project's networks, or where the name or the variable is taken.
 * @param removal takes the socket from the service
 * @param socket the host's path of the socket
 */
export function toSocketProxy(service: Service, removal: readonly Change[], socket: string): Change[] | undefined {
  const { file, value } = service;
  const services = file.root.get('services');
  const networks = networkNames(value.get('networks'));
  if (!services || serviceField(service, 'network_mode') || !networks || services.field(PROXY_NAME)) return undefined;
  const variable = dockerHost(value);
  if (!variable) return undefined;
  const proxy = {
    image: IMAGE,
    environment: { CONTAINERS: 1 },
    volumes: [`${socket}:/var/run/docker.sock:ro`],
    ...(networks.length > 0 && { networks }),
  };
  return [...removal, variable, put(services, [PROXY_NAME], proxy)];
}

/** The networks a service joins; empty for the default one, undefined where they are not known. */
function networkNames(networks: Value | undefined): string[] | undefined {
  const names = networks?.isSequence
    ? networks.items().map((item) => item.text)
    : (networks?.fields() ?? []).map(({ name }) => name);
  return names.includes(undefined) ? undefined : (names as string[]);
}

function dockerHost(service: Value): Change | undefined {
  const address = `tcp://${PROXY_NAME}:2375`;
  const environment = service.get('environment');
  if (!environment?.isSequence)
    return environment?.field('DOCKER_HOST') ? undefined : put(service, ['environment', 'DOCKER_HOST'], address);
  const isTaken = environment.items().some((item) => item.rawText?.startsWith('DOCKER_HOST='));
  return isTaken ? undefined : append(environment, `DOCKER_HOST=${address}`);
}
