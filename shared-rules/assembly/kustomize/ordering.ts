import type { Value } from '../../language/yaml/value.ts';
import type { Gvk, ResourceId } from './ids.ts';
import { given } from './kustomization.ts';
import type { ResourceList } from './resource.ts';

const FIRST = [
  ...['Namespace', 'ResourceQuota', 'StorageClass', 'CustomResourceDefinition', 'ServiceAccount', 'PodSecurityPolicy'],
  ...['Role', 'ClusterRole', 'RoleBinding', 'ClusterRoleBinding', 'ConfigMap', 'Secret', 'Endpoints', 'Service'],
  ...['LimitRange', 'PriorityClass', 'PersistentVolume', 'PersistentVolumeClaim', 'Deployment', 'StatefulSet'],
  ...['CronJob', 'PodDisruptionBudget'],
];
const LAST = ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'];

/** Sorts objects as `sortOptions` says: by their kinds, as where nothing is said, or not at all. */
export function sortObjects(list: ResourceList, options: Value | undefined): void {
  if (options && given(options, 'order')?.text !== 'legacy') return;
  const own = given(options, 'legacySortOptions');
  const kinds = (name: string, usual: readonly string[]) =>
    own ? (given(own, name)?.items() ?? []).map(({ text }) => text ?? '') : usual;
  const ranks = new Map<string, number>();
  const first = kinds('orderFirst', FIRST);
  for (const [index, kind] of first.entries()) ranks.set(kind, index - first.length);
  for (const [index, kind] of kinds('orderLast', LAST).entries()) ranks.set(kind, index + 1);
  const rankOf = ({ kind }: Gvk) => ranks.get(kind) ?? 0;
  const sorted = list.resources.map((resource) => ({ resource, id: resource.id }));
  sorted.sort(
    (a, b) =>
      rankOf(a.id) - rankOf(b.id) ||
      compare(textOfKind(a.id), textOfKind(b.id)) ||
      compare(textOfId(a.id), textOfId(b.id)),
  );
  list.resources.splice(0, Infinity, ...sorted.map(({ resource }) => resource));
}

function compare(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function textOfKind({ group, version, kind }: Gvk): string {
  return [group || '~G', version || '~V', kind || '~K'].join('_');
}

function textOfId({ group, version, kind, namespace, name }: ResourceId): string {
  const gvk = [kind || '[noKind]', version || '[noVer]', group || '[noGrp]'].join('.');
  return [gvk, namespace || '~X', name || '~N'].join('|');
}
