import { defineRule } from '../api.ts';
import { judgedException } from './views.ts';

export const exceptionUnknownRule = defineRule({
  id: 'exception-unknown-rule',
  on: judgedException,
  *detect({ exception, unknown }) {
    const { at, names, removal } = exception;
    if (names.length === 0) {
      yield {
        at,
        message: 'This exception names no rule, so it suppresses nothing. Name the rules it is about, or remove it.',
        fixes: [{ title: 'Remove the exception', safety: 'review', changes: [removal] }],
      };
    }
    for (const { name, nearest } of unknown) {
      const advice = nearest ? `Did you mean ${nearest}?` : 'Name a rule as its finding does, or remove the name.';
      yield {
        at: name.at,
        message: `Bulkhead has no rule "${name.text}", so this exception suppresses nothing by that name. ${advice}`,
        fixes: [
          ...(nearest
            ? [{ title: `Write ${nearest}`, safety: 'review', changes: [name.renaming(nearest)] } as const]
            : []),
          {
            title: names.length === 1 ? 'Remove the exception' : `Remove ${name.text} from the exception`,
            safety: 'review',
            changes: [name.removal],
          },
        ],
      };
    }
  },
});
