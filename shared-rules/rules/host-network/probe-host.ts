import { remove } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import { isOnHostNetwork } from '../../model/kubernetes/pod-switches.ts';
import { ownerName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { pod } from '../base-views.ts';
import { ACTIONS_WITH_HOST, PROBES } from './probe-fields.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d+){3}|\[?::1\]?)$/i;

export const probeHost = defineRule({
  id: 'probe-host',
  on: pod,
  *detect({ subject, pod }) {
    const isOn = isOnHostNetwork(pod);
    for (const { handler, host, field } of probeHosts(pod)) {
      const isLoopback = LOOPBACK.test(host);
      yield {
        at: field.value,
        ...(isLoopback && isOn === false && { severity: 'medium' }),
        message: `The ${handler} of ${ownerName(subject)} goes to ${host}. ${consequence(isLoopback, isOn)} Pod Security Baseline forbids it from Kubernetes 1.34. Remove host.`,
        fixes: [{ title: 'Remove host', safety: 'review', changes: [remove(field)] }],
      };
    }
  },
});

/** A probe or lifecycle hook that the kubelet sends to a host of the manifest's choosing. */
interface ProbeHost {
  /** Such as `livenessProbe` or `lifecycle.preStop`. */
  readonly handler: string;
  readonly host: string;
  readonly field: Field;
}

const HOOKS = [
  ['lifecycle', 'postStart'],
  ['lifecycle', 'preStop'],
] as const;

function probeHosts({ containers }: Pod): ProbeHost[] {
  return containers.flatMap(({ value }) =>
    [...PROBES, ...HOOKS].flatMap((path) =>
      ACTIONS_WITH_HOST.flatMap((action) => {
        const field = value.at(...path, action)?.field('host');
        // An empty host means the pod's own address.
        const host = field?.value.isNull ? '' : field?.value.text;
        return field && host ? { handler: path.join('.'), host, field } : [];
      }),
    ),
  );
}

function consequence(isLoopback: boolean, isOnHostNetwork: boolean | undefined): string {
  if (!isLoopback)
    return 'The kubelet sends it from the node, past any NetworkPolicy, and it says nothing about this pod.';
  if (isOnHostNetwork === false)
    return 'The kubelet sends it, so that is the loopback of the node and not of the pod: it tests whatever listens there.';
  return 'That is the loopback of the node, where any process of the node may answer.';
}
