import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { pod } from '../base-views.ts';
import { daemonSetWait } from './update-wait.ts';

export const surgeWithHostPort = defineRule({
  id: 'surge-with-host-port',
  on: pod,
  *detect({ subject, pod }) {
    const wait = daemonSetWait(pod);
    if (!wait) return;
    const [{ number }] = wait.ports;
    yield {
      at: wait.at,
      message: `An update of ${workloadName(subject)} never finishes: with maxSurge the new pod of a node starts beside the old one, and both need port ${number} of that node. The new one stays pending, and the old one waits for it. Set maxSurge to 0.`,
      related: wait.ports.map((port) => ({ message: `Port ${port.number} of the node`, at: port.at })),
      fixes: wait.fixes,
    };
  },
});
