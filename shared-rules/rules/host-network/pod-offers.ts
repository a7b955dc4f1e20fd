import type { Plain } from '../../language/yaml/style.ts';
import type { Value } from '../../language/yaml/value.ts';
import { SERVING_KINDS } from '../../model/kubernetes/deployed.ts';
import type { Container, ObjectsOf, Pod } from '../../model/kubernetes/objects.ts';

type Labels = Readonly<Record<string, string>>;

interface Port {
  readonly number: number;
  readonly name: string | undefined;
  readonly protocol: string;
}

/**
 * A ClusterIP Service for the ports that a workload's containers declare. Undefined where something it needs is not
 * known, and where a Service among the file's objects selects these pods already.
 */
export function serviceFor(pod: Pod, objects: ObjectsOf): Plain | undefined {
  const target = targetOf(pod);
  const ports = portsOf(pod.containers);
  if (!target || ports.length === 0) return undefined;
  const isServed = objects('Service').some(({ root }) => selects(root.at('spec', 'selector'), target.podLabels));
  if (isServed) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: target.metadata,
    spec: {
      selector: target.selector,
      ports: ports.map((port) => ({
        // Several ports must have names.
        ...(port.name || ports.length > 1 ? { name: port.name ?? `port-${port.number}` } : {}),
        port: port.number,
        targetPort: port.name ?? port.number,
        ...(port.protocol === 'TCP' ? {} : { protocol: port.protocol }),
      })),
    },
  };
}

/**
 * A NetworkPolicy that denies all traffic to a workload but that from its own namespace to its declared ports.
 * Undefined where something it needs is not known, and where a NetworkPolicy among the file's objects selects these pods already.
 */
export function networkPolicyFor(pod: Pod, objects: ObjectsOf): Plain | undefined {
  const target = targetOf(pod);
  const ports = portsOf(pod.containers);
  if (!target || ports.length === 0) return undefined;
  const isCovered = objects('NetworkPolicy').some(({ root }) =>
    selects(root.at('spec', 'podSelector', 'matchLabels'), target.podLabels),
  );
  if (isCovered) return undefined;
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: target.metadata,
    spec: {
      podSelector: { matchLabels: target.selector },
      policyTypes: ['Ingress'],
      ingress: [
        {
          from: [{ podSelector: {} }],
          ports: ports.map(({ number, protocol }) => ({ port: number, protocol })),
        },
      ],
    },
  };
}

/** How other objects name a workload's pods. */
function targetOf({ object, metadata }: Pod): { metadata: Labels; selector: Labels; podLabels: Labels } | undefined {
  const { kind, name, namespace, root } = object;
  if (!kind || !name || !SERVING_KINDS.has(kind) || root.parent) return undefined;
  const selector = root.at('spec', 'selector');
  const podLabels = labelsOf(metadata?.get('labels'));
  const own =
    labelsOf(selector?.get('matchLabels') ?? (kind === 'ReplicationController' ? selector : undefined)) ?? podLabels;
  if (!own || !podLabels) return undefined;
  return { metadata: { name, ...(namespace ? { namespace } : {}) }, selector: own, podLabels };
}

/** Labels that are all known, and at least one. */
export function labelsOf(value: Value | undefined): Labels | undefined {
  const labels = value?.fields().map(({ name, value }) => [name, value.text] as const) ?? [];
  if (labels.length === 0 || labels.some(([, text]) => text === undefined)) return undefined;
  return Object.fromEntries(labels) as Labels;
}

export function selects(selector: Value | undefined, labels: Labels): boolean {
  const wanted = labelsOf(selector);
  return wanted !== undefined && Object.entries(wanted).every(([name, text]) => labels[name] === text);
}

function portsOf(containers: readonly Container[]): Port[] {
  const ports = new Map<string, Port>();
  for (const port of containers.flatMap((container) => container.ports)) {
    const number = port.get('containerPort')?.integer;
    const protocol = port.get('protocol')?.text ?? 'TCP';
    if (number !== undefined) ports.set(`${number} ${protocol}`, { number, protocol, name: port.get('name')?.text });
  }
  return [...ports.values()];
}
