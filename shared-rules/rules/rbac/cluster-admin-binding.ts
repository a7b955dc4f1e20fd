import { ownEntry } from '../../language/own-entry.ts';
import type { Value } from '../../language/yaml/value.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { objectsOfKind } from '../base-views.ts';

export const clusterAdminBinding = defineRule({
  id: 'cluster-admin-binding',
  on: objectsOfKind('ClusterRoleBinding', 'RoleBinding'),
  *detect({ subject, object: { root, kind, namespace } }) {
    const role = root.at('roleRef', 'name');
    if (role?.text !== 'cluster-admin' || root.at('roleRef', 'kind')?.text !== 'ClusterRole') return;
    const receivers = (root.get('subjects')?.items() ?? []).flatMap((item) => toReceiver(item) ?? []);
    if (receivers.length === 0) return;
    const isEverywhere = kind === 'ClusterRoleBinding';
    const where = isEverywhere ? 'the whole cluster' : namespace ? `namespace ${namespace}` : 'its namespace';
    const why = isEverywhere
      ? 'Whoever takes over such an identity reads every Secret and controls every node.'
      : 'Whoever takes over such an identity reads every Secret there and runs pods as any of its service accounts.';
    yield {
      at: role,
      severity: isEverywhere || receivers.some(({ isBroad }) => isBroad) ? 'high' : 'medium',
      message: `${workloadName(subject)} gives ${listed(receivers.map(({ name }) => name))} every right in ${where} (cluster-admin). ${why} Bind a role that has only the rights that are needed.`,
      related: receivers.map(({ at }) => ({ message: 'Has every right', at })),
    };
  },
});

interface Receiver {
  /** As a sentence goes on. */
  readonly name: string;
  readonly at: Value;
  /** Whether it stands for clients that nobody has named. */
  readonly isBroad: boolean;
}

const WORDS: Readonly<Record<string, string>> = { ServiceAccount: 'service account', User: 'user', Group: 'group' };

/** Undefined for the group that the cluster itself gives the role to, and whose members no binding restricts. */
function toReceiver(item: Value): Receiver | undefined {
  const kind = item.get('kind')?.text ?? '';
  const name = item.get('name')?.text;
  const word = ownEntry(WORDS, kind);
  if (!word || (kind === 'Group' && name === 'system:masters')) return undefined;
  const at = item.get('name') ?? item;
  if (name === undefined) return { name: `a ${word}`, at, isBroad: false };
  const namespace = kind === 'ServiceAccount' ? item.get('namespace')?.text : undefined;
  const members = membersOf(kind, name);
  const full = `${word} ${namespace ? `${namespace}/` : ''}${name}`;
  return { name: members ? `${full} (${members})` : full, at, isBroad: members !== undefined };
}

/** Who a subject stands for, where that is more than somebody in particular. */
function membersOf(kind: string, name: string): string | undefined {
  const namespace = /^system:serviceaccounts:(.+)$/.exec(name)?.[1];
  if (kind === 'Group' && namespace) return `every pod in namespace ${namespace}`;
  return BROAD.get(`${kind} ${name}`);
}

const BROAD: ReadonlyMap<string, string> = new Map([
  ['Group system:authenticated', 'everybody the API server can identify'],
  ['Group system:unauthenticated', 'everybody who reaches the API server'],
  ['Group system:serviceaccounts', 'every pod of the cluster'],
  ['User system:anonymous', 'everybody who reaches the API server'],
  ['ServiceAccount default', 'every pod in its namespace that names no other'],
]);
