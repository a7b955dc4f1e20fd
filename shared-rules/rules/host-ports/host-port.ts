import { isSystemNamespace } from '../../model/kubernetes/node-components.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { removeHostPort, toNodeLoopback } from './fixes.ts';
import { openHostPort } from './views.ts';

export const hostPort = defineRule({
  id: 'host-port',
  on: openHostPort,
  *detect(port) {
    const { subject, field, hostPort } = port;
    const isNodeComponent = subject.kind === 'DaemonSet' && isSystemNamespace(subject.namespace);
    yield {
      at: field.value,
      ...(isNodeComponent && { severity: 'low' }),
      message: `${workloadName(subject)} takes port ${hostPort} of every node it runs on (hostPort). The port is open on all addresses of the node, past any Service, and only one such pod fits on a node. Remove hostPort and use a Service.`,
      fixes: [removeHostPort(port), toNodeLoopback(port)],
    };
  },
});
