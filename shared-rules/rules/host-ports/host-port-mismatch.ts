import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostPortUse } from './views.ts';

export const hostPortMismatch = defineRule({
  id: 'host-port-mismatch',
  on: hostPortUse,
  *detect({ subject, at, hostPort, containerPort, isOnHostNetwork, removal, toContainerPort }) {
    if (!isOnHostNetwork || containerPort === undefined || containerPort === hostPort) return;
    yield {
      at,
      message: `${workloadName(subject)} is on the node's network, where hostPort (${hostPort}) must equal containerPort (${containerPort}): the API server refuses it. Make them equal, or remove hostPort.`,
      fixes: [...(toContainerPort ? [toContainerPort] : []), removal],
    };
  },
});
