import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { runProgram } from '../program.ts';
import { atMost, type Section } from '../report.ts';
import { root } from '../servers/contenders.ts';
import type { Run } from '../setup.ts';
import { mebibytes, median, rotated, seconds, times } from '../statistics.ts';
import { bytesOf, doubled, type Files, generate, generateSmall, thinned } from './files.ts';
import { Parsing } from './parsing.ts';

const FILES = { full: 4_000, quick: 1_000 };
const SMALL_FILES = 50_000;
const MOST_OF_PARSING = 1.5;
/** A byte of the largest folder may cost so many times a byte of the smallest. */
const LINEAR = 1.25;

/** A format that tells no fixes: those are proven one by one, which is work beside the check. */
export const checkCommand = (folder: string) => [
  process.execPath,
  join(root, 'dist', 'bulkhead.cjs'),
  'check',
  '--profile',
  'all',
  '--format',
  'github',
  folder,
];

interface Size {
  readonly name: string;
  readonly files: Files;
  readonly bytes: number;
  readonly parsed: number;
  readonly parse: readonly string[];
  readonly checking: number[];
  readonly parsing: number[];
  peak: number | undefined;
}

/** A whole folder on the command line, beside merely parsing what must be parsed. */
export async function folderSection(run: Run, whole: Files): Promise<Section> {
  const { isFull, folder, say } = run;
  const threads = availableParallelism();
  const sizes = await sizesOf(run, whole, threads);
  const rounds = isFull ? 4 : 2;
  for (let round = 0; round < rounds; round++)
    for (const size of sizes) {
      say(`checking ${size.name}, round ${round + 1} of ${rounds}`);
      await measure(size, round, folder);
    }
  const section = sectionOf(sizes, threads);
  return isFull ? { ...section, tables: [...section.tables, await smallFiles(run)] } : section;
}

/** The folder that is checked: one that is given, or a generated one. */
export async function wholeFolder({ isFull, folder, say }: Run, given: Files | undefined): Promise<Files> {
  if (given) return given;
  const count = isFull ? FILES.full : FILES.quick;
  say(`writing ${count.toLocaleString('en')} files`);
  return generate(join(folder, 'whole'), count);
}

async function sizesOf({ folder, say }: Run, whole: Files, threads: number): Promise<Size[]> {
  say('looking which documents must be parsed');
  const parsing = await Parsing.of(whole, join(folder, 'parsing'));
  const all: [string, Files, readonly string[]][] = [];
  for (const [name, step] of [
    ['a quarter', 4],
    ['half', 2],
  ] as const) {
    const files = await thinned(whole, step, join(folder, name.replace(' ', '-')));
    all.push([name, files, files.paths]);
  }
  all.push(['the whole', whole, whole.paths]);
  all.push(['double', await doubled(whole, join(folder, 'double')), [...whole.paths, ...whole.paths]]);
  const sizes: Size[] = [];
  for (const [name, files, paths] of all) {
    const { command, bytes } = await parsing.command(name.replace(' ', '-'), paths, threads);
    const bare = { checking: [], parsing: [], peak: undefined };
    sizes.push({ name, files, bytes: await bytesOf(files), parsed: bytes, parse: command, ...bare });
  }
  return sizes;
}

async function measure(size: Size, round: number, folder: string): Promise<void> {
  const check = async () => {
    const { ms, peak, status } = await runProgram(checkCommand(size.files.folder), join(folder, 'found.txt'), folder);
    if (status !== 0 && status !== 1) throw new Error(`bulkhead check ended with status ${status}.`);
    size.checking.push(ms);
    if (peak !== undefined) size.peak = Math.max(size.peak ?? 0, peak);
  };
  const parse = async () => {
    const { ms, status } = await runProgram(size.parse, join(folder, 'nothing.txt'), folder);
    if (status !== 0) throw new Error(`Parsing ended with status ${status}.`);
    size.parsing.push(ms);
  };
  for (const run of rotated([check, parse], round)) await run();
}

const perSecond = (bytes: number, ms: number) => `${(bytes / 1000 / ms).toFixed(1)} MB/s`;

function sectionOf(sizes: readonly Size[], threads: number): Section {
  const cost = ({ bytes, checking }: Size) => median(checking) / bytes;
  const ratioOf = (name: string) => {
    const size = sizes.find((one) => one.name === name) as Size;
    return median(size.checking) / median(size.parsing);
  };
  return {
    title: 'A whole folder',
    text: [
      `\`bulkhead check --profile all --format github\`, from the start of the process to its end, beside a program that parses the same documents in ${threads} threads and does nothing else. Which documents those are is learnt from Bulkhead itself: it lints all files once over a \`yaml\` that remembers what it was given (\`bench/folder/yaml-recorder.ts\`). Formats that tell fixes, such as \`json\` and \`sarif\`, take longer, since they prove every fix. The double holds every file twice, the second one with a comment at its end.`,
    ],
    tables: [
      {
        columns: ['folder', 'files', 'MB', 'of these parsed', 'check', 'parse', 'ratio', 'check', 'peak memory'],
        rows: sizes.map(({ name, files, bytes, parsed, checking, parsing, peak }) => [
          name,
          files.paths.length.toLocaleString('en'),
          (bytes / 1e6).toFixed(1),
          (parsed / 1e6).toFixed(1),
          seconds(median(checking)),
          seconds(median(parsing)),
          times(median(checking) / median(parsing)),
          perSecond(bytes, median(checking)),
          mebibytes(peak),
        ]),
      },
    ],
    targets: [
      atMost('A whole folder, against merely parsing it', MOST_OF_PARSING, ratioOf('the whole')),
      atMost(
        'A byte of the double folder, against one of its quarter',
        LINEAR,
        cost(sizes.at(-1) as Size) / cost(sizes[0] as Size),
      ),
    ],
  };
}

/** Many files of one document each. */
async function smallFiles({ folder, say }: Run): Promise<Section['tables'][number]> {
  say(`checking ${SMALL_FILES.toLocaleString('en')} small files`);
  const rows: string[][] = [];
  for (const count of [SMALL_FILES / 4, SMALL_FILES]) {
    const files = await generateSmall(join(folder, `small-${count}`), count);
    const { ms, peak } = await runProgram(checkCommand(files.folder), join(folder, 'found.txt'), folder);
    const bytes = await bytesOf(files);
    const shown = [count.toLocaleString('en'), (bytes / 1e6).toFixed(1), seconds(ms), perSecond(bytes, ms)];
    rows.push([...shown, mebibytes(peak)]);
  }
  return { columns: ['small files', 'MB', 'check', '', 'peak memory'], rows };
}
