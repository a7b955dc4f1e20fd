import { replace } from '../../language/yaml/change.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { review } from '../fixes.ts';
import { imageUse } from './views.ts';

const FROZEN = 'k8s.gcr.io';
const CURRENT = 'registry.k8s.io';

export const frozenRegistry = defineRule({
  id: 'frozen-registry',
  on: imageUse,
  *detect({ subject, image }) {
    // A template may decide about the rest of the image.
    if (!image.rawText?.startsWith(`${FROZEN}/`)) return;
    yield {
      at: image.placeOf(FROZEN),
      message: `${workloadName(subject)} takes an image from ${FROZEN}, which is frozen since 3 April 2023: no new version and no security fix arrives there. Use ${CURRENT}, which has the same images under the same names.`,
      fixes:
        image.text === undefined
          ? []
          : [review(`Use ${CURRENT}`, replace(image, CURRENT + image.text.slice(FROZEN.length)))],
    };
  },
});
