import { put } from '../../language/yaml/change.ts';
import { isWritten, lookUp } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { takenPorts } from '../../model/kubernetes/taken-ports.ts';
import { ownerName } from '../../model/wording.ts';
import { defineRule, type Fix } from '../api.ts';
import { pod } from '../base-views.ts';
import { areSure, isRolling, numberIn, type PortWait } from './rolling-update.ts';

export const surgeWithHostPort = defineRule({
  id: 'surge-with-host-port',
  on: pod,
  *detect({ subject, pod }) {
    const wait = daemonSetWait(pod);
    if (!wait) return;
    const [{ number }] = wait.ports;
    const { unavailable } = wait;
    yield {
      at: wait.at,
      message: unavailable
        ? `The API server refuses ${ownerName(subject)}: maxSurge is above 0, and so is maxUnavailable (${unavailable}). Nor does maxSurge work here: the new pod of a node would start beside the old one, and both need port ${number} of that node. Set maxSurge to 0.`
        : `An update of ${ownerName(subject)} never finishes: with maxSurge the new pod of a node starts beside the old one, and both need port ${number} of that node. The new one stays pending, and the old one waits for it. Set maxSurge to 0.`,
      related: wait.ports.map((port) => ({ message: `Port ${port.number} of the node`, at: port.at })),
      fixes: wait.fixes,
    };
  },
});

interface DaemonSetWait extends PortWait {
  /** What `maxUnavailable` says where it is above 0, which the API server refuses beside `maxSurge`. */
  readonly unavailable: string | undefined;
}

/** A DaemonSet whose update starts the new pod on a node before the old one there stops. */
function daemonSetWait(pod: Pod): DaemonSetWait | undefined {
  const { object } = pod;
  const spec = object.root.field('spec');
  if (object.kind !== 'DaemonSet' || object.group !== 'apps' || !spec) return undefined;
  if (!isRolling(lookUp(spec.value, 'updateStrategy', 'type'))) return undefined;
  const rollingUpdate = spec.value.at('updateStrategy', 'rollingUpdate');
  const surge = rollingUpdate?.field('maxSurge');
  if (!rollingUpdate || !surge || !areSure(spec, surge) || !numberIn(surge.value)?.number) return undefined;
  const [first, ...more] = takenPorts(pod, spec);
  return (
    first && {
      ports: [first, ...more],
      at: surge.value,
      isDefault: false,
      unavailable: unavailableIn(pod, rollingUpdate),
      fixes: daemonSetFixes(rollingUpdate),
    }
  );
}

/** `ValidateRollingUpdateDaemonSet` of the API server wants exactly one of the two above 0; `SetDefaults_DaemonSet` says 1. */
function unavailableIn(pod: Pod, rollingUpdate: Value): string | undefined {
  const unavailable = lookUp(rollingUpdate, 'maxUnavailable');
  if (unavailable === 'absent') return isComplete(pod) ? '1 by default' : undefined;
  return isWritten(unavailable) && numberIn(unavailable)?.number ? unavailable.text : undefined;
}

/** The API server refuses a DaemonSet in which both are 0. */
function daemonSetFixes(rollingUpdate: Value): Fix[] {
  const unavailable = lookUp(rollingUpdate, 'maxUnavailable');
  const review = (title: string, data: Readonly<Record<string, number>>): Fix[] => [
    { title, safety: 'review', changes: [put(rollingUpdate, [], data)] },
  ];
  if (unavailable === 'unknown') return [];
  if (unavailable === 'absent' || numberIn(unavailable)?.number !== 0)
    return review('Set maxSurge to 0', { maxSurge: 0 });
  return review('Set maxSurge to 0 and maxUnavailable to 1', { maxSurge: 0, maxUnavailable: 1 });
}
