import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manifestsOf } from '../manifests.ts';
import type { Section } from '../report.ts';
import { bulkhead } from '../servers/contenders.ts';
import { LanguageClient } from '../servers/language-client.ts';
import type { Run } from '../setup.ts';
import { mebibytes } from '../statistics.ts';
import { planEdits } from './edits.ts';

/** As many as in an hour of quick typing. */
const KEYSTROKES = { full: 20_000, quick: 2_000 };
const LINES = 1_000;
const QUARTERS = [25, 50, 75, 100];
/** What counts as no growth: a heap is never the same twice. */
const SLACK = { share: 1.05, mebibytes: 2 };
const MEBIBYTE = 2 ** 20;

interface Held {
  readonly heap: number;
  readonly resident: number;
}

/** Types for long and looks whether memory grows. */
export async function enduranceSection({ isFull, folder, say }: Run): Promise<Section> {
  const keystrokes = isFull ? KEYSTROKES.full : KEYSTROKES.quick;
  say(`${keystrokes.toLocaleString('en')} keystrokes`);
  const own = join(folder, 'endurance');
  await mkdir(own, { recursive: true });
  const collecting = ['--expose-gc', '--require', join(import.meta.dirname, '..', 'servers', 'collect-garbage.cjs')];
  const client = new LanguageClient(bulkhead(collecting), own);
  const held: Held[] = [];
  try {
    await client.initialize(own);
    const uri = pathToFileURL(join(own, 'manifests.yaml')).href;
    const text = manifestsOf(LINES);
    await client.open(uri, text);
    for (const quarter of QUARTERS) {
      for (const { change, undo } of planEdits(text, keystrokes / QUARTERS.length / 2, quarter)) {
        await client.change(uri, change);
        await client.change(uri, undo);
      }
      held.push(await settled(client));
    }
  } finally {
    await client.stop();
  }
  return sectionOf(held, keystrokes);
}

/** What the server holds after a pause and a collection of its garbage. */
async function settled(client: LanguageClient): Promise<Held> {
  await client.quiet(1500);
  const said = await client.saidTo('SIGUSR2', /memory (\{.*\})\n/);
  const { heapUsed, external, rss } = JSON.parse(said);
  return { heap: (heapUsed + external) / MEBIBYTE, resident: rss / MEBIBYTE };
}

function sectionOf(held: readonly Held[], keystrokes: number): Section {
  const first = held[0]?.heap ?? Number.NaN;
  const last = held.at(-1)?.heap ?? Number.NaN;
  return {
    title: 'Memory while typing for long',
    text: [
      `${keystrokes.toLocaleString('en')} keystrokes in a file of ${LINES.toLocaleString('en')} lines, one after another. After each quarter the server's garbage is collected and what is left is counted.`,
    ],
    tables: [
      {
        columns: ['keystrokes', 'heap', 'resident'],
        rows: held.map(({ heap, resident }, index) => [
          Math.round((keystrokes * (QUARTERS[index] ?? 0)) / 100).toLocaleString('en'),
          `${heap.toFixed(1)} MiB`,
          mebibytes(resident),
        ]),
      },
    ],
    targets: [
      {
        what: `Memory after ${keystrokes.toLocaleString('en')} keystrokes, against a quarter of them`,
        wanted: 'no growth',
        measured: `${last - first >= 0 ? '+' : ''}${(last - first).toFixed(1)} MiB`,
        isMet: last <= Math.max(first * SLACK.share, first + SLACK.mebibytes),
      },
    ],
  };
}
