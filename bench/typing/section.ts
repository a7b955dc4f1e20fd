import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { hugeDocument, manifestsOf } from '../manifests.ts';
import { atLeast, atMost, type Section, type Target } from '../report.ts';
import { bulkhead, yamlServer, yamlServerWithSchema } from '../servers/contenders.ts';
import type { Run } from '../setup.ts';
import { mebibytes, median, milliseconds, p95, times } from '../statistics.ts';
import { type Effort, findingsOf, measureTyping, type Typed, type Typing, together } from './measure.ts';

/** How many times as fast as yaml-language-server Bulkhead should be, by lines. */
const WITHOUT_SCHEMA = new Map([
  [100, 1.5],
  [1_000, 5],
  [10_000, 20],
  [50_000, 20],
]);
const WITH_SCHEMA = new Map([
  [100, 10],
  [1_000, 100],
  [10_000, 500],
]);
/** Between the turns. */
const PAUSE = 700;
const MOST_OF_FLOOR = 2;
const MOST_MEMORY = 0.5;
/** Slower only by what two runs of the same program may differ by. */
const NO_SLOWER = 1.1;

interface Measured {
  readonly what: string;
  readonly documents: number;
  readonly typings: readonly Typing[];
}

/** From a keystroke to the diagnostics of the text with it, as an editor sees it. */
export async function typingSection(run: Run, schemas: string | undefined): Promise<Section> {
  const bySize: Measured[] = [];
  const targets: Target[] = [];
  for (const [lines, faster] of WITHOUT_SCHEMA) {
    run.say(`typing in ${lines.toLocaleString('en')} lines`);
    const file = await typedFile(run, `lines-${lines}`, manifestsOf(lines));
    const findings = await findingsOf(bulkhead(), file, PAUSE);
    const { floor } = run;
    const contenders = [bulkhead(), yamlServer(), floor.touched(), floor.withFindings(findings), floor.whole()];
    const fasterThanSchema = schemas === undefined ? undefined : WITH_SCHEMA.get(lines);
    if (schemas !== undefined && fasterThanSchema) contenders.push(yamlServerWithSchema(schemas));
    const typings = await measureTyping(contenders, file, effortFor(run, lines));
    bySize.push({ what: lines.toLocaleString('en'), documents: file.text.split('\n---').length, typings });
    targets.push(...targetsOf(typings, { lines, faster, fasterThanSchema }));
  }
  run.say('typing in a single document of 10,000 lines');
  const file = await typedFile(run, 'single', hugeDocument(10_000));
  const single = await measureTyping([bulkhead(), run.floor.whole(), yamlServer()], file, effortFor(run, 10_000));
  const slower = ratio(single, 'Bulkhead', 'Floor, whole file');
  targets.push(atMost('A single document of 10,000 lines, against the floor of whole files', NO_SLOWER, slower));
  return sectionOf([...bySize, { what: '10,000, single document', documents: 1, typings: single }], targets);
}

function effortFor({ isFull }: Run, lines: number): Effort {
  const bounds = { limit: isFull ? 60_000 : 8_000, pause: PAUSE };
  if (lines <= 1_000) return { edits: 10, rounds: isFull ? 10 : 3, ...bounds };
  return { edits: 5, rounds: isFull ? 6 : 2, ...bounds };
}

async function typedFile({ folder }: Run, name: string, text: string): Promise<Typed> {
  const own = join(folder, name);
  await mkdir(own, { recursive: true });
  return { folder: own, uri: pathToFileURL(join(own, 'manifests.yaml')).href, text };
}

function typingOf(typings: readonly Typing[], name: string): Typing {
  const typing = typings.find((one) => one.name === name);
  if (!typing) throw new Error(`${name} did not type.`);
  return typing;
}

/** How many times as long as the second the first takes, over the keystrokes that both made. */
function ratio(typings: readonly Typing[], first: string, second: string): number {
  const [one, other] = together(typingOf(typings, first), typingOf(typings, second));
  return median(one) / median(other);
}

function targetsOf(
  typings: readonly Typing[],
  { lines, faster, fasterThanSchema }: { lines: number; faster: number; fasterThanSchema: number | undefined },
): Target[] {
  const at = `${lines.toLocaleString('en')} lines`;
  const speed = (other: string) => ratio(typings, other, 'Bulkhead');
  const targets = [atLeast(`${at}, against yaml-language-server`, faster, speed('yaml-language-server'))];
  if (fasterThanSchema) {
    const name = 'yaml-language-server, Kubernetes schema';
    targets.push(atLeast(`${at}, against ${name}`, fasterThanSchema, speed(name)));
  }
  for (const floor of ['Floor', 'Floor with findings'])
    targets.push(atMost(`${at}, against the ${floor.toLowerCase()}`, MOST_OF_FLOOR, ratio(typings, 'Bulkhead', floor)));
  const [own, other] = ['Bulkhead', 'yaml-language-server'].map((name) => typingOf(typings, name).peak);
  if (lines === 50_000 && own && other)
    targets.push(atMost(`${at}, peak memory against yaml-language-server`, MOST_MEMORY, own / other));
  return targets;
}

const COMPARED = [
  'yaml-language-server',
  'yaml-language-server, Kubernetes schema',
  'Floor',
  'Floor with findings',
  'Floor, whole file',
];

function sectionOf(measured: readonly Measured[], targets: Target[]): Section {
  const ratios = measured.map(({ what, documents, typings }) => [
    what,
    String(documents),
    ...COMPARED.map((name) =>
      typings.some((typing) => typing.name === name) ? times(ratio(typings, name, 'Bulkhead')) : '-',
    ),
  ]);
  const figures = measured.flatMap(({ what, typings }) =>
    typings.map(({ name, keystrokes, changes, shown, peak }) => {
      const all = [...keystrokes.values()];
      const counts = [shown, all.length, changes].map((count) => count.toLocaleString('en'));
      return [what, name, milliseconds(median(all)), milliseconds(p95(all)), ...counts, mebibytes(peak)];
    }),
  );
  return {
    title: 'From a keystroke to its diagnostics',
    text: [
      'Seen from an editor: from just before the change is sent until the diagnostics of the text with it are read. Every server is a process of its own, behind standard input and output, and gets the same edits in turns: a value, a quote, a key, an indent, a pasted line, each taken back again, at places spread over the file. The first round warms up and does not count. The files are made by `bench/manifests.ts`; Bulkhead runs with the profile `all`.',
      'yaml-language-server waits 200 ms before it begins; that is taken off here, so that only its work counts. The floor is a server that does nothing but parse the documents that a change touches, with the parser that Bulkhead uses, and publish their syntax errors; *with findings* it publishes as many made-up findings as Bulkhead does, which at a keystroke are 200 at most; *whole file* parses the whole file. Its source is `bench/servers/floor-server.ts`.',
      'How many times as long as Bulkhead each of them takes, by lines of the file (medians):',
    ],
    tables: [
      { columns: ['lines', 'documents', ...COMPARED], rows: ratios },
      { columns: ['lines', 'server', 'median', 'p95', 'shown', 'keystrokes', 'changed', 'peak memory'], rows: figures },
    ],
    targets,
  };
}
