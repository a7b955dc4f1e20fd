import { defineRule } from '../engine/rule.ts';
import { workloadName } from '../source/subject.ts';

/** Where node-level components run, which serve a port on every node by design. */
const SYSTEM_NAMESPACE =
  /^(?:kube-system|kube-node-lease|metallb-system|ingress-nginx|calico-system|tigera-operator|cilium.*|openshift-.*)$/;

export const hostPort = defineRule({
  id: 'host-port',
  detect: {
    *hostPort({ subject, at, hostPort, isOnHostNetwork, isLoopback, removal, toLoopback }) {
      // On the node's network the API server fills in host ports; another rule is about that.
      if (isOnHostNetwork || isLoopback) return;
      const isNodeComponent = subject.kind === 'DaemonSet' && SYSTEM_NAMESPACE.test(subject.namespace ?? '');
      yield {
        at,
        ...(isNodeComponent && { severity: 'low' }),
        message: `${workloadName(subject)} takes port ${hostPort} of every node it runs on (hostPort). The port is open on all addresses of the node, past any Service, and only one such pod fits on a node. Remove hostPort and use a Service.`,
        fixes: [removal, toLoopback],
      };
    },
  },
});
