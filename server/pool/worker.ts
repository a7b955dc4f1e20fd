import { parentPort } from 'node:worker_threads';
import type { Order } from './order.ts';
import { work } from './work.ts';

/** A thread of a pool: carries out orders, one after the other. The first message says that it is there. */
parentPort?.on('message', (order: Order) => parentPort?.postMessage(work(order)));
parentPort?.postMessage('');
