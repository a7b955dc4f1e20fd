import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { manifestsOf } from './manifests.ts';
import { atMost, type Section } from './report.ts';
import { bulkhead, bulkheadInEditor, type Contender, yamlServer } from './servers/contenders.ts';
import { LanguageClient } from './servers/language-client.ts';
import type { Run } from './setup.ts';
import { median, milliseconds, p95, rotated, times } from './statistics.ts';

const LINES = 100;
const MOST = 1.5;

interface Starts {
  readonly contender: Contender;
  readonly ready: number[];
  readonly diagnostics: number[];
}

/** From the start of the process to the answer to `initialize`, and to the first diagnostics of an open file. */
export async function startupSection({ isFull, floor, folder, say }: Run): Promise<Section> {
  const rounds = isFull ? 40 : 12;
  say(`starting servers, ${rounds} times`);
  const own = join(folder, 'startup');
  await mkdir(own, { recursive: true });
  const empty = { ...floor.touched(), name: 'Empty server' };
  const contenders = [bulkhead(), empty, bulkheadInEditor(join(folder, 'compiled')), yamlServer()];
  const all = contenders.map((contender): Starts => ({ contender, ready: [], diagnostics: [] }));
  // The first round fills the disk cache.
  for (let round = 0; round <= rounds; round++)
    for (const starts of rotated(all, round)) {
      const { ready, diagnostics } = await start(starts.contender, own);
      if (round === 0) continue;
      starts.ready.push(ready);
      starts.diagnostics.push(diagnostics);
    }
  return sectionOf(all);
}

async function start(contender: Contender, folder: string): Promise<{ ready: number; diagnostics: number }> {
  const begin = performance.now();
  const client = new LanguageClient(contender, folder);
  try {
    await client.initialize(folder);
    const ready = performance.now() - begin;
    await client.open(pathToFileURL(join(folder, 'manifests.yaml')).href, manifestsOf(LINES));
    return { ready, diagnostics: performance.now() - begin };
  } finally {
    await client.stop();
  }
}

function sectionOf(all: readonly Starts[]): Section {
  const own = all[0] as Starts;
  const empty = all[1] as Starts;
  const ready = median(own.ready) / median(empty.ready);
  const diagnostics = median(own.diagnostics) / median(empty.diagnostics);
  return {
    title: 'Start of the server',
    text: [
      `From the start of the process until \`initialize\` is answered, and until the first diagnostics of an open file of ${LINES} lines are read. The empty server is the floor of above: \`vscode-languageserver\` and \`yaml\`, bundled and minified like Bulkhead. yaml-language-server is as npm installs it, not bundled.`,
    ],
    tables: [
      {
        columns: ['server', 'ready', 'p95', 'first diagnostics', 'p95', 'against the empty server'],
        rows: all.map(({ contender, ready, diagnostics }) => [
          contender.name,
          milliseconds(median(ready)),
          milliseconds(p95(ready)),
          milliseconds(median(diagnostics)),
          milliseconds(p95(diagnostics)),
          times(median(diagnostics) / median(empty.diagnostics)),
        ]),
      },
    ],
    targets: [
      atMost('Server ready, against an empty server', MOST, ready),
      atMost('First diagnostics after the start, against an empty server', MOST, diagnostics),
    ],
  };
}
