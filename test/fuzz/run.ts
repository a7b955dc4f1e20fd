/**
 * Edits files at random and looks whether every answer is right: `npm run fuzz`. After each edit the lint that is kept
 * from one text to the next must give what a fresh one gives; now and then fixes are tried, and their results are read
 * by another YAML parser. Prints how many edits were made. At a fault it prints the smallest way to it, and the exit
 * status is 1.
 *
 *   --seed S      the same seed makes the same edits (1)
 *   --edits N     how many (15,000)
 *   --seconds N   for how long, instead
 *   --folder DIR  begins with files of a folder, beside the own texts
 *   --all         goes on at a fault, and prints the first of each kind
 *
 * In `npm test` it is bounded by edits, not by seconds: then a run does the same on every machine, and what failed
 * once fails again. 15,000 take about a minute on two slow cores.
 */
import { parseArgs } from 'node:util';
import { Random } from '../../bench/random.ts';
import { counts } from './repairs.ts';
import { ownSeeds, type Seed, seedsIn } from './seeds.ts';
import { faultOf, planSession, type Session, type SessionFault } from './session.ts';
import { describe, shrink } from './shrink.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    edits: { type: 'string', default: '15000' },
    seconds: { type: 'string' },
    folder: { type: 'string' },
    all: { type: 'boolean', default: false },
  },
});
const seed = Number(values.seed);
const end = values.seconds === undefined ? undefined : performance.now() + 1000 * Number(values.seconds);
const own = ownSeeds(seed);
const foreign: Seed[] = values.folder === undefined ? [] : await seedsIn(values.folder);
const random = new Random(seed);
const kinds = new Set<string>();
let edits = 0;
let slowest = { ms: 0, path: '' };

const isOver = () => (end === undefined ? edits >= Number(values.edits) : performance.now() >= end);

function report(session: Session, fault: SessionFault): void {
  if (kinds.has(fault.kind)) return;
  kinds.add(fault.kind);
  const smallest = shrink(session, fault);
  console.error(`FAULT after ${edits} edits with --seed ${seed}: ${describe(smallest.session, smallest.fault)}\n`);
}

while (!isOver() && (values.all || kinds.size === 0)) {
  const session = planSession(random, foreign.length > 0 && random.chance(75) ? foreign : own);
  const start = performance.now();
  const fault = faultOf(session);
  edits += session.steps.length;
  const ms = (performance.now() - start) / session.steps.length;
  if (ms > slowest.ms) slowest = { ms, path: Object.keys(session.files).join(', ') };
  if (fault) report(session, fault);
}
const { fixes, compared, bulk } = counts;
console.log(`${edits} edits of ${own.length + foreign.length} texts, seed ${seed}: ${kinds.size} kinds of faults`);
console.log(`${fixes} fixes applied, ${compared} compared by another parser; ${bulk} repairs of everything`);
console.log(`${Math.round(slowest.ms)} ms an edit at worst (${slowest.path})`);
process.exitCode = kinds.size > 0 ? 1 : 0;
