#!/usr/bin/env node
import { workerData } from 'node:worker_threads';
import { isThread } from './pool/in-thread.ts';

// The program's threads run the same file. They need the rules alone, and nothing of the program around them.
void (isThread(workerData) ? import('./pool/worker.ts') : import('./bulkhead.ts'));
