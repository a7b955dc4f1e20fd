import { ownEntry } from '../../language/own-entry.ts';
import { branchesAround } from '../../language/template/branches.ts';
import type { Template } from '../../language/template/template.ts';
import type { Range } from '../../language/text.ts';
import { replace } from '../../language/yaml/change.ts';
import { lookUp } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { workloadName } from '../../model/wording.ts';
import { objectSubject, podSubject } from '../../model/workload.ts';
import { defineRule, type Fix, type View } from '../api.ts';
import type { ObjectItem } from '../base-views.ts';
import { REMOVED_APIS, type RemovedApi } from './removed-apis.ts';

interface VersionedObjectItem extends ObjectItem {
  /** The version of Kubernetes that it is for, as in the settings. */
  readonly kubernetesVersion: string | undefined;
}

const versionedObject: View<VersionedObjectItem> = {
  name: 'versionedObject',
  kinds: ['NetworkPolicy'],
  object: (object, { settings: { kubernetesVersion } }) => {
    const images = object.pods.flatMap((pod) => podSubject(pod).images);
    return [{ subject: { ...objectSubject(object), images }, object, kubernetesVersion }];
  },
};

export const removedApi = defineRule({
  id: 'removed-api',
  on: versionedObject,
  *detect({ subject, object: { root, kind = '' }, kubernetesVersion }) {
    const at = root.get('apiVersion');
    const removed = ownEntry(REMOVED_APIS, at?.text ?? '')?.find(({ kinds }) => kinds.includes(kind));
    if (!at || !removed || !isAtLeast(kubernetesVersion, removed.minor)) return;
    if (isChosenByTemplate(root.document.template, at.range)) return;
    const { minor, replacement, isSame } = removed;
    const lacksSelector = !isSame && lookUp(root, 'spec', 'selector') === 'absent';
    yield {
      at,
      message: `${workloadName(subject)} is written for ${at.text}, which Kubernetes 1.${minor} removed. The API server refuses it, so whatever the manifest says about isolation does not take effect. Use ${replacement}${lacksSelector ? ', which requires a selector' : ''}.`,
      fixes: fixesFor(root, at, removed),
    };
  },
});

/** Charts keep old versions in a branch for old clusters. */
function isChosenByTemplate(template: Template | undefined, place: Range): boolean {
  const around = template ? branchesAround(template.branches, place) : [];
  return around.some(({ of, condition }) => of > 1 || /capabilities|semver|version/i.test(condition));
}

/** None where the newer version requires what is not there, or does not know what is. */
function fixesFor(root: Value, at: Value, { replacement, isSame }: RemovedApi): Fix[] {
  const spec = root.get('spec');
  const isReady = spec?.get('selector') && !spec.field('rollbackTo') && !spec.field('templateGeneration');
  if (!isSame && !isReady) return [];
  const title = `Set apiVersion to ${replacement}`;
  return [{ title, safety: isSame ? 'safe' : 'review', changes: [replace(at, replacement)] }];
}
