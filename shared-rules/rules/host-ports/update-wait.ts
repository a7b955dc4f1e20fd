import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import { put, remove } from '../../language/yaml/change.ts';
import { isSureBeside, lookUp, type Presence } from '../../language/yaml/presence.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import type { KubernetesObject, ObjectsOf, Pod } from '../../model/kubernetes/objects.ts';
import { type TakenPort, takenPorts } from '../../model/kubernetes/taken-ports.ts';
import type { Fix } from '../api.ts';

/** A rolling update in which a new pod may have to wait for a port that an old one keeps. */
export interface PortWait {
  /** The ports; at least one. */
  readonly ports: readonly [TakenPort, ...TakenPort[]];
  /** The setting of the strategy that makes it so; the key that should hold it where it is the default. */
  readonly at: Place;
  readonly isDefault: boolean;
  readonly fixes: readonly Fix[];
}

/**
 * A Deployment whose update starts a new pod while no old one may stop: `maxUnavailable` comes to 0. Written after
 * ResolveFenceposts of the Deployment controller: percentages of the replicas are rounded up for `maxSurge` and down
 * for `maxUnavailable`, both are 25% by default, and where both come to 0 one pod may be unavailable.
 * @param objects those of the file: an autoscaler among them decides about the replicas
 */
export function deploymentWait(pod: Pod, objects: ObjectsOf): PortWait | undefined {
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
  const replicas = isAutoscaled(object, objects) ? undefined : replicasOf(spec.value);
  const unavailable = lookUp(spec.value, 'strategy', 'rollingUpdate', 'maxUnavailable');
  const surge = lookUp(spec.value, 'strategy', 'rollingUpdate', 'maxSurge');
  const isStuck = portionOf(unavailable, replicas, Math.floor) === 0 && portionOf(surge, replicas, Math.ceil);
  if (!isStuck || replicas === 0) return undefined;
  return {
    ports: [first, ...more],
    at: typeof unavailable === 'string' ? keyPlace(rollingUpdate ?? strategy ?? spec) : unavailable,
    isDefault: unavailable === 'absent',
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

/** A DaemonSet whose update starts the new pod on a node before the old one there stops. */
export function daemonSetWait(pod: Pod): PortWait | undefined {
  const { object } = pod;
  const spec = object.root.field('spec');
  if (object.kind !== 'DaemonSet' || object.group !== 'apps' || !spec) return undefined;
  if (!isRolling(lookUp(spec.value, 'updateStrategy', 'type'))) return undefined;
  const rollingUpdate = spec.value.at('updateStrategy', 'rollingUpdate');
  const surge = rollingUpdate?.field('maxSurge');
  if (!rollingUpdate || !surge || !areSure(spec, surge) || !numberIn(surge.value)?.number) return undefined;
  const [first, ...more] = takenPorts(pod, spec);
  return first && { ports: [first, ...more], at: surge.value, isDefault: false, fixes: daemonSetFixes(rollingUpdate) };
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

/** Whether no condition of a template decides about fields of a workload's spec. */
function areSure(spec: Field, ...fields: readonly (Field | undefined)[]): boolean {
  return fields.every((field) => !field || isSureBeside(spec, field));
}

/** Whether a strategy is `RollingUpdate`, which is the default. */
function isRolling(type: Presence): boolean {
  return type === 'absent' || (type !== 'unknown' && type.text === 'RollingUpdate');
}

function replicasOf(spec: Value): number | undefined {
  const replicas = lookUp(spec, 'replicas');
  if (replicas === 'absent') return 1;
  return replicas === 'unknown' ? undefined : replicas.integer;
}

function isAutoscaled({ name, kind }: KubernetesObject, objects: ObjectsOf): boolean {
  return objects('HorizontalPodAutoscaler', 'ScaledObject').some(({ root }) => {
    const target = root.at('spec', 'scaleTargetRef');
    return target?.get('name')?.text === name && (target?.get('kind')?.text ?? kind) === kind;
  });
}

/** How many pods a number or a percentage comes to; undefined where that is not known. */
function portionOf(
  known: Presence,
  replicas: number | undefined,
  round: (portion: number) => number,
): number | undefined {
  if (known === 'unknown') return undefined;
  const setting = known === 'absent' ? { number: 25, isPercent: true } : numberIn(known);
  if (!setting?.isPercent || setting.number === 0) return setting?.number;
  return replicas === undefined ? undefined : round((setting.number * replicas) / 100);
}

function numberIn(value: Value): { number: number; isPercent: boolean } | undefined {
  const match = /^(\d{1,9})(%?)$/.exec(value.text ?? '');
  return match ? { number: Number(match[1]), isPercent: match[2] === '%' } : undefined;
}
