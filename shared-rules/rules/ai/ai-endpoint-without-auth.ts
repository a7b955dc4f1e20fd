import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { openEndpoint } from './views.ts';

export const aiEndpointWithoutAuth = defineRule({
  id: 'ai-endpoint-without-auth',
  on: openEndpoint,
  *detect({ subject, at, problem, advice, related, fixes }) {
    yield { at, message: `${workloadName(subject)} ${problem}. ${advice}`, related, fixes };
  },
});
