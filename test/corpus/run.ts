/**
 * Tries every fix on a folder of real files: `npm run corpus -- DIR`. Each is applied in memory, proven as in the
 * editor, and its result read by another YAML parser, whose tree must differ only by what the fix says. Prints a table
 * by rule, and why fixes were refused. The exit status is 1 when a fix damaged a file. Nothing is written.
 */
import { isDeepStrictEqual } from 'node:util';
import { FAILSAFE_SCHEMA, loadAll } from 'js-yaml';
import { readTextFile } from '../../server/workspace/read-file.ts';
import { walk } from '../../server/workspace/walk.ts';
import { applyEdits, DEFAULT_SETTINGS, type Finding, lint, tryFixes } from '../../shared-rules/index.ts';
import { isYamlChange } from '../../shared-rules/language/change.ts';
import { readTemplate } from '../../shared-rules/language/template/template.ts';
import type { YamlChange } from '../../shared-rules/language/yaml/change.ts';
import { splitDocuments } from '../../shared-rules/language/yaml/split.ts';
import type { Plain } from '../../shared-rules/language/yaml/style.ts';
import type { Value } from '../../shared-rules/language/yaml/value.ts';

type Tree = null | string | Tree[] | { [key: string]: Tree };

interface Row {
  findings: number;
  /** Findings whose rule has a fix for them. */
  fixable: number;
  offered: number;
  proven: number;
  refused: number;
  /** Proven fixes whose result the other parser could compare. */
  compared: number;
  damaged: number;
}

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;
const rows = new Map<string, Row>();
const refusals = new Map<string, number>();
/** Stands in a tree for what a change takes away. */
const GONE = '\0gone';

function tally(path: string, text: string, finding: Finding, trials: ReturnType<typeof tryFixes>): void {
  const row = rows.get(finding.rule) ?? {
    findings: 0,
    fixable: 0,
    offered: 0,
    proven: 0,
    refused: 0,
    compared: 0,
    damaged: 0,
  };
  rows.set(finding.rule, row);
  row.findings++;
  if (trials.length > 0) row.fixable++;
  if (trials.some((trial) => 'proven' in trial)) row.offered++;
  for (const [index, trial] of trials.entries()) {
    if ('refused' in trial) {
      row.refused++;
      refusals.set(trial.refused, (refusals.get(trial.refused) ?? 0) + 1);
      continue;
    }
    row.proven++;
    const verdict = compare(
      text,
      applyEdits(text, trial.proven.edits),
      (finding.fixes()[index]?.changes ?? []).filter(isYamlChange),
    );
    if (verdict !== undefined) row.compared++;
    if (verdict === false) {
      row.damaged++;
      console.error(`DAMAGED: ${path}, ${finding.rule} at ${finding.path}: ${trial.proven.title}`);
    }
  }
}

/**
 * Whether the other parser sees just the intended change; undefined where it cannot read the file as it was. A finding in
 * a template belongs to one of its readings, so one that agrees is enough.
 */
function compare(before: string, after: string, changes: readonly YamlChange[]): boolean | undefined {
  const place = changes.map(placeOf)[0] as Value;
  const [was, is] = [before, after].map((text) => readTemplate(text)?.readings.map((one) => one.text) ?? [text]) as [
    string[],
    string[],
  ];
  const verdicts = was.map((reading, index) => {
    const documents = parse(reading, place.document.range.start);
    const expected = documents && performAll(documents, changes);
    return expected && isDeepStrictEqual(pruned(expected), pruned(parse(is[index] ?? '', 0)?.trees ?? []));
  });
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

interface Parsed {
  readonly trees: Tree[];
  /** Which of them begins at the offset that was asked for. */
  readonly own: number;
}

/** The trees of every document of a text; undefined where the other parser cannot read it. */
function parse(text: string, start: number): Parsed | undefined {
  const ranges = splitDocuments(text);
  try {
    const trees = ranges.map(
      (range) => (loadAll(text.slice(range.start, range.end), { schema: FAILSAFE_SCHEMA }) as Tree[])[0] ?? null,
    );
    return { trees, own: ranges.findIndex((range) => range.start === start) };
  } catch {
    return undefined;
  }
}

/** The trees after changes; undefined where a change is about another reading of the template. */
function performAll({ trees, own }: Parsed, changes: readonly YamlChange[]): Tree[] | undefined {
  const expected = structuredClone(trees);
  try {
    for (const change of changes) if (!('addDocument' in change)) perform(expected[own] as Tree, change);
  } catch {
    return undefined;
  }
  const added = changes.flatMap((change) => ('addDocument' in change ? [toTree(change.addDocument)] : []));
  expected.splice(own + 1, 0, ...added);
  return expected;
}

function placeOf(change: YamlChange): Value {
  if ('remove' in change) return 'pair' in change.remove ? change.remove.value : change.remove;
  if ('replace' in change) return change.replace;
  if ('put' in change) return change.put;
  if ('append' in change) return change.append;
  if ('rename' in change) return change.rename.owner;
  return change.after;
}

function keysOf(value: Value): (string | number)[] {
  return value.parent ? [...keysOf(value.parent), value.key as string | number] : [];
}

/** Makes a change in a plain tree. What is removed is marked first, so that the places of the others stay. */
function perform(tree: Tree, change: Exclude<YamlChange, { addDocument: Plain }>): void {
  const keys = keysOf(placeOf(change));
  if ('put' in change) {
    const target = follow(tree, keys);
    let data = change.data;
    for (const key of change.keys.toReversed()) data = { [key]: data };
    merge(target as { [key: string]: Tree }, toTree(data) as { [key: string]: Tree });
  } else if ('append' in change) (follow(tree, keys) as Tree[]).push(toTree(change.data));
  else if ('rename' in change) {
    const owner = follow(tree, keys) as { [key: string]: Tree };
    owner[change.name] = owner[change.rename.name] as Tree;
    delete owner[change.rename.name];
  } else {
    const last = keys.pop() as string;
    (follow(tree, keys) as { [key: string]: Tree })[last] = 'remove' in change ? GONE : change.text;
  }
}

function follow(tree: Tree, keys: readonly (string | number)[]): Tree {
  return keys.reduce<Tree>((value, key) => (value as { [key: string]: Tree })[key] ?? null, tree);
}

function merge(target: { [key: string]: Tree }, data: { [key: string]: Tree }): void {
  for (const [key, value] of Object.entries(data)) {
    const present = target[key];
    if (Array.isArray(present) && Array.isArray(value)) present.push(...value);
    else if (present && typeof present === 'object' && value && typeof value === 'object') {
      merge(present as { [key: string]: Tree }, value as { [key: string]: Tree });
    } else target[key] = value;
  }
}

function toTree(data: Plain): Tree {
  if (Array.isArray(data)) return data.map(toTree);
  if (typeof data !== 'object') return String(data);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, toTree(value)]));
}

/** Without what was marked as gone, and without the keys of lists that lost all their items. */
function pruned(tree: Tree): Tree {
  if (Array.isArray(tree)) return tree.filter((item) => item !== GONE).map(pruned);
  if (tree === null || typeof tree === 'string') return tree;
  const kept = Object.entries(tree).filter(
    ([, value]) =>
      value !== GONE && !(Array.isArray(value) && value.length > 0 && value.every((item) => item === GONE)),
  );
  return Object.fromEntries(kept.map(([key, value]) => [key, pruned(value)]));
}

function print(files: number): void {
  const shown = [...rows].sort().map(([rule, row]) => {
    const percent = row.fixable === 0 ? '' : `${((100 * row.offered) / row.fixable).toFixed(1)} %`;
    return { rule, ...row, 'offered of fixable': percent };
  });
  console.log(`${files} files`);
  console.table(shown);
  for (const [reason, count] of refusals) console.log(`refused ${count} times: ${reason}`);
  process.exitCode = [...rows.values()].some(({ damaged }) => damaged > 0) ? 1 : 0;
}

const [root] = process.argv.slice(2);
if (!root) {
  console.error('Usage: npm run corpus -- DIR');
  process.exit(2);
}
let files = 0;
for await (const path of walk(root, { exclude: [] })) {
  const read = await readTextFile(path);
  if ('refused' in read) continue;
  files++;
  const linted = { path, settings, result: lint(path, read.text, settings) };
  for (const finding of linted.result.findings) tally(path, read.text, finding, tryFixes(linted, finding));
}
print(files);
