import type { Place } from '../../language/place.ts';
import { remembered } from '../../language/remembered.ts';
import { lookUp } from '../../language/yaml/presence.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import type { Pod } from './objects.ts';

/** What a pod says about running as processes of a Windows node. */
export interface HostProcess {
  /** Where it is switched on, for the pod or a container. */
  readonly on: readonly Field[];
  /** Every place that says something about it. */
  readonly all: readonly Field[];
  /** Where a container says the opposite of the pod, or is an ordinary one beside HostProcess containers. */
  readonly odd: readonly Place[];
}

/**
 * Reads what `validateWindowsHostProcessPod` of the Kubernetes API server looks at: a container has the pod's setting
 * where it has none of its own, and all containers, init and ephemeral ones too, must agree.
 */
export function readHostProcess({ spec, containers }: Pod): HostProcess {
  const all = [spec, ...containers.map(({ value }) => value)].flatMap((owner) => fieldOf(owner) ?? []);
  const on = all.filter(({ value }) => value.boolean === true);
  if (on.length === 0) return { on, all, odd: [] };
  const ofPod = settingOf(spec);
  const odd = containers.flatMap(({ value }): Place[] => {
    const own = settingOf(value);
    if (own === 'unknown' || ofPod === 'unknown') return [];
    const differs = own !== undefined && ofPod !== undefined && own !== ofPod;
    const isOrdinary = (own ?? ofPod) !== true;
    return differs || isOrdinary ? [fieldOf(value)?.value ?? value.get('name') ?? value.get('image') ?? spec] : [];
  });
  return { on, all, odd };
}

/** Whether a pod says that it is for Windows nodes. */
export const isForWindows = remembered(({ spec, containers }: Pod): boolean => {
  const selector = spec.get('nodeSelector');
  const names = [spec.at('os', 'name'), selector?.get('kubernetes.io/os'), selector?.get('beta.kubernetes.io/os')].map(
    (value) => value?.text,
  );
  const owners = [spec, ...containers.map(({ value }) => value)];
  return names.includes('windows') || owners.some((owner) => owner.at('securityContext', 'windowsOptions'));
});

function fieldOf(owner: Value): Field | undefined {
  const field = owner.at('securityContext', 'windowsOptions')?.field('hostProcess');
  return field?.value.isNull ? undefined : field;
}

function settingOf(owner: Value): boolean | undefined | 'unknown' {
  const known = lookUp(owner, 'securityContext', 'windowsOptions', 'hostProcess');
  if (known === 'absent') return undefined;
  return known === 'unknown' ? known : (known.boolean ?? 'unknown');
}
