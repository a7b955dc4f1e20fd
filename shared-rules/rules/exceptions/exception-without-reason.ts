import { REASON_PLACEHOLDER } from '../../model/exceptions/exceptions.ts';
import { defineRule } from '../api.ts';
import { checkedException } from './views.ts';

export const exceptionWithoutReason = defineRule({
  id: 'exception-without-reason',
  on: checkedException,
  *detect({ exception, isInForce }) {
    if (exception.hasReason || !isInForce) return;
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
});
