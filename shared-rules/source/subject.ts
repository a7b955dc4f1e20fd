import type { Subject } from '../engine/rule.ts';
import type { Service } from './compose.ts';
import type { Pod } from './kubernetes.ts';

export function podSubject({ object, spec }: Pod): Subject {
  return { kind: object.kind ?? '', name: object.name ?? '', namespace: object.namespace, range: spec.range };
}

export function serviceSubject({ name, value }: Service): Subject {
  return { kind: 'service', name, namespace: undefined, range: value.range };
}

/** `Deployment web` or `service web`, as a sentence begins; a workload without a name is named by its kind. */
export function workloadName({ kind, name }: Subject): string {
  const shown = kind === 'service' ? 'Service' : kind || 'Workload';
  return name ? `${shown} ${name}` : shown;
}
