import { defineRule } from '../api.ts';
import { judgedException } from './views.ts';

export const exceptionUnused = defineRule({
  id: 'exception-unused',
  on: judgedException,
  *detect({ exception, unused }) {
    for (const name of unused) {
      yield {
        at: name.at,
        message: `This exception suppresses nothing: ${name.text} has no finding here. Left behind, it would hide the next one without anybody deciding about it. Remove it, or move it to what it is about.`,
        fixes: [
          {
            title: exception.names.length === 1 ? 'Remove the exception' : `Remove ${name.text} from the exception`,
            safety: 'review',
            changes: [name.removal],
          },
        ],
      };
    }
  },
});
