/**
 * Counts the imports of the code by layer, imports of types included, and fails where one runs against the order, where a
 * rule imports another, or where more files than MOST_IN_A_RING import each other in a circle. `--list` prints every
 * import between two layers.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { root } from './dependencies.mjs';

/** From the ground up: a layer imports itself and those before it. `client` imports none of them. */
const LAYERS = [
  'shared-rules/language',
  'shared-rules/model',
  'shared-rules/assembly',
  'shared-rules/facts',
  'shared-rules/rules',
  'shared-rules/engine',
  'shared-rules/config',
  'shared-rules/index.ts',
  'server',
];
const MOST_IN_A_RING = 4;

const files = ['shared-rules', 'server', 'client'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name).split(sep).join('/')),
);
const graph = new Map(files.map((file) => [file, importsOf(file)]));
const problems = [...againstTheOrder(), ...amongRules(), ...rings()];
printCounts();
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exitCode = 1;

/** The files of this repository that one imports or re-exports from. */
function importsOf(file) {
  const text = readFileSync(join(root, file), 'utf8');
  const specifiers = text.matchAll(/^(?:import|export)\b[^;'"]*?from '(\.[^']+)';|\bimport\('(\.[^']+)'\)/gm);
  const targets = [...specifiers].map(([, named, later]) =>
    relative(root, join(root, dirname(file), named ?? later))
      .split(sep)
      .join('/'),
  );
  return new Set(targets);
}

function layerOf(file) {
  const index = LAYERS.findIndex((layer) => file === layer || file.startsWith(`${layer}/`));
  return index < 0 ? undefined : index;
}

function* edges() {
  for (const [from, targets] of graph) for (const to of targets) yield { from, to };
}

function againstTheOrder() {
  return [...edges()].flatMap(({ from, to }) => {
    const [lower, higher] = [layerOf(from), layerOf(to)];
    const isAgainst = higher !== undefined && (lower === undefined || lower < higher);
    return isAgainst ? `${from} imports ${to}, which lies above it.` : [];
  });
}

/** A rule is a file with a page beside it: it may import views and tables of any family, and no rule. */
function amongRules() {
  const isRule = (file) => existsSync(join(root, file.replace(/\.ts$/, '.md')));
  const rules = new Set(files.filter((file) => file.startsWith('shared-rules/rules/') && isRule(file)));
  return [...edges()].flatMap(({ from, to }) =>
    from !== 'shared-rules/rules/index.generated.ts' && rules.has(to) ? `${from} imports the rule ${to}.` : [],
  );
}

/** Tarjan's strongly connected components. */
function rings() {
  const state = new Map();
  const stack = [];
  const found = [];
  const visit = (file) => {
    const own = { index: state.size, low: state.size, isOpen: true };
    state.set(file, own);
    stack.push(file);
    for (const to of graph.get(file) ?? []) {
      if (!graph.has(to)) continue;
      if (!state.has(to)) own.low = Math.min(own.low, visit(to).low);
      else if (state.get(to).isOpen) own.low = Math.min(own.low, state.get(to).index);
    }
    if (own.low === own.index) {
      const ring = stack.splice(stack.lastIndexOf(file));
      for (const member of ring) state.get(member).isOpen = false;
      if (ring.length > 1) found.push(ring.sort());
    }
    return own;
  };
  for (const file of files) if (!state.has(file)) visit(file);
  console.log(`Rings of files: ${found.map(({ length }) => length).join(', ') || 'none'}.`);
  return found
    .filter(({ length }) => length > MOST_IN_A_RING)
    .map((ring) => `${ring.length} files import each other: ${ring.join(', ')}.`);
}

function printCounts() {
  const counts = new Map();
  for (const { from, to } of edges()) {
    const [a, b] = [from, to].map((file) => LAYERS[layerOf(file)] ?? file.split('/')[0]);
    if (a === b) continue;
    counts.set(`${a} -> ${b}`, (counts.get(`${a} -> ${b}`) ?? 0) + 1);
    if (process.argv.includes('--list')) console.log(`${from} -> ${to}`);
  }
  for (const [pair, count] of [...counts].sort()) console.log(`${String(count).padStart(4)}  ${pair}`);
}
