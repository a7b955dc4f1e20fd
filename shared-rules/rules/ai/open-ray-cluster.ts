import { replace } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import { type KubernetesObject, valuesAt } from '../../model/kubernetes/objects.ts';
import type { Problem } from '../api.ts';

/** Where Ray's kinds keep their options for authentication: KubeRay's API reference. */
const MODES = ['spec', 'spec.rayClusterSpec', 'spec.rayClusterConfig', 'spec.jobTemplate.rayClusterSpec'].map(
  (path) => `${path}.authOptions.mode`,
);

/** Where an object says how its Ray cluster authenticates. */
export function rayModes({ group, root }: KubernetesObject): Value[] {
  return group === 'ray.io' ? MODES.flatMap((path) => valuesAt(root, path)) : [];
}

/** @param name the workload's, as a sentence begins */
export function openRayCluster(mode: Value, name: string): Problem | undefined {
  if (mode.text !== 'disabled') return undefined;
  return {
    check: 'ray',
    at: mode,
    message: `${name} turns the authentication of its Ray cluster off, and whoever reaches the head runs any code on it. Set mode to token.`,
    fixes: [{ title: 'Set mode to token', safety: 'review', changes: [replace(mode, 'token')] }],
  };
}
