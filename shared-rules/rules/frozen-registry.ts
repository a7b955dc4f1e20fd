import { defineRule } from '../engine/rule.ts';
import { review } from '../source/setting.ts';
import { workloadName } from '../source/subject.ts';
import { replace } from '../source/yaml-edit.ts';

const FROZEN = 'k8s.gcr.io';
const CURRENT = 'registry.k8s.io';

export const frozenRegistry = defineRule({
  id: 'frozen-registry',
  detect: {
    *image({ subject, image }) {
      // A template may decide about the rest of the image.
      if (!image.rawText?.startsWith(`${FROZEN}/`)) return;
      yield {
        at: { range: image.rangeOf(FROZEN), path: image.path },
        message: `${workloadName(subject)} takes an image from ${FROZEN}, which is frozen since 3 April 2023: no new version and no security fix arrives there. Use ${CURRENT}, which has the same images under the same names.`,
        fixes:
          image.text === undefined
            ? []
            : [review(`Use ${CURRENT}`, replace(image, CURRENT + image.text.slice(FROZEN.length)))],
      };
    },
  },
});
