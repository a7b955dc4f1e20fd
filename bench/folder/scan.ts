import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manifestsOf } from '../manifests.ts';
import { atMost, type Section } from '../report.ts';
import { bulkhead, type Contender } from '../servers/contenders.ts';
import { LanguageClient } from '../servers/language-client.ts';
import type { Run } from '../setup.ts';
import { mebibytes, median, milliseconds, p95, seconds } from '../statistics.ts';
import { type Change, planEdits } from '../typing/edits.ts';
import type { Files } from './files.ts';

const MOST_OF_FIRST = 0.1;
const LINES = 100;

/** What the editor's start on a folder costs: the scan, a second start, and keystrokes meanwhile. */
export async function scanSection({ folder, isFull, say }: Run, whole: Files): Promise<Section> {
  say('scanning the folder over the protocol');
  const rounds = isFull ? 3 : 1;
  const [first, second, peaks]: [number[], number[], number[]] = [[], [], []];
  for (let round = 0; round < rounds; round++) {
    const contender = await remembering(join(folder, `storage-${round}`));
    for (const times of [first, second]) {
      const { ms, peak } = await scan(contender, whole.folder);
      times.push(ms);
      if (peak !== undefined) peaks.push(peak);
    }
  }
  const typed = await typeMeanwhile(await remembering(join(folder, 'storage-typed')), whole.folder);
  return {
    title: "The editor's scan",
    text: [
      'The same whole folder over the protocol: from the start of the server until it shows the end of the scan; then the same again with a new server and what the first one stored. While a third server scans for the first time, a file of 100 lines is open and typed in.',
    ],
    tables: [
      {
        columns: ['start', 'until the scan has ended', 'peak memory'],
        rows: [
          ['first', seconds(median(first)), mebibytes(Math.max(...peaks))],
          ['second', seconds(median(second)), ''],
        ],
      },
      {
        columns: ['typing', 'keystrokes', 'median', 'p95'],
        rows: [
          ['during the scan', String(typed.during.length), ...figures(typed.during)],
          ['after it', String(typed.after.length), ...figures(typed.after)],
        ],
      },
    ],
    targets: [atMost('The second start on a folder, against the first', MOST_OF_FIRST, median(second) / median(first))],
  };
}

const figures = (times: readonly number[]) => [milliseconds(median(times)), milliseconds(p95(times))];

/** Bulkhead as an editor starts it that has a folder where it may remember results. */
async function remembering(storage: string): Promise<Contender> {
  await mkdir(storage, { recursive: true });
  return { ...bulkhead(), initializationOptions: storageOptions(storage) };
}

/** How an editor tells the server where to remember results. */
function storageOptions(folder: string): object {
  return { storage: folder };
}

async function scan(contender: Contender, folder: string): Promise<{ ms: number; peak: number | undefined }> {
  const start = performance.now();
  const client = new LanguageClient(contender, folder);
  try {
    await client.initialize(folder);
    await client.workEnded(1);
    const ms = performance.now() - start;
    await client.quiet(100);
    return { ms, peak: client.peakMemory() };
  } finally {
    await client.stop();
  }
}

async function typeMeanwhile(contender: Contender, folder: string): Promise<{ during: number[]; after: number[] }> {
  const client = new LanguageClient(contender, folder);
  try {
    await client.initialize(folder);
    const uri = pathToFileURL(join(folder, 'typed.yaml')).href;
    const text = manifestsOf(LINES);
    await client.open(uri, text);
    const [during, after]: [number[], number[]] = [[], []];
    let isScanning = true;
    const ended = client.workEnded(1).then(() => {
      isScanning = false;
    });
    for (const { change, undo } of planEdits(text, 1000, 7)) {
      if (!isScanning && after.length >= 40) break;
      for (const made of [change, undo] satisfies Change[]) {
        const times = isScanning ? during : after;
        times.push((await client.change(uri, made)).ms);
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
    }
    await ended;
    return { during, after };
  } finally {
    await client.stop();
  }
}
