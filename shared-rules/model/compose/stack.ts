import type { ComposeFile } from './compose.ts';

/** `docker-stack.yml`, `app.stack.yml`, `compose-swarm.yaml`; not `elk-stack.yml`, which says what is in it. */
const STACK_NAME = /^(?:docker-)?stack(?:[.-]|$)|\.stack$|(?:^|[._-])swarm(?:[._-]|$)/i;

/** Whether a file's name says that it is for `docker stack deploy`. */
export function isForStack({ path }: ComposeFile): boolean {
  const [name = '', extension] = path
    .slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
    .split(/(\.ya?ml)$/i);
  return extension !== undefined && STACK_NAME.test(name);
}
