import type { View } from '../api.ts';
import { type UnlabelledNamespace, unlabelledNamespaces } from './namespaces.ts';
import { type PlacedPod, placedPods } from './placed-pods.ts';
import { type RemovedApiUse, removedApis } from './removed-apis.ts';

export const placedPod: View<PlacedPod> = { name: 'placedPod', kinds: ['NetworkPolicy'], object: placedPods };

export const unlabelledNamespace: View<UnlabelledNamespace> = {
  name: 'unlabelledNamespace',
  kinds: ['Namespace'],
  object: (object, { known }) => unlabelledNamespaces(object, known),
};

export const removedApiUse: View<RemovedApiUse> = {
  name: 'removedApiUse',
  kinds: ['NetworkPolicy'],
  object: (object, { settings }) => removedApis(object, settings.kubernetesVersion),
};
