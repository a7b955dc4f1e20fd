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
        ? `This exception expired after ${text} and no longer suppresses anything. Fix what it is about and remove it, or set a later day.`
        : `"${text}" is not a date that Bulkhead can read, so this exception suppresses nothing. Write its last day as year, month and day, such as 2027-06-30.`,
      fixes: [...(meant ? [review(`Write ${meant}`, rewriting(meant))] : []), removingException(exception)],
    };
  },
});
