import { defineRule } from '../engine/rule.ts';
import { workloadName } from '../source/subject.ts';

export const removedApi = defineRule({
  id: 'removed-api',
  detect: {
    *removedApi({ subject, at, apiVersion, removedIn, replacement, lacksSelector, fixes }) {
      yield {
        at,
        message: `${workloadName(subject)} is written for ${apiVersion}, which Kubernetes ${removedIn} removed. The API server refuses it, so whatever the manifest says about isolation does not take effect. Use ${replacement}${lacksSelector ? ', which requires a selector' : ''}.`,
        fixes,
      };
    },
  },
});
