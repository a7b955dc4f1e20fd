import { workloadName } from '../../model/wording.ts';
import { defineRule, type Fix } from '../api.ts';
import { hostNetworkUse } from './views.ts';

export const publishedPortsIgnored = defineRule({
  id: 'published-ports-ignored',
  on: hostNetworkUse,
  *detect({ subject, at, spelling, fromDefault, ignoredPorts, fixes }) {
    if (!ignoredPorts) return;
    const condition = fromDefault ? ' as long as the variable keeps its default' : '';
    yield {
      at: ignoredPorts.at,
      message: `${workloadName(subject)} publishes ports and shares the host's network (${spelling}), so the engine discards these ports${condition}. The container listens on the host directly, on whatever ports its program opens. Remove the ports, or leave the host's network and keep them.`,
      related: [{ message: "Joins the host's network here", at }],
      fixes: [...removalOf(ignoredPorts.removal, fromDefault), ...fixes],
    };
  },
});

/** Where a variable decides about host mode, the ports may count one day. */
function removalOf(changes: Fix['changes'], fromDefault: boolean): Fix[] {
  const title = 'Remove the ignored ports';
  return changes.length > 0 ? [{ title, safety: fromDefault ? 'review' : 'safe', changes }] : [];
}
