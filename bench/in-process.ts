import { Bench } from 'tinybench';
import { parseAllDocuments } from 'yaml';
import { DEFAULT_SETTINGS, lint } from '../shared-rules/index.ts';
import { manifestsOf } from './manifests.ts';
import type { Section } from './report.ts';
import type { Run } from './setup.ts';
import { median, milliseconds, p95, rotated, times } from './statistics.ts';

const PROFILES = ['all', 'recommended'] as const;
/** The parser as Bulkhead calls it. */
const PARSER_OPTIONS = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;

interface Timed {
  readonly name: string;
  readonly run: () => unknown;
  readonly samples: number[];
}

/** What the rules cost beside the parser, without a protocol. */
export async function inProcessSection({ isFull, say }: Run): Promise<Section> {
  const rows: string[][] = [];
  for (const lines of [100, 1_000, 10_000, ...(isFull ? [50_000] : [])]) {
    say(`linting ${lines.toLocaleString('en')} lines in process`);
    const timed = contendersFor(manifestsOf(lines));
    const rounds = isFull ? 6 : 3;
    for (let round = 0; round < rounds; round++) for (const one of rotated(timed, round)) await measure(one, isFull);
    const parsing = median(timed[0]?.samples ?? []);
    for (const { name, samples } of timed) {
      const figures = [milliseconds(median(samples)), milliseconds(p95(samples))];
      rows.push([lines.toLocaleString('en'), name, ...figures, times(median(samples) / parsing)]);
    }
  }
  return {
    title: 'In one process',
    text: [
      'The rules without protocol, processes and files: a whole text is linted, beside the same text merely parsed by `yaml`. From the source, with the build of `yaml` that Node takes; documents that no rule concerns are parsed in the first row of each size and skipped in the others.',
    ],
    tables: [{ columns: ['lines', 'what', 'median', 'p95', 'against parsing'], rows }],
    targets: [],
  };
}

function contendersFor(text: string): Timed[] {
  return [
    { name: 'parse', run: () => parseAllDocuments(text, PARSER_OPTIONS), samples: [] },
    ...PROFILES.map((profile) => ({
      name: `lint, profile ${profile}`,
      run: () => lint('manifests.yaml', text, { ...DEFAULT_SETTINGS, profile }),
      samples: [],
    })),
  ];
}

async function measure({ name, run, samples }: Timed, isFull: boolean): Promise<void> {
  const time = isFull ? 1000 : 300;
  const bench = new Bench({ time, iterations: 3, warmupTime: time / 3, warmupIterations: 2, retainSamples: true });
  bench.add(name, run);
  const [task] = await bench.run();
  if (task?.result.state !== 'completed') throw new Error(`${name} could not be measured.`);
  samples.push(...(task.result.latency.samples ?? []));
}
