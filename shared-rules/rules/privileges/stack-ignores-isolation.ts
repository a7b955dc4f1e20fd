import { remove } from '../../language/yaml/change.ts';
import { keyPlace, type Value } from '../../language/yaml/value.ts';
import { composeBoolean } from '../../model/compose/booleans.ts';
import { isForStack } from '../../model/compose/stack.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { composeService } from '../base-views.ts';
import { review } from '../fixes.ts';

/**
 * From `UnsupportedProperties` of the command line's reader of Compose files (docker/cli, cli/compose/types), those
 * that are about isolation. The others are about building, names and restarts.
 */
const IGNORED = new Set(['network_mode', 'pid', 'ipc', 'userns_mode', 'privileged', 'devices', 'security_opt']);

/** What else there is to know about a setting. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['network_mode', " A stack joins the host's network through an external network that is called host."],
  ['security_opt', ' Profiles and no-new-privileges that it names do not protect the service.'],
]);

export const stackIgnoresIsolation = defineRule({
  id: 'stack-ignores-isolation',
  on: composeService,
  *detect({ subject, service }) {
    if (!isForStack(service.file)) return;
    for (const field of service.value.fields()) {
      if (!IGNORED.has(field.name) || asksForNothing(field.value)) continue;
      yield {
        at: keyPlace(field),
        message: `${workloadName(subject)} sets ${field.name}, which docker stack deploy ignores: in a stack it runs without it.${HINTS.get(field.name) ?? ''} Remove it, or deploy the file with Compose.`,
        fixes: [review(`Remove ${field.name}`, remove(field))],
      };
    }
  },
});

function asksForNothing(value: Value): boolean {
  return value.isNull || composeBoolean(value)?.value === false;
}
