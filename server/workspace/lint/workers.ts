import type { Order } from './order.ts';

/** Carries out orders, somewhere. */
export interface Workers {
  /** Resolves when there is room for one more order, so that no more than a bounded number waits. */
  readonly room: () => Promise<void>;
  /** @returns an `OrderOutcome` as JSON. Never rejects. */
  readonly run: (order: Order) => Promise<string>;
  readonly end: () => Promise<void>;
}
