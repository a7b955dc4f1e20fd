import type { Pod } from './objects.ts';

/** Where node-level components run, which serve every node by design. */
const SYSTEM_NAMESPACE =
  /^(?:kube-system|kube-node-lease|metallb-system|ingress-nginx|calico-system|tigera-operator|cilium.*|openshift-.*)$/;

/** Whether a namespace belongs to the cluster's own components. */
export function isSystemNamespace(namespace: string | undefined): boolean {
  return SYSTEM_NAMESPACE.test(namespace ?? '');
}

/** Whether a pod is a component that its node or cluster cannot do without, and starts before others. */
export function isNodeComponent({ object, spec }: Pod): boolean {
  const priority = spec.get('priorityClassName')?.text ?? '';
  return isSystemNamespace(object.namespace) || /^system-(?:node|cluster)-critical$/.test(priority);
}
