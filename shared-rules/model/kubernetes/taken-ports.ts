import { isSureBeside } from '../../language/yaml/presence.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import { type Pod, staysUp, trueField } from './objects.ts';

/** A port of its node that a pod takes for as long as it runs. */
export interface TakenPort {
  readonly number: number;
  readonly at: Value;
  /** The entry of the container's `ports`. */
  readonly entry: Value;
}

/**
 * The ports of its node that a pod takes: those it asks for as `hostPort`, and on the host's network every port it
 * declares, which the API server copies to `hostPort`. The scheduler counts plain containers and sidecars.
 * @param place no condition of a template may take a port away from beside it
 */
export function takenPorts({ spec, containers }: Pod, place: Field): TakenPort[] {
  const hostNetwork = trueField(spec, 'hostNetwork');
  const isOnHostNetwork = hostNetwork !== undefined && isSureBeside(place, hostNetwork);
  return containers
    .filter(staysUp)
    .flatMap(({ ports }) => ports)
    .flatMap((port) => {
      const field = port.get('hostPort') || !isOnHostNetwork ? port.field('hostPort') : port.field('containerPort');
      const number = field?.value.integer;
      return field && number && isSureBeside(place, field) ? { number, at: field.value, entry: field.owner } : [];
    });
}
