import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Floor } from './servers/contenders.ts';

/** What every part of a run is given. */
export interface Run {
  /** Whether there is time, and peers may be installed. */
  readonly isFull: boolean;
  /** A folder that is deleted at the end. */
  readonly folder: string;
  readonly floor: Floor;
  readonly say: (message: string) => void;
}

/** Prepares a run, and cleans up after it. */
export async function withRun<T>(isFull: boolean, use: (run: Run) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-bench-'));
  try {
    const floor = await Floor.build(folder);
    return await use({ isFull, folder, floor, say: (message) => process.stderr.write(`${message}\n`) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
