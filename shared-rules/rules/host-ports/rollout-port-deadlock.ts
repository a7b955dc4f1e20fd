import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from '../host-network/views.ts';

export const rolloutPortDeadlock = defineRule({
  id: 'rollout-port-deadlock',
  on: podNamespaces,
  *detect({ subject, deploymentWait }) {
    const wait = deploymentWait();
    if (!wait) return;
    const [{ number }] = wait.ports;
    yield {
      at: wait.at,
      message: `A rolling update of ${workloadName(subject)} can wait for ever: maxUnavailable ${wait.isDefault ? 'by default comes' : 'comes'} to 0 of its pods, so each old pod keeps port ${number} of its node until a new one is ready, and the new one needs a node where that port is free. Set maxSurge to 0 and maxUnavailable to 1, or use the strategy Recreate.`,
      related: wait.ports.map((port) => ({ message: `Port ${port.number} of the node`, at: port.at })),
      fixes: wait.fixes,
    };
  },
});
