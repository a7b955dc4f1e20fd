import { UNKNOWN_CHARACTER } from '../language/unknown.ts';

/**
 * The port on which the program of an official image listens when nobody tells it otherwise, and the variables that tell
 * it otherwise. After the images' own documentation.
 */
interface ImagePort {
  readonly port: number;
  readonly variables: readonly string[];
}

const plain = (port: number, ...variables: string[]): ImagePort => ({ port, variables });

/** By repository, without Docker Hub's own prefixes. */
const IMAGE_PORTS: Readonly<Record<string, ImagePort>> = {
  nginx: plain(80),
  httpd: plain(80),
  postgres: plain(5432, 'PGPORT'),
  mysql: plain(3306, 'MYSQL_TCP_PORT'),
  mariadb: plain(3306, 'MYSQL_TCP_PORT'),
  redis: plain(6379),
  'valkey/valkey': plain(6379),
  mongo: plain(27017),
  memcached: plain(11211),
  rabbitmq: plain(5672, 'RABBITMQ_NODE_PORT'),
  registry: plain(5000, 'REGISTRY_HTTP_ADDR'),
  'grafana/grafana': plain(3000, 'GF_SERVER_HTTP_PORT'),
  'prom/prometheus': plain(9090),
  'prom/node-exporter': plain(9100),
  'ollama/ollama': plain(11434, 'OLLAMA_HOST'),
};

/** What is said about a container beside its image. */
export interface ContainerSetup {
  readonly repository: string | undefined;
  /** Whether it has a command, configuration or variables from a file, which may say another port. */
  readonly isConfigured: boolean;
  readonly variables: readonly string[];
}

/** The port an image's program listens on, where nothing may have told it another one. */
export function imagePort({ repository, isConfigured, variables }: ContainerSetup): number | undefined {
  const name = repository?.replace(/^(?:docker\.io\/|index\.docker\.io\/)?(?:library\/)?/, '') ?? '';
  const known = isConfigured || !Object.hasOwn(IMAGE_PORTS, name) ? undefined : IMAGE_PORTS[name];
  return known?.variables.some((variable) => variables.includes(variable)) ? undefined : known?.port;
}

/** Whether something mounted there may be a program's configuration; undefined and UNKNOWN_CHARACTER are not known. */
export function mayConfigure(mountPath: string | undefined): boolean {
  return (
    mountPath === undefined ||
    mountPath.includes(UNKNOWN_CHARACTER) ||
    /^\/(?:etc|usr\/local\/(?:etc|apache2\/conf))(?:\/|$)|\.(?:conf|cnf|ya?ml|ini|json)$/.test(mountPath)
  );
}
