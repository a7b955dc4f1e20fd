/**
 * Works with one language server for a long time, as an editor and other programs do: opens, edits, closes and saves files,
 * changes the configuration, asks for hovers and code actions, all at random: `npm run soak`. Now and then what it shows of
 * open files must become what a server shows that has just been started, and what it holds must not grow. Prints how much
 * was done; at a fault the exit status is 1.
 *
 *   --minutes N   for how long (5)
 *   --seed S      the same seed does the same, as far as the server is as fast (1)
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual, parseArgs } from 'node:util';
import { Random } from '../../bench/random.ts';
import { applyEdits } from '../../shared-rules/index.ts';
import { randomEdit } from '../fuzz/edits.ts';
import { ownSeeds } from '../fuzz/seeds.ts';
import { type Held, Server } from './server.ts';

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '5' }, seed: { type: 'string', default: '1' } },
});
const end = performance.now() + 60_000 * Number(values.minutes);
const random = new Random(Number(values.seed));
const seeds = ownSeeds(Number(values.seed));

/** So many files are in the folder, and so much is done between two comparisons. */
const FILES = 60;
const BETWEEN = 400;
/** A server shows what it finds within so many milliseconds, on any machine. */
const PATIENCE = 120_000;
/** The heap may grow by so much beyond what it was when all had been done once. */
const MOST_GROWTH = { factor: 1.5, bytes: 16 * 1024 * 1024, descriptors: 16 };
const CONFIGURATIONS = [
  'profile: strict\n',
  'severity:\n  host-network: off\n',
  'ignore: ["5*"]\n',
  'profile: [\n',
  '',
];

const folder = mkdtempSync(join(tmpdir(), 'bulkhead-soak-'));
const texts = new Map<string, string>();
const open = new Map<string, number>();
const uriOf = (name: string) => pathToFileURL(join(folder, name)).href;

function save(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function fail(message: string): never {
  console.error(`FAULT with --seed ${values.seed}: ${message}`);
  process.exit(1);
}

async function start(): Promise<Server> {
  const server = new Server(folder, fail);
  await server.initialize(folder);
  return server;
}

async function openIn({ connection }: Server, name: string): Promise<void> {
  const textDocument = {
    uri: uriOf(name),
    languageId: 'yaml',
    version: open.get(name) ?? 1,
    text: texts.get(name) ?? '',
  };
  await connection.sendNotification('textDocument/didOpen', { textDocument });
}

/** One thing that an editor, or another program, does. */
const someText = () => random.pick(Object.values(random.pick(seeds).files));

async function act(server: Server): Promise<void> {
  const { connection } = server;
  const name = random.pick([...texts.keys()]);
  const textDocument = { uri: uriOf(name) };
  const position = { line: random.below(20), character: random.below(20) };
  if (!open.has(name) && random.chance(60)) {
    open.set(name, 1);
    return openIn(server, name);
  }
  const before = texts.get(name) ?? '';
  const text = applyEdits(before, [randomEdit(before, random, seeds)]);
  if (!open.has(name)) {
    // Texts grow where nothing takes them back.
    texts.set(name, random.chance(20) || text.length > 20_000 ? someText() : text);
    save(name, texts.get(name) as string);
    return connection.sendNotification('workspace/didChangeWatchedFiles', { changes: [{ ...textDocument, type: 2 }] });
  }
  const choice = random.below(100);
  if (choice < 60) {
    const version = (open.get(name) as number) + 1;
    open.set(name, version);
    texts.set(name, text.length > 20_000 ? someText() : text);
    const contentChanges = [{ text: texts.get(name) }];
    await connection.sendNotification('textDocument/didChange', {
      textDocument: { ...textDocument, version },
      contentChanges,
    });
  } else if (choice < 75) await connection.sendRequest('textDocument/hover', { textDocument, position });
  else if (choice < 88)
    await connection.sendRequest('textDocument/codeAction', {
      textDocument,
      range: { start: { line: 0, character: 0 }, end: position },
      context: { diagnostics: [] },
    });
  else if (choice < 97) {
    save(name, before);
    open.delete(name);
    await connection.sendNotification('textDocument/didClose', { textDocument });
  } else {
    save('.bulkhead.yaml', random.pick(CONFIGURATIONS));
    await connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: uriOf('.bulkhead.yaml'), type: 2 }],
    });
  }
}

/** What a server shows of the open files, without the versions and the order. */
function shownOpen({ shown }: Server): unknown {
  const plain = [...open.keys()].sort().map((name) => {
    const all = (shown.get(uriOf(name)) ?? []).map(({ range, code, message, severity }) => ({
      range,
      code,
      message,
      severity,
    }));
    return [name, all.map((one) => JSON.stringify(one)).sort()];
  });
  return plain;
}

/** Resolves when both servers show the same of the open files. */
async function untilSame(server: Server, fresh: Server): Promise<void> {
  const isSame = () => isDeepStrictEqual(shownOpen(server), shownOpen(fresh));
  await new Promise<void>((resolve) => {
    const patience = setTimeout(() => fail(differenceOf(server, fresh)), PATIENCE);
    const look = () => {
      if (!isSame()) return;
      clearTimeout(patience);
      resolve();
    };
    server.onShown = look;
    fresh.onShown = look;
    look();
  });
  server.onShown = () => {};
}

function differenceOf(server: Server, fresh: Server): string {
  const [has, wants] = [shownOpen(server), shownOpen(fresh)] as [string, string[]][][];
  const at = has?.findIndex((one, index) => !isDeepStrictEqual(one, wants?.[index])) ?? 0;
  const [name = '', shown] = has?.[at] ?? [];
  return `${name} shows ${JSON.stringify(shown)}, a new server ${JSON.stringify(wants?.[at]?.[1])} for ${JSON.stringify(texts.get(name))}`;
}

/** Names of their own, since many examples are called the same. */
for (let index = 0; texts.size < FILES; index++) {
  for (const [path, text] of Object.entries(random.pick(seeds).files)) {
    const name = `${index}/${path}`;
    texts.set(name, text);
    save(name, text);
  }
}
const server = await start();
let [acts, comparisons] = [0, 0];
let first: Held | undefined;
let last: Held | undefined;
while (performance.now() < end) {
  for (let left = BETWEEN; left > 0; left--, acts++) await act(server);
  const fresh = await start();
  for (const name of open.keys()) await openIn(fresh, name);
  await untilSame(server, fresh);
  await fresh.stop();
  comparisons++;
  last = await server.held();
  if (comparisons === 3) first = last;
  if (!first) continue;
  if (last.heap > first.heap * MOST_GROWTH.factor + MOST_GROWTH.bytes)
    fail(`the heap grew from ${mebibytes(first)} to ${mebibytes(last)}`);
  if (last.descriptors > first.descriptors + MOST_GROWTH.descriptors)
    fail(`${first.descriptors} descriptors became ${last.descriptors}`);
}
await server.stop();
rmSync(folder, { recursive: true });
const growth =
  first && last
    ? `heap ${mebibytes(first)} to ${mebibytes(last)}, descriptors ${first.descriptors} to ${last.descriptors}`
    : 'too short to see growth';
console.log(`${acts} acts, ${comparisons} comparisons with a new server: no difference; ${growth}`);

function mebibytes({ heap }: Held): string {
  return `${(heap / 1024 / 1024).toFixed(1)} MiB`;
}
