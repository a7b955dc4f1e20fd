import { isDay, meantDay } from '../../model/exceptions/exception-text.ts';
import { defineRule } from '../api.ts';
import { review } from '../fixes.ts';
import { removingException } from './removal-fixes.ts';
import { checkedException } from './views.ts';

export const exceptionExpired = defineRule({
  id: 'exception-expired',
  on: checkedException,
  *detect({ exception, isInForce }) {
    const { until } = exception;
    if (isInForce || !until) return;
    const { text, at, rewriting } = until;
    const meant = isDay(text) ? undefined : meantDay(text);
    yield {
      at,
      message: isDay(text)
        ? `This exception ended with ${text} and suppresses nothing any more. Repair what it was about and remove it, or decide anew and give it a later day.`
        : `"${text}" is no day that Bulkhead can read, so nobody could tell when this exception ends, and it suppresses nothing. Write the last day as year, month and day, such as 2027-06-30.`,
      fixes: [...(meant ? [review(`Write ${meant}`, rewriting(meant))] : []), removingException(exception)],
    };
  },
});
