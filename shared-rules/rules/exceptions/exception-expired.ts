import { defineRule, type Fix } from '../api.ts';
import { judgedException } from './views.ts';

export const exceptionExpired = defineRule({
  id: 'exception-expired',
  on: judgedException,
  *detect({ exception, ended }) {
    const { until, removal } = exception;
    if (!ended || !until) return;
    const remove: Fix = { title: 'Remove the exception', safety: 'review', changes: [removal] };
    if (ended === 'past') {
      yield {
        at: until.at,
        message: `This exception ended with ${until.text} and suppresses nothing any more. Repair what it was about and remove it, or decide anew and give it a later day.`,
        fixes: [remove],
      };
      return;
    }
    const { meant } = ended;
    yield {
      at: until.at,
      message: `"${until.text}" is no day that Bulkhead can read, so nobody could tell when this exception ends, and it suppresses nothing. Write the last day as year, month and day, such as 2027-06-30.`,
      fixes: [
        ...(meant ? [{ title: `Write ${meant}`, safety: 'review', changes: [until.rewriting(meant)] } as const] : []),
        remove,
      ],
    };
  },
});
