import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { removedApiUse } from './views.ts';

export const removedApi = defineRule({
  id: 'removed-api',
  on: removedApiUse,
  *detect({ subject, at, apiVersion, removedIn, replacement, lacksSelector, fixes }) {
    yield {
      at,
      message: `${workloadName(subject)} is written for ${apiVersion}, which Kubernetes ${removedIn} removed. The API server refuses it, so whatever the manifest says about isolation does not take effect. Use ${replacement}${lacksSelector ? ', which requires a selector' : ''}.`,
      fixes,
    };
  },
});
