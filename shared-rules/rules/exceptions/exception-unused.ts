import { defineRule } from '../api.ts';
import { removingName } from './removal-fixes.ts';
import { checkedException } from './views.ts';

export const exceptionUnused = defineRule({
  id: 'exception-unused',
  on: checkedException,
  *detect({ exception, unused }) {
    for (const name of unused) {
      yield {
        at: name.at,
        message: `This exception suppresses nothing: ${name.text} has no finding here. Left behind, it would hide the next one without anybody deciding about it. Remove it, or move it to what it is about.`,
        fixes: [removingName(exception, name)],
      };
    }
  },
});
