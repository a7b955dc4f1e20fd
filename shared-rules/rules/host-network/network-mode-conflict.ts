import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { commandNetworkSettings, type NetworkSettings, serviceNetworkSettings } from './network-settings.ts';

const networkSettings: View<NetworkSettings> = {
  name: 'networkSettings',
  composeFile: serviceNetworkSettings,
  command: commandNetworkSettings,
};

/** What the engine says when a container that exists is to join the host's network. */
const JOINS_TOO_LATE = 'container must be created in host network mode';

export const networkModeConflict = defineRule({
  id: 'network-mode-conflict',
  on: networkSettings,
  *detect({ subject, settingsOf, refusals, joinedLater }) {
    const name = workloadName(subject);
    if (joinedLater)
      yield {
        at: joinedLater,
        message: `${name} is to join the host's network while it exists (docker network connect host). The engine refuses that ("${JOINS_TOO_LATE}"). Connect it to a network of its own, or create it anew.`,
      };
    for (const { mode: modeName, when, others, refusedBy, refusal } of refusals) {
      const mode = settingsOf(modeName).find(({ text }) => when.test(text));
      if (!mode) continue;
      // A variable that names another mode excludes `networks` all the same.
      const fromDefault = mode.fromDefault && refusedBy === 'The engine';
      for (const other of others.flatMap(settingsOf))
        yield {
          at: other.at,
          message: `${name} sets ${other.name} beside ${mode.spelling}${unlessSet(fromDefault)}. ${refusedBy} refuses the two together ("${refusal}"), so it does not start. Remove one of them.`,
          related: [{ message: 'The other one is here', at: mode.at }],
          fixes: [...other.moves(mode.text), ...other.removals, ...mode.removals],
        };
    }
  },
});
