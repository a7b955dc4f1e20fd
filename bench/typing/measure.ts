import type { Contender } from '../servers/contenders.ts';
import { LanguageClient } from '../servers/language-client.ts';
import { rotated } from '../statistics.ts';
import { type Edit, planEdits } from './edits.ts';

/** A file that is typed in. */
export interface Typed {
  readonly folder: string;
  readonly uri: string;
  readonly text: string;
}

export interface Effort {
  /** Edits in each round, each of which is taken back. */
  readonly edits: number;
  readonly rounds: number;
  /** After so many milliseconds of one round a contender makes no further edit. */
  readonly limit: number;
  /** Milliseconds of quiet before another contender has its turn: longer than any of them waits before it publishes more. */
  readonly pause: number;
}

/** What one contender did. */
export interface Typing {
  readonly name: string;
  /** Milliseconds by the number of the keystroke; a keystroke that was not made is missing. */
  readonly keystrokes: Map<number, number>;
  /** How many keystrokes changed what is shown. */
  changes: number;
  /** Diagnostics of the file as it was opened. */
  shown: number;
  peak: number | undefined;
}

interface Turn {
  readonly client: LanguageClient;
  readonly typing: Typing;
}

/** Quiet between two keystrokes, for what a server does after it has answered. */
const BETWEEN = 15;

/**
 * Makes the same edits in every contender, in turns; another one is first in every round. The first round warms up and
 * does not count.
 */
export async function measureTyping(contenders: readonly Contender[], file: Typed, effort: Effort): Promise<Typing[]> {
  const turns: Turn[] = [];
  try {
    for (const contender of contenders) turns.push(await begin(contender, file, effort.pause));
    for (let round = 0; round <= effort.rounds; round++) {
      const edits = planEdits(file.text, effort.edits, round + 1);
      for (const turn of rotated(turns, round)) await play(turn, { file, edits, round, effort });
    }
    for (const { client, typing } of turns) typing.peak = client.peakMemory();
    return turns.map(({ typing }) => typing);
  } finally {
    await Promise.all(turns.map(({ client }) => client.stop()));
  }
}

/** How many diagnostics a contender shows of a file. */
export async function findingsOf(contender: Contender, file: Typed, pause: number): Promise<number> {
  const { client, typing } = await begin(contender, file, pause);
  await client.stop();
  return typing.shown;
}

async function begin(contender: Contender, { folder, uri, text }: Typed, pause: number): Promise<Turn> {
  const client = new LanguageClient(contender, folder);
  try {
    await client.initialize(folder);
    await client.open(uri, text);
    await client.quiet(pause);
  } catch (error) {
    await client.stop();
    throw error;
  }
  const { name } = contender;
  const shown = client.shown.get(uri) ?? 0;
  return { client, typing: { name, keystrokes: new Map(), changes: 0, shown, peak: undefined } };
}

interface Round {
  readonly file: Typed;
  readonly edits: readonly Edit[];
  readonly round: number;
  readonly effort: Effort;
}

async function play({ client, typing }: Turn, { file, edits, round, effort }: Round): Promise<void> {
  const end = performance.now() + effort.limit;
  let last = '';
  for (const [index, { change, undo }] of edits.entries()) {
    if (performance.now() > end) break;
    for (const [step, made] of [change, undo].entries()) {
      const { ms, published } = await client.change(file.uri, made);
      const now = JSON.stringify(published.diagnostics);
      if (round > 0) {
        typing.keystrokes.set((round * edits.length + index) * 2 + step, ms);
        if (now !== last) typing.changes++;
      }
      last = now;
      await client.quiet(BETWEEN);
    }
  }
  await client.quiet(effort.pause);
}

/** The times of two contenders for those keystrokes that both made. */
export function together(one: Typing, other: Typing): [number[], number[]] {
  const both = [...one.keystrokes.keys()].filter((keystroke) => other.keystrokes.has(keystroke));
  const times = ({ keystrokes }: Typing) => both.map((keystroke) => keystrokes.get(keystroke) ?? Number.NaN);
  return [times(one), times(other)];
}
