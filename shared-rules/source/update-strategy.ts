import type { Fix } from '../engine/rule.ts';
import { isSureBeside, type Known, look } from './known.ts';
import { type KubernetesObject, type Pod, staysUp, trueField } from './kubernetes.ts';
import type { Value } from './value.ts';
import { type Change, put, remove } from './yaml-edit.ts';

/** A port of its node that a pod takes for as long as it runs. */
export interface TakenPort {
  readonly number: number;
  readonly at: Value;
  /** The entry of the container's `ports`. */
  readonly entry: Value;
}

/** A rolling update in which a new pod may have to wait for a port that an old one keeps. */
export interface PortWait {
  /** The ports; at least one. */
  readonly ports: readonly [TakenPort, ...TakenPort[]];
  /** The setting of the strategy that makes it so; undefined where it is the default. */
  readonly setting: Value | undefined;
  readonly fixes: readonly Fix[];
}

/**
 * The ports of its node that a pod takes: those it asks for as `hostPort`, and on the host's network every port it
 * declares, which the API server copies to `hostPort`. The scheduler counts plain containers and sidecars.
 */
export function takenPorts({ spec, containers }: Pod): TakenPort[] {
  const hostNetwork = trueField(spec, 'hostNetwork');
  return containers
    .filter(staysUp)
    .flatMap(({ ports }) => ports)
    .flatMap((port) => {
      const own = port.field('containerPort');
      const isCopied = hostNetwork && own && isSureBeside(own, hostNetwork);
      const at = port.get('hostPort') ?? (isCopied ? own.value : undefined);
      return at?.integer ? { number: at.integer, at, entry: port } : [];
    });
}

/**
 * A Deployment whose update starts a new pod while no old one may stop: `maxUnavailable` comes to 0. Written after
 * ResolveFenceposts of the Deployment controller: percentages of the replicas are rounded up for `maxSurge` and down
 * for `maxUnavailable`, both are 25% by default, and where both come to 0 one pod may be unavailable.
 * @param others all objects of the file: an autoscaler among them decides about the replicas
 */
export function deploymentWait(pod: Pod, others: readonly KubernetesObject[]): PortWait | undefined {
  const { object } = pod;
  const [first, ...more] = takenPorts(pod);
  if (object.kind !== 'Deployment' || object.group !== 'apps' || !first) return undefined;
  const strategy = look(object.root, 'spec', 'strategy', 'type');
  if (strategy !== 'absent' && !isText(strategy, 'RollingUpdate')) return undefined;
  const replicas = isAutoscaled(object, others) ? undefined : replicasOf(object);
  const unavailable = look(object.root, 'spec', 'strategy', 'rollingUpdate', 'maxUnavailable');
  const surge = look(object.root, 'spec', 'strategy', 'rollingUpdate', 'maxSurge');
  const down = portionOf(unavailable, replicas, Math.floor);
  const up = portionOf(surge, replicas, Math.ceil);
  if (replicas === 0 || down !== 0 || !up) return undefined;
  return {
    ports: [first, ...more],
    setting: typeof unavailable === 'string' ? undefined : unavailable,
    fixes: deploymentFixes(object.root.get('spec') as Value),
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
  const [first, ...more] = takenPorts(pod);
  if (object.kind !== 'DaemonSet' || object.group !== 'apps' || !first) return undefined;
  const strategy = look(object.root, 'spec', 'updateStrategy', 'type');
  if (strategy !== 'absent' && !isText(strategy, 'RollingUpdate')) return undefined;
  const rollingUpdate = object.root.at('spec', 'updateStrategy', 'rollingUpdate');
  const surge = rollingUpdate?.get('maxSurge');
  if (!rollingUpdate || !surge || !(numberIn(surge)?.number ?? 0)) return undefined;
  return { ports: [first, ...more], setting: surge, fixes: daemonSetFixes(rollingUpdate) };
}

/** The API server refuses a DaemonSet in which both are 0. */
function daemonSetFixes(rollingUpdate: Value): Fix[] {
  const unavailable = look(rollingUpdate, 'maxUnavailable');
  const review = (title: string, data: Readonly<Record<string, number>>): Fix[] => [
    { title, safety: 'review', changes: [put(rollingUpdate, [], data)] },
  ];
  if (unavailable === 'unknown') return [];
  if (unavailable === 'absent' || numberIn(unavailable)?.number !== 0)
    return review('Set maxSurge to 0', { maxSurge: 0 });
  return review('Set maxSurge to 0 and maxUnavailable to 1', { maxSurge: 0, maxUnavailable: 1 });
}

function isText(known: Known, text: string): boolean {
  return typeof known !== 'string' && known.text === text;
}

function replicasOf({ root }: KubernetesObject): number | undefined {
  const replicas = look(root, 'spec', 'replicas');
  if (replicas === 'absent') return 1;
  return replicas === 'unknown' ? undefined : replicas.integer;
}

function isAutoscaled({ name, kind }: KubernetesObject, others: readonly KubernetesObject[]): boolean {
  return others.some(({ root, kind: other }) => {
    const target = root.at('spec', 'scaleTargetRef');
    const isScaler = other === 'HorizontalPodAutoscaler' || other === 'ScaledObject';
    return isScaler && target?.get('name')?.text === name && (target?.get('kind')?.text ?? kind) === kind;
  });
}

/** How many pods a number or a percentage comes to; undefined where that is not known. */
function portionOf(known: Known, replicas: number | undefined, round: (portion: number) => number): number | undefined {
  if (known === 'unknown') return undefined;
  const setting = known === 'absent' ? { number: 25, isPercent: true } : numberIn(known);
  if (!setting?.isPercent || setting.number === 0) return setting?.number;
  return replicas === undefined ? undefined : round((setting.number * replicas) / 100);
}

function numberIn(value: Value): { number: number; isPercent: boolean } | undefined {
  const match = /^(\d{1,9})(%?)$/.exec(value.text ?? '');
  return match ? { number: Number(match[1]), isPercent: match[2] === '%' } : undefined;
}
