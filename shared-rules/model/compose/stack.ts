import type { ComposeFile } from './compose.ts';

/** `docker-stack.yml`, `app.stack.yml`, `compose-swarm.yaml`; not `elk-stack.yml`, which says what is in it. */
const STACK_NAME =
  /(?:^|[\\/])(?:(?:docker-)?stack(?:[.-][^\\/]*)?|[^\\/]*\.stack|(?:[^\\/]*[._-])?swarm(?:[._-][^\\/]*)?)\.ya?ml$/i;

/** Whether a file's name says that it is for `docker stack deploy`. */
export function isForStack({ path }: ComposeFile): boolean {
  return STACK_NAME.test(path);
}
