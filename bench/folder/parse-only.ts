/**
 * Parses texts and does nothing else: `parse-only THREADS CHUNK...`. Each chunk is a file of JSON with texts and the
 * options of the parser; a thread takes the next one when it is done with one.
 */
import { readFileSync } from 'node:fs';
import { isMainThread, Worker, workerData } from 'node:worker_threads';
import { parseAllDocuments } from 'yaml';
import type { Parsed } from './yaml-recorder.ts';

if (isMainThread) {
  const [, program = '', threads, ...chunks] = process.argv;
  const next = new Int32Array(new SharedArrayBuffer(4));
  for (let thread = 0; thread < Number(threads); thread++)
    new Worker(program, { workerData: { chunks, next } }).on('error', (error) => {
      throw error;
    });
} else {
  const { chunks, next } = workerData as { chunks: string[]; next: Int32Array };
  for (let path = chunks[Atomics.add(next, 0, 1)]; path; path = chunks[Atomics.add(next, 0, 1)])
    for (const { source, options } of JSON.parse(readFileSync(path, 'utf8')) as Parsed[]) parse(source, options);
}

/** What the parser throws on is as much work as anything. */
function parse(source: string, options: Parsed['options']): void {
  try {
    parseAllDocuments(source, options);
  } catch {}
}
