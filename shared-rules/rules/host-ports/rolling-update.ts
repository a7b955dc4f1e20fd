import type { Place } from '../../language/place.ts';
import { isSureBeside, type Presence } from '../../language/yaml/presence.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import type { TakenPort } from '../../model/kubernetes/taken-ports.ts';
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

/** Whether no condition of a template decides about fields of a workload's spec. */
export function areSure(spec: Field, ...fields: readonly (Field | undefined)[]): boolean {
  return fields.every((field) => !field || isSureBeside(spec, field));
}

/** Whether a strategy is `RollingUpdate`, which is the default. */
export function isRolling(type: Presence): boolean {
  return type === 'absent' || (type !== 'unknown' && type.text === 'RollingUpdate');
}

/** The number of pods, or the percentage, that a setting names. */
export function numberIn(value: Value): { number: number; isPercent: boolean } | undefined {
  const match = /^(\d{1,9})(%?)$/.exec(value.text ?? '');
  return match ? { number: Number(match[1]), isPercent: match[2] === '%' } : undefined;
}
