import { defineRule } from '../engine/rule.ts';
import { workloadName } from '../source/subject.ts';

export const aiEndpointWithoutAuth = defineRule({
  id: 'ai-endpoint-without-auth',
  detect: {
    *aiEndpoint({ subject, at, problem, advice, related, fixes }) {
      yield { at, message: `${workloadName(subject)} ${problem}. ${advice}`, related, fixes };
    },
  },
});
