/** Reads what a fix made of a file with a YAML parser that Bulkhead does not use. */
import { isDeepStrictEqual } from 'node:util';
import {
  defineMappingTag,
  defineScalarTag,
  defineSequenceTag,
  FAILSAFE_SCHEMA,
  loadAll,
  mapTag,
  seqTag,
  strTag,
} from 'js-yaml';
import { readTemplate } from '../../shared-rules/language/template/template.ts';
import type { YamlChange } from '../../shared-rules/language/yaml/change.ts';
import { splitDocuments } from '../../shared-rules/language/yaml/split.ts';
import type { Plain } from '../../shared-rules/language/yaml/style.ts';
import type { Value } from '../../shared-rules/language/yaml/value.ts';

type Tree = null | string | Tree[] | { [key: string]: Tree };

/** Stands in a tree for what a change takes away. */
const GONE = '\0gone';

/**
 * Whether the other parser sees just the intended change; undefined where it cannot read the file as it was, or
 * where no YAML is changed, and of what a template of a chart prints. A finding in a template belongs to one of its readings, so one that agrees is enough.
 * @param partStart where the part of the file begins that the changes are in
 */
export function compare(
  before: string,
  after: string,
  changes: readonly YamlChange[],
  partStart: number,
): boolean | undefined {
  const place = changes.map(placeOf)[0];
  if (!place) return undefined;
  if (isPrinted(place)) return undefined;
  const holders = holdersOf(place);
  // js-yaml calls a key without a name `null`.
  if ([place, ...holders].some(hasNamelessKey)) return undefined;
  // js-yaml gives each alias of a scalar a text of its own.
  if (holders.some(({ document, node }) => document.isRepeated(node))) return undefined;
  const outer = (holders[0] ?? place).document;
  const textsOf = (text: string) => readTemplate(text)?.readings.map((reading) => reading.text) ?? [text];
  const [was, is] = [textsOf(before), textsOf(after)];
  const verdicts = was.map((reading, index) => {
    const documents = parse(reading, partStart + outer.range.start);
    const expected = documents && performAll(documents, changes, holders);
    if (!expected) return undefined;
    const actual = unfolded(parse(is[index] ?? '', 0)?.trees ?? [], documents.own, holders);
    return isDeepStrictEqual(pruned(expected), actual && pruned(actual));
  });
  if (verdicts.includes(true)) return true;
  return verdicts.includes(undefined) ? undefined : false;
}

/** Whether the other parser reads every document of a text, which is no template. */
export function parses(text: string): boolean {
  return parse(text, 0) !== undefined;
}

/** Nothing but texts, and the tags of Docker Compose. */
const SCHEMA = FAILSAFE_SCHEMA.withTags(
  ['!reset', '!override'].flatMap((tag) => [
    defineScalarTag(tag, strTag),
    defineSequenceTag(tag, seqTag),
    defineMappingTag(tag, mapTag),
  ]),
);

/** The only document in a text. */
function load(text: string): Tree {
  const [tree = null, ...others] = loadAll(text, { schema: SCHEMA }) as Tree[];
  // Behind `...` there may be one without a marker, of which it is not known where it begins.
  if (others.length > 0) throw new Error('several documents');
  return tree;
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
    const trees = ranges.map((range) => load(text.slice(range.start, range.end)));
    return { trees, own: ranges.findIndex((range) => range.start === start) };
  } catch {
    return undefined;
  }
}

/** The trees after changes; undefined where a change is about another reading of the template. */
function performAll({ trees, own }: Parsed, changes: readonly YamlChange[], holders: readonly Value[]) {
  const expected = structuredClone(trees);
  try {
    const tree = unfold(expected[own], holders);
    for (const change of changes) if (!('addDocument' in change)) perform(tree, change);
  } catch {
    return undefined;
  }
  const added = changes.flatMap((change) => ('addDocument' in change ? [toTree(change.addDocument)] : []));
  expected.splice(own + 1, 0, ...added);
  return expected;
}

/** Whether it is written in a text that templates print: where that is in the file no tree of the file tells. */
function isPrinted({ document }: Value): boolean {
  return document.source.derived?.usedAt !== undefined;
}

/** Whether a value is below a key that is nothing at all, such as that of `: value`. */
function hasNamelessKey(value: Value): boolean {
  return value.key === '' || (value.parent !== undefined && hasNamelessKey(value.parent));
}

/** The scalars that hold the text a value is written in, and those that hold theirs, the outermost first. */
function holdersOf({ document }: Value): Value[] {
  const { holder } = document.source;
  return holder ? [...holdersOf(holder), holder] : [];
}

/** Trees with what texts in one of them say; undefined where the other parser cannot read these. */
function unfolded(trees: Tree[], own: number, holders: readonly Value[]): Tree[] | undefined {
  try {
    unfold(trees[own], holders);
    return trees;
  } catch {
    return undefined;
  }
}

/** Puts in the place of a text in a tree what it says, in which others may be. @returns the tree of the innermost */
function unfold(tree: Tree | undefined, holders: readonly Value[]): Tree {
  let inner = tree ?? null;
  for (const holder of holders) {
    const keys = keysOf(holder);
    const last = keys.pop() as string;
    const owner = holderOf(follow(inner, keys), last) as { [key: string]: Tree };
    inner = load(owner[last] as string);
    owner[last] = inner;
  }
  return inner;
}

function placeOf(change: YamlChange): Value {
  if ('remove' in change) return asWritten('pair' in change.remove ? change.remove.value : change.remove);
  if ('replace' in change) return asWritten(change.replace);
  if ('put' in change) return asWritten(change.put);
  if ('append' in change) return asWritten(change.append);
  if ('rename' in change) return asWritten(change.rename.owner);
  return change.after;
}

/** A value where it is written, of a tree that was put together from several. */
function asWritten(value: Value): Value {
  if (value.origin) return value.origin;
  return typeof value.key === 'string' ? (value.parent?.field(value.key)?.origin?.value ?? value) : value;
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
    const owner = holderOf(follow(tree, keys), change.rename.name) as { [key: string]: Tree };
    owner[change.name] = owner[change.rename.name] as Tree;
    delete owner[change.rename.name];
  } else {
    const last = keys.pop() as string;
    (holderOf(follow(tree, keys), last) as { [key: string]: Tree })[last] = 'remove' in change ? GONE : change.text;
  }
}

/** What a mapping or a list has of its own: objects of JavaScript have entries such as `constructor` besides. */
function ownEntry(tree: Tree, key: string | number): Tree | undefined {
  return Object.hasOwn(Object(tree), key) ? (tree as { [key: string]: Tree })[key] : undefined;
}

function follow(tree: Tree, keys: readonly (string | number)[]): Tree {
  return keys.reduce<Tree>((value, key) => ownEntry(holderOf(value, key), key) ?? null, tree);
}

/** The mapping that a key is written in: this one, or one that it merges. */
function holderOf(tree: Tree, key: string | number): Tree {
  if (tree === null || typeof tree === 'string' || Array.isArray(tree) || Object.hasOwn(tree, key)) return tree;
  const merged = [tree['<<'] ?? []].flat() as Tree[];
  return merged.map((one) => holderOf(one, key)).find((one) => Object.hasOwn(Object(one), key)) ?? tree;
}

function merge(target: { [key: string]: Tree }, data: { [key: string]: Tree }): void {
  for (const [key, value] of Object.entries(data)) {
    const present = ownEntry(target, key);
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
