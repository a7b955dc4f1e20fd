import type { Classification } from '../../model/ai/classify.ts';
import type { Related } from '../api.ts';

/** The places of the signals, as they ride along with a finding. */
export function relatedSignals({ signals }: Classification): Related[] {
  return signals.map(({ text, at }) => ({ message: `AI signal: ${text}`, at }));
}
