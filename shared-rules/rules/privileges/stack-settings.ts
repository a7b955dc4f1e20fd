import { remove } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import type { ComposeFile } from '../../model/compose/compose.ts';
import { type Subject, serviceSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';

/** A setting about isolation in a file for `docker stack deploy`, which leaves it out. */
export interface StackSetting {
  readonly subject: Subject;
  readonly field: Field;
  readonly removal: Fix;
}

/** `docker-stack.yml`, `app.stack.yml`, `compose-swarm.yaml`; not `elk-stack.yml`, which says what is in it. */
const STACK_NAME =
  /(?:^|[\\/])(?:(?:docker-)?stack(?:[.-][^\\/]*)?|[^\\/]*\.stack|(?:[^\\/]*[._-])?swarm(?:[._-][^\\/]*)?)\.ya?ml$/i;

/**
 * From `UnsupportedProperties` of the command line's reader of Compose files (docker/cli, cli/compose/types), those
 * that are about isolation. The others are about building, names and restarts.
 */
const IGNORED = new Set(['network_mode', 'pid', 'ipc', 'userns_mode', 'privileged', 'devices', 'security_opt']);

/** Whether a file's name says that it is for `docker stack deploy`. */
export function isForStack({ path }: ComposeFile): boolean {
  return STACK_NAME.test(path);
}

/** The settings about isolation that a stack ignores, if the file's name says that it is one. */
export function stackSettings(file: ComposeFile): StackSetting[] {
  if (!isForStack(file)) return [];
  return file.services.flatMap((service) =>
    service.value.fields().flatMap((field) => {
      if (!IGNORED.has(field.name) || field.value.isNull || field.value.boolean === false) return [];
      const removal: Fix = { title: `Remove ${field.name}`, safety: 'review', changes: [remove(field)] };
      return { subject: serviceSubject(service), field, removal };
    }),
  );
}
