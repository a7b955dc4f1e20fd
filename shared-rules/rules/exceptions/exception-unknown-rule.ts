import { defineRule } from '../api.ts';
import { review } from '../fixes.ts';
import { removingException, removingName } from './removal-fixes.ts';
import { checkedException } from './views.ts';

export const exceptionUnknownRule = defineRule({
  id: 'exception-unknown-rule',
  on: checkedException,
  *detect({ exception, unknown }) {
    if (exception.names.length === 0)
      yield {
        at: exception.at,
        message: 'This exception names no rule, so it suppresses nothing. Name the rules it is about, or remove it.',
        fixes: [removingException(exception)],
      };
    for (const { name, nearest } of unknown) {
      const advice = nearest ? `Did you mean ${nearest}?` : 'Name a rule as its finding does, or remove the name.';
      yield {
        at: name.at,
        message: `Bulkhead has no rule "${name.text}", so this exception suppresses nothing by that name. ${advice}`,
        fixes: [
          ...(nearest ? [review(`Write ${nearest}`, name.renaming(nearest))] : []),
          removingName(exception, name),
        ],
      };
    }
  },
});
