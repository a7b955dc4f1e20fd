import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { manifestsOf } from '../manifests.ts';
import { atMost, type Section } from '../report.ts';
import type { Run } from '../setup.ts';
import { median, milliseconds, p95, rotated } from '../statistics.ts';

/** Turns of each, another one first in every round. */
const ROUNDS = 3;
/** Slower only by what two runs of the same editor may differ by. */
const NO_SLOWER = 1.25;
/** From here on people see that an editor hangs. */
const STUTTER = 100;

/** What `type.mjs` prints, in milliseconds. */
interface Typed {
  readonly keystrokes: readonly number[];
  /** How long the window was busy, where that was more than 50. */
  readonly blocked: readonly number[];
  /** Whether a scan was shown before and after the typing. */
  readonly wasScanning: readonly [boolean, boolean];
}

/** From a key to the picture with its character, in a real VS Code, with a file of 50,000 lines. */
export async function editorSection(run: Run, scanned: string): Promise<Section> {
  const folder = join(run.folder, 'typed');
  await mkdir(folder, { recursive: true });
  const file = join(folder, 'large.yaml');
  await writeFile(file, manifestsOf(50_000));
  const contenders = [
    { name: 'VS Code without Bulkhead', options: ['--without'], typed: [] as Typed[] },
    { name: 'with Bulkhead', options: [], typed: [] as Typed[] },
    { name: 'with Bulkhead, while it scans a large folder', options: ['--also', scanned], typed: [] as Typed[] },
  ];
  for (let round = 0; round < ROUNDS; round++)
    for (const { name, options, typed } of rotated(contenders, round)) {
      run.say(`typing in the editor: ${name}`);
      typed.push(await type([file, folder, ...options]));
    }
  const [without, ...others] = contenders.map(({ name, typed }) => {
    const keystrokes = typed.flatMap((one) => one.keystrokes);
    return {
      name,
      keystrokes,
      hung: typed.flatMap(({ blocked }) => blocked).filter((duration) => duration > STUTTER).length,
      isScan: typed.some(({ wasScanning: [before, after] }) => before || after),
    };
  });
  const baseline = median(without?.keystrokes ?? []);
  return {
    title: 'Typing in the editor',
    text: [
      'In a real VS Code (its server, extension host and workbench, drawn by a headless Chromium without a graphics card, all on the cores named above): a file of 50,000 lines with very many problems is open, somebody types a comment in its middle, and the time is taken from the event of the key to the picture with its character. All rules are on. With fewer cores than programs a scan takes some of their time.',
    ],
    tables: [
      {
        columns: ['', 'keystrokes', 'median', 'p95', `window busy for more than ${STUTTER} ms`],
        rows: [without, ...others].map((one) => [
          one?.name ?? '',
          String(one?.keystrokes.length ?? 0),
          milliseconds(median(one?.keystrokes ?? [])),
          milliseconds(p95(one?.keystrokes ?? [])),
          String(one?.hung ?? 0),
        ]),
      },
    ],
    targets: others.map(({ name, keystrokes }) =>
      atMost(`A keystroke in the editor, ${name}, against VS Code alone`, NO_SLOWER, median(keystrokes) / baseline),
    ),
  };
}

async function type(args: readonly string[]): Promise<Typed> {
  const program = join(import.meta.dirname, 'type.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { timeout: 180_000 });
  return JSON.parse(stdout);
}
