import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { bytesOf, type Files, generateSmall, thinned } from '../folder/files.ts';
import { runProgram } from '../program.ts';
import type { Section, Target } from '../report.ts';
import { yamlServer } from '../servers/contenders.ts';
import { LanguageClient } from '../servers/language-client.ts';
import type { Run } from '../setup.ts';
import { mebibytes, median, rotated, seconds, times } from '../statistics.ts';
import type { Peers } from './install.ts';
import { toolsOf } from './tools.ts';

/** Some of them take a long time. */
const STEP = 8;
const ROUNDS = 3;

/** One contender, and how to let it look at a folder. */
interface Looker {
  readonly name: string;
  readonly look: (files: Files) => Promise<{ ms: number; peak: number | undefined; evidence: string }>;
  readonly whole: number[];
  readonly tiny: number[];
  peak: number | undefined;
  evidence: string;
  failure: string | undefined;
}

/** Other tools over the same files. */
export async function peersSection(run: Run, peers: Peers, whole: Files): Promise<Section> {
  const files = await thinned(whole, STEP, join(run.folder, 'for-peers'));
  const tiny = await generateSmall(join(run.folder, 'tiny'), 1);
  const lookers = lookersFor(run, peers);
  for (let round = 0; round < ROUNDS; round++)
    for (const looker of rotated(lookers, round)) await take(looker, { files, tiny, run });
  return sectionOf(lookers, peers, `${files.paths.length} files, ${((await bytesOf(files)) / 1e6).toFixed(1)} MB`);
}

function lookersFor({ folder }: Run, peers: Peers): Looker[] {
  const bare = () => ({ whole: [], tiny: [], peak: undefined, evidence: '', failure: undefined });
  const programs = toolsOf(peers).map(({ name, command, evidence }): Looker => {
    const out = join(folder, 'peer.txt');
    const look = async (files: Files) => {
      const { ms, peak, status, complaints } = await runProgram(command(files.folder), out, folder);
      const output = await readFile(out, 'utf8');
      // Findings make most of them end with status 1.
      if (status !== 0 && status !== 1) throw new Error(`It ended with status ${status}: ${complaints.slice(-300)}`);
      return { ms, peak, evidence: evidence(output) };
    };
    return { name, look, ...bare() };
  });
  return [...programs, { name: 'yaml-language-server', look: openAll, ...bare() }];
}

/** It looks at open files only: each is opened when the one before it is answered. */
async function openAll({ folder, paths }: Files) {
  const start = performance.now();
  const client = new LanguageClient(yamlServer(), folder);
  try {
    await client.initialize(folder);
    for (const path of paths)
      await client.open(pathToFileURL(join(folder, path)).href, await readFile(join(folder, path), 'utf8'));
    return {
      ms: performance.now() - start,
      peak: client.peakMemory(),
      evidence: `${client.shown.size} files answered`,
    };
  } finally {
    await client.stop();
  }
}

async function take(looker: Looker, { files, tiny, run }: { files: Files; tiny: Files; run: Run }): Promise<void> {
  if (looker.failure !== undefined) return;
  run.say(`${looker.name} looks at ${files.paths.length} files`);
  try {
    const { ms, peak, evidence } = await looker.look(files);
    looker.whole.push(ms);
    looker.tiny.push((await looker.look(tiny)).ms);
    looker.peak = Math.max(looker.peak ?? 0, peak ?? 0);
    looker.evidence = evidence;
  } catch (error) {
    looker.failure = error instanceof Error ? error.message : String(error);
  }
}

function sectionOf(lookers: readonly Looker[], peers: Peers, what: string): Section {
  const [own] = lookers as [Looker];
  const there = lookers.filter(({ failure }) => failure === undefined);
  const slower = ({ whole }: Looker) => median(whole) / median(own.whole);
  const targets = there.slice(1).map((looker): Target => {
    const faster = slower(looker);
    return {
      what: `A folder, against ${looker.name}`,
      wanted: 'faster',
      measured: `${times(faster)} as fast`,
      isMet: faster > 1,
    };
  });
  const missing = [
    ...peers.all.flatMap(({ name, missing }) =>
      missing === undefined ? [] : `${name} could not be installed: ${missing}`,
    ),
    ...lookers.flatMap(({ name, failure }) =>
      failure === undefined ? [] : `${name} could not be measured: ${failure}`,
    ),
  ];
  const versions = peers.all.flatMap(({ name, version }) => (version === undefined ? [] : `${name} ${version}`));
  return {
    title: 'Other tools',
    text: [
      `The same folder (${what}) for every tool, in turns, each from the start of its process to its end; a single tiny file shows what of that is only its start. What each says it has looked at stands beside it. They look for different things, so the ratios say what a person waits, not whose code is better. ${versions.join(', ')}.`,
      ...missing,
    ],
    tables: [
      {
        columns: ['tool', 'whole folder', 'against Bulkhead', 'one tiny file', 'peak memory', 'what it says'],
        rows: there.map((looker) => [
          looker.name,
          seconds(median(looker.whole)),
          times(slower(looker)),
          seconds(median(looker.tiny)),
          mebibytes(looker.peak),
          looker.evidence,
        ]),
      },
    ],
    targets,
  };
}
