import { defineRule } from '../engine/rule.ts';
import { workloadName } from '../source/subject.ts';

export const rolloutPortDeadlock = defineRule({
  id: 'rollout-port-deadlock',
  detect: {
    *pod({ subject, deploymentWait }) {
      const wait = deploymentWait();
      if (!wait) return;
      const [{ number, at }] = wait.ports;
      yield {
        at: wait.setting ?? at,
        message: `A rolling update of ${workloadName(subject)} can wait for ever: maxUnavailable ${wait.setting ? 'comes' : 'by default comes'} to 0 of its pods, so each old pod keeps port ${number} of its node until a new one is ready, and the new one needs a node where that port is free. Set maxSurge to 0 and maxUnavailable to 1, or use the strategy Recreate.`,
        related: wait.ports
          .filter((port) => wait.setting !== undefined || port.at !== at)
          .map((port) => ({ message: `Port ${port.number} of the node`, at: port.at })),
        fixes: wait.fixes,
      };
    },
  },
});
