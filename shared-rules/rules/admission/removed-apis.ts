import type { Place } from '../../language/place.ts';
import type { Template } from '../../language/template/template.ts';
import { contains, type Range } from '../../language/text.ts';
import { replace } from '../../language/yaml/change.ts';
import { lookUp } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { KubernetesObject } from '../../model/kubernetes/objects.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { podSubject, type Subject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';

/** An object in a version of its API that the API server does not serve any more. */
export interface RemovedApiUse {
  readonly subject: Subject;
  readonly at: Place;
  readonly apiVersion: string;
  /** The release that stopped serving it. */
  readonly removedIn: string;
  readonly replacement: string;
  /** Whether the replacement requires a selector that is not there. */
  readonly lacksSelector: boolean;
  readonly fixes: readonly Fix[];
}

interface RemovedApi {
  readonly kinds: readonly string[];
  readonly minor: number;
  readonly replacement: string;
  /** Whether the replacement reads the same fields in the same way; else it must be looked at. */
  readonly isSame: boolean;
}

const WORKLOADS = { minor: 16, replacement: 'apps/v1', isSame: false };

/**
 * Workloads, and what guards their network. From the API's own life cycle (k8s.io/api,
 * zz_generated.prerelease-lifecycle.go) and the Kubernetes migration guide for deprecated APIs.
 */
const REMOVED: Readonly<Record<string, readonly RemovedApi[]>> = {
  'extensions/v1beta1': [
    { kinds: ['Deployment', 'DaemonSet', 'ReplicaSet'], ...WORKLOADS },
    { kinds: ['NetworkPolicy'], minor: 16, replacement: 'networking.k8s.io/v1', isSame: true },
  ],
  'apps/v1beta1': [{ kinds: ['Deployment', 'StatefulSet'], ...WORKLOADS }],
  'apps/v1beta2': [{ kinds: ['Deployment', 'StatefulSet', 'DaemonSet', 'ReplicaSet'], ...WORKLOADS }],
  'batch/v1beta1': [{ kinds: ['CronJob'], minor: 25, replacement: 'batch/v1', isSame: true }],
};

/** @param version the version of Kubernetes that the manifest is for */
export function removedApis(
  { root, kind, name, namespace, pods }: KubernetesObject,
  version: string | undefined,
): RemovedApiUse[] {
  const at = root.get('apiVersion');
  const apiVersion = at?.text;
  const removed = REMOVED[apiVersion ?? '']?.find(({ kinds }) => kinds.includes(kind ?? ''));
  if (!at || !apiVersion || !removed || !isAtLeast(version, removed.minor)) return [];
  if (isChosenByTemplate(root.document.template, at.range)) return [];
  const images = pods.flatMap((pod) => podSubject(pod).images);
  return [
    {
      subject: { kind: kind ?? '', name: name ?? '', namespace, images, range: root.range },
      at,
      apiVersion,
      removedIn: `1.${removed.minor}`,
      replacement: removed.replacement,
      lacksSelector: !removed.isSame && lookUp(root, 'spec', 'selector') === 'absent',
      fixes: fixesFor(root, at, removed),
    },
  ];
}

/** What the newer version of a workload's API requires, and what it does not know any more. */
function fixesFor(root: Value, at: Value, { replacement, isSame }: RemovedApi): Fix[] {
  const spec = root.get('spec');
  const isReady = spec?.get('selector') && !spec.field('rollbackTo') && !spec.field('templateGeneration');
  if (!isSame && !isReady) return [];
  const title = `Set apiVersion to ${replacement}`;
  return [{ title, safety: isSame ? 'safe' : 'review', changes: [replace(at, replacement)] }];
}

/** Charts keep old versions in a branch for old clusters. */
function isChosenByTemplate(template: Template | undefined, place: Range): boolean {
  const around = template?.branches.filter((branch) => contains(branch, place)) ?? [];
  return around.some(({ of, condition }) => of > 1 || /capabilities|semver|version/i.test(condition));
}
