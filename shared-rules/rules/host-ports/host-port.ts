import { isSystemNamespace } from '../../model/kubernetes/node-components.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostPortUse } from './views.ts';

export const hostPort = defineRule({
  id: 'host-port',
  on: hostPortUse,
  *detect({ subject, at, hostPort, isOnHostNetwork, isLoopback, removal, toLoopback }) {
    // On the node's network the API server fills in host ports; another rule is about that.
    if (isOnHostNetwork || isLoopback) return;
    const isNodeComponent = subject.kind === 'DaemonSet' && isSystemNamespace(subject.namespace);
    yield {
      at,
      ...(isNodeComponent && { severity: 'low' }),
      message: `${workloadName(subject)} takes port ${hostPort} of every node it runs on (hostPort). The port is open on all addresses of the node, past any Service, and only one such pod fits on a node. Remove hostPort and use a Service.`,
      fixes: [removal, toLoopback],
    };
  },
});
