import { keyPlace } from '../../language/yaml/value.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { stackSetting } from './views.ts';

/** What else there is to know about a setting. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ['network_mode', " A stack joins the host's network through an external network that is called host."],
  ['security_opt', ' Profiles and no-new-privileges that it names do not protect the service.'],
]);

export const stackIgnoresIsolation = defineRule({
  id: 'stack-ignores-isolation',
  on: stackSetting,
  *detect({ subject, field, removal }) {
    yield {
      at: keyPlace(field),
      message: `${workloadName(subject)} sets ${field.name}, which docker stack deploy ignores: in a stack it runs without it.${HINTS.get(field.name) ?? ''} Remove it, or deploy the file with Compose.`,
      fixes: [removal],
    };
  },
});
