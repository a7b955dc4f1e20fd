import { parentPort } from 'node:worker_threads';
import type { Order } from './order.ts';
import { work } from './work.ts';

/** Outcomes that are not sent yet. */
let outcomes: string[] = [];

function send(): void {
  if (outcomes.length > 0) parentPort?.postMessage(outcomes);
  outcomes = [];
}

/**
 * A thread of a pool: carries out orders, one after the other. What is known without a lint is told together; before a
 * lint all is told, so that the order a thread dies of is the first it has not answered. The first message says that the
 * thread is there.
 */
parentPort?.on('message', (orders: readonly Order[]) => {
  for (const order of orders) {
    let isLinted = false;
    const onLint = () => {
      isLinted = true;
      send();
    };
    const outcome = work(order, onLint);
    outcomes.push(outcome);
    // What took a while is told at once.
    if (isLinted) send();
  }
  send();
});
parentPort?.postMessage([]);
