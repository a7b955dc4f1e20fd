import type { Change } from '../../language/change.ts';
import { put, remove } from '../../language/yaml/change.ts';
import { isWritten, lookUp, type Presence } from '../../language/yaml/presence.ts';
import { keyPlace, type Value } from '../../language/yaml/value.ts';
import type { KubernetesObject, ObjectsOf, Pod } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { takenPorts } from '../../model/kubernetes/taken-ports.ts';
import { ownerName } from '../../model/wording.ts';
import { podSubject } from '../../model/workload.ts';
import { defineRule, type Fix, type View } from '../api.ts';
import type { PodItem } from '../base-views.ts';
import { areSure, isRolling, numberIn, type PortWait } from './rolling-update.ts';

interface AutoscaledPodItem extends PodItem {
  /** The other objects of the file: an autoscaler among them decides about the replicas. */
  readonly objects: ObjectsOf;
}

const autoscaledPod: View<AutoscaledPodItem> = {
  name: 'autoscaledPod',
  kinds: ['HorizontalPodAutoscaler', 'ScaledObject'],
  object: ({ pods }, { known: { objects } }) => pods.map((pod) => ({ subject: podSubject(pod), pod, objects })),
};

export const rolloutPortDeadlock = defineRule({
  id: 'rollout-port-deadlock',
  on: autoscaledPod,
  *detect({ subject, pod, objects }) {
    const wait = deploymentWait(pod, objects);
    if (!wait) return;
    const [{ number }] = wait.ports;
    yield {
      at: wait.at,
      message: `A rolling update of ${ownerName(subject)} can wait for ever: maxUnavailable ${wait.isDefault ? 'by default comes' : 'comes'} to 0 of its pods, so each old pod keeps port ${number} of its node until a new one is ready, and the new one needs a node where that port is free. Set maxSurge to 0 and maxUnavailable to 1, or use the strategy Recreate.`,
      related: wait.ports.map((port) => ({ message: `Port ${port.number} of the node`, at: port.at })),
      fixes: wait.fixes,
    };
  },
});

/**
 * A Deployment whose update starts a new pod while no old one may stop: `maxUnavailable` comes to 0. Written after
 * ResolveFenceposts of the Deployment controller: percentages of the replicas are rounded up for `maxSurge` and down
 * for `maxUnavailable`, both are 25% by default, and where both come to 0 one pod may be unavailable.
 * @param objects those of the file: an autoscaler among them decides about the replicas
 */
function deploymentWait(pod: Pod, objects: ObjectsOf): PortWait | undefined {
  const { object } = pod;
  const spec = object.root.field('spec');
  if (object.kind !== 'Deployment' || object.group !== 'apps' || !spec) return undefined;
  const strategy = spec.value.field('strategy');
  const rollingUpdate = strategy?.value.field('rollingUpdate');
  const settings = ['maxUnavailable', 'maxSurge'].map((name) => rollingUpdate?.value.field(name));
  const [first, ...more] = takenPorts(pod, spec);
  if (!first || !areSure(spec, spec.value.field('replicas'), strategy?.value.field('type'), ...settings))
    return undefined;
  if (!isRolling(lookUp(spec.value, 'strategy', 'type'))) return undefined;
  const replicas = isAutoscaled(object, objects) ? undefined : replicasOf(pod, spec.value);
  const unavailable = lookUp(spec.value, 'strategy', 'rollingUpdate', 'maxUnavailable');
  const surge = lookUp(spec.value, 'strategy', 'rollingUpdate', 'maxSurge');
  // Another file may say what a patch does not; but the API server refuses 0 for both.
  const isDefault = unavailable === 'absent' && isComplete(pod);
  const comesToNone = (isDefault || isWritten(unavailable)) && unavailablePods(unavailable, replicas) === 0;
  if (!comesToNone || !mayStartMore(surge) || replicas === 0) return undefined;
  return {
    ports: [first, ...more],
    at: typeof unavailable === 'string' ? keyPlace(rollingUpdate ?? strategy ?? spec) : unavailable,
    isDefault,
    fixes: deploymentFixes(spec.value),
  };
}

function deploymentFixes(spec: Value): Fix[] {
  const rollingUpdate = spec.get('strategy')?.field('rollingUpdate');
  const recreate: Change[] = [
    put(spec, ['strategy', 'type'], 'Recreate'),
    ...(rollingUpdate ? [remove(rollingUpdate)] : []),
  ];
  return [
    {
      title: 'Set maxSurge to 0 and maxUnavailable to 1',
      safety: 'review',
      changes: [put(spec, ['strategy', 'rollingUpdate'], { maxSurge: 0, maxUnavailable: 1 })],
    },
    { title: 'Set the strategy to Recreate', safety: 'review', changes: recreate },
  ];
}

/** The number of pods; undefined where it is not known. */
function replicasOf(pod: Pod, spec: Value): number | undefined {
  const replicas = lookUp(spec, 'replicas');
  if (replicas === 'absent') return isComplete(pod) ? 1 : undefined;
  return replicas === 'unknown' ? undefined : replicas.integer;
}

function isAutoscaled({ name, kind }: KubernetesObject, objects: ObjectsOf): boolean {
  return objects('HorizontalPodAutoscaler', 'ScaledObject').some(({ root }) => {
    const target = root.at('spec', 'scaleTargetRef');
    return target?.get('name')?.text === name && (target?.get('kind')?.text ?? kind) === kind;
  });
}

const DEFAULT = { number: 25, isPercent: true };

/** How many pods may be missing; undefined where that is not known. */
function unavailablePods(known: Value | 'absent', replicas: number | undefined): number | undefined {
  const setting = known === 'absent' ? DEFAULT : numberIn(known);
  if (!setting?.isPercent || setting.number === 0) return setting?.number;
  return replicas === undefined ? undefined : Math.floor((setting.number * replicas) / 100);
}

/** Whether new pods start beside the old ones: any percentage is at least one pod. */
function mayStartMore(known: Presence): boolean {
  if (known === 'unknown') return false;
  return ((known === 'absent' ? DEFAULT : numberIn(known))?.number ?? 0) > 0;
}
