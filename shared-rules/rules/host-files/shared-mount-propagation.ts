import { ownerName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { reviewIfPossible } from '../fixes.ts';
import { hostWord } from '../platform.ts';
import { checkOf } from './host-mount.ts';
import { sharedMount } from './views.ts';

/** Where the kubelet wants drivers of volumes to mount. */
const KUBELET = /^\/var\/lib\/kubelet(?:\/|$)/;

export const sharedMountPropagation = defineRule({
  id: 'shared-mount-propagation',
  on: sharedMount,
  *detect({ subject, platform, at, spelling, source, oneWay }) {
    const what = source ? `${source} is mounted` : 'A volume is mounted';
    yield {
      at,
      check: checkOf(platform),
      ...(source && KUBELET.test(source) && { severity: 'low' }),
      message: `${what} into ${ownerName(subject)} in both directions (${spelling}). What the container mounts there appears on the ${hostWord(platform)} and in other containers, over the files that were there. Let mounts travel from the ${hostWord(platform)} to the container only.`,
      fixes: reviewIfPossible(`Set ${oneWay.setting} to ${oneWay.mode}`, oneWay.changes),
    };
  },
});
