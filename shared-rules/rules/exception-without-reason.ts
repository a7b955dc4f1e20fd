import { defineRule } from '../engine/rule.ts';
import { REASON_PLACEHOLDER } from '../source/exceptions.ts';

export const exceptionWithoutReason = defineRule({
  id: 'exception-without-reason',
  detect: {
    *exception({ exception, ended }) {
      if (exception.hasReason || ended) return;
      const { writeReason } = exception;
      yield {
        at: exception.at,
        message:
          'This exception gives no reason. Whoever reads it later cannot tell whether it is still needed, or was ever thought about. Write down why the danger is accepted here.',
        fixes: writeReason
          ? [{ title: 'Write the reason', safety: 'review', changes: [writeReason], placeholder: REASON_PLACEHOLDER }]
          : [],
      };
    },
  },
});
