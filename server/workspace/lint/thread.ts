import { constants, platform, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { DEPTH, type Order, type ThreadData } from './order.ts';
import { runOrder } from './run-order.ts';

/** Outcomes are sent together, so many or those of so many milliseconds: each message interrupts two threads. */
const MOST = DEPTH / 4;
const PAUSE = 20;

/**
 * A thread of a pool: carries out orders, one after the other. It counts those it has begun where the pool can see it, so
 * that this knows which one the thread died of. The first message says that the thread is there.
 */
const { begun, givesWay } = workerData as ThreadData;
// On Linux this is a thread's own priority, elsewhere that of the whole program, which has an editor to answer.
if (givesWay && platform() === 'linux') setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
parentPort?.on('message', (orders: readonly Order[]) => {
  let outcomes: string[] = [];
  let last = performance.now();
  for (const order of orders) {
    Atomics.add(begun, 0, 1);
    outcomes.push(runOrder(order));
    if (outcomes.length < MOST && performance.now() - last < PAUSE) continue;
    parentPort?.postMessage(outcomes);
    outcomes = [];
    last = performance.now();
  }
  if (outcomes.length > 0) parentPort?.postMessage(outcomes);
});
parentPort?.postMessage([]);
