import { isMap, isScalar, type Node, type Pair } from 'yaml';
import type { Field, Value } from '../../language/yaml/value.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { readServicePort } from '../../model/compose/ports.ts';
import { readShortMount } from '../../model/mounts.ts';
import { fieldOfItem, type TreeBuilder } from '../tree-builder.ts';

/**
 * How the fields of several Compose files become one, as the Compose specification says (13-merge.md) and compose-go
 * does it (its package `override`). Of all lists here the first is the base, and the last wins.
 */

/** What a list or a mapping below a service is merged as, where that is not what is written. */
type Kind = 'replace' | 'key-values' | 'list' | 'names' | 'build' | 'logging';

const KINDS: Readonly<Record<string, Kind>> = {
  command: 'replace',
  entrypoint: 'replace',
  'healthcheck.test': 'replace',
  annotations: 'key-values',
  environment: 'key-values',
  labels: 'key-values',
  sysctls: 'key-values',
  'build.additional_contexts': 'key-values',
  'build.args': 'key-values',
  'build.labels': 'key-values',
  'deploy.labels': 'key-values',
  'build.extra_hosts': 'list',
  dns: 'list',
  dns_opt: 'list',
  dns_search: 'list',
  env_file: 'list',
  extra_hosts: 'list',
  label_file: 'list',
  tmpfs: 'list',
  depends_on: 'names',
  models: 'names',
  networks: 'names',
  build: 'build',
  logging: 'logging',
};

/** What a service extends is among the layers; nothing else has such a key. */
const EXTENDS = 'extends';

/** Of which items of a list the last one alone counts: those with the same text here. */
const KEYS: Readonly<Record<string, (item: Value) => string | undefined>> = {
  volumes: (item) => withoutSlash(item.isMapping ? textOf(item.get('target')) : mountTarget(item)),
  devices: (item) => (item.isMapping ? textOf(item.get('target')) : deviceTarget(item)),
  ports: portKey,
  secrets: (item) => textOf(item.isMapping ? (item.get('target') ?? item.get('source')) : item),
  configs: (item) => textOf(item.isMapping ? (item.get('target') ?? item.get('source')) : item),
};

/** What a key becomes that several files write. @returns undefined where the last one takes it away with `!reset` */
export function mergeLayers(tree: TreeBuilder, key: Field, layers: readonly Field[]): Pair | undefined {
  const merged = mergeFields(tree, layers, []);
  if (!isMap(merged?.value) || layers.length < 2) return merged;
  // What belongs to all of it is written where the name is.
  const written = key.value.isMapping ? key.value : layers[0]?.value;
  return written && tree.pair(key, tree.mapping(written, merged.value.items));
}

/** A field put together from several files; `path` has the names from the top of what is merged. */
function mergeFields(tree: TreeBuilder, fields: readonly Field[], path: readonly string[]): Pair | undefined {
  const counting = effective(fields);
  const [first] = counting;
  const last = counting.at(-1);
  if (!first || !last) return undefined;
  if (first === last && !hasRepeats(first.value, path)) return tree.pair(first);
  const values = counting.map(({ value }) => value).filter(({ isNull }) => !isNull);
  const node = mergeValues(tree, values, path);
  // A mapping or list begins where the base has it; of anything else the last one counts.
  return node ? tree.pair(first, node) : tree.pair(counting.findLast(({ value }) => !value.isNull) ?? last);
}

/** Whether a list, or a list of a service, has several items of which the last one alone counts. */
function hasRepeats(value: Value, path: readonly string[]): boolean {
  if (path.length === 0) return Object.keys(KEYS).some((name) => hasRepeats(value.get(name) ?? value, [name]));
  const keyOf = KEYS[path.join('.')];
  const keys = keyOf && value.items().flatMap((item) => keyOf(item) ?? []);
  return keys !== undefined && new Set(keys).size < keys.length;
}

/** The fields from the last one on that replaces what is before it. */
function effective(fields: readonly Field[]): readonly Field[] {
  const last = fields.findLastIndex(({ value }) => value.node.tag === '!reset' || value.node.tag === '!override');
  if (last < 0) return fields;
  return fields.slice(fields[last]?.value.node.tag === '!reset' ? last + 1 : last);
}

/** The mapping or list that values become; undefined where the last of them counts as it is. */
function mergeValues(tree: TreeBuilder, values: readonly Value[], path: readonly string[]): Node | undefined {
  const [first] = values;
  if (!first) return undefined;
  const kind = KINDS[path.join('.')];
  const areMappings = values.every(({ isMapping }) => isMapping);
  const areLists = values.every(({ isSequence }) => isSequence);
  switch (kind) {
    case 'replace':
      return undefined;
    case 'build':
      if (values.every(({ node }) => isScalar(node))) return undefined;
      return mappingOf(tree, first, values.map(buildFields), path);
    case 'logging':
      return mappingOf(tree, first, sameDriver(values).map(fieldsOf), path);
    case 'names':
      if (!areLists) return mappingOf(tree, first, values.map(namedFields), path);
      break;
    case 'key-values':
      if (!areMappings) return listOf(tree, first, values.flatMap(keyValueItems), (text) => text?.split('=', 1)[0]);
      break;
    case 'list':
      return listOf(tree, first, values.flatMap(listItems), (text) => text);
  }
  if (areMappings) return mappingOf(tree, first, values.map(fieldsOf), path);
  if (!areLists) return undefined;
  const keyOf = KEYS[path.join('.')] ?? textOf;
  return mergedList(
    tree,
    first,
    values.flatMap((list) => list.items().map((item) => ({ node: tree.item(item), key: keyOf(item) }))),
  );
}

function fieldsOf(value: Value): readonly Field[] {
  return value.fields();
}

/** The fields that have several names in common are merged, name by name, in the order in which they first come. */
function mappingOf(
  tree: TreeBuilder,
  first: Value,
  layers: readonly (readonly Field[])[],
  path: readonly string[],
): Node {
  const byName = new Map<string, Field[]>();
  for (const field of layers.flat()) {
    const namesakes = byName.get(field.name);
    if (namesakes) namesakes.push(field);
    else byName.set(field.name, [field]);
  }
  byName.delete(EXTENDS);
  const pairs = [...byName].flatMap(([name, fields]) => mergeFields(tree, fields, [...path, name]) ?? []);
  return tree.mapping(first, pairs);
}

/** `build: ./folder` is short for a context, which no rule looks at. */
function buildFields(value: Value): readonly Field[] {
  return value.isMapping ? value.fields() : [];
}

/** Options of a log driver do not fit another one. */
function sameDriver(values: readonly Value[]): readonly Value[] {
  const drivers = values.map((value) => value.get('driver')?.text);
  const last = drivers.findLastIndex((driver) => driver !== undefined);
  const from = drivers.findLastIndex(
    (driver, index) => index < last && driver !== undefined && driver !== drivers[last],
  );
  return values.slice(from + 1);
}

/** A list of names means a mapping of them. */
function namedFields(value: Value): readonly Field[] {
  return value.isMapping ? value.fields() : value.items().map(fieldOfItem);
}

interface Item {
  readonly node: Node;
  /** Undefined where it is not known, so that it is taken for another one than all others. */
  readonly key: string | undefined;
}

interface KeyedItem {
  readonly text: string | undefined;
  readonly node: (tree: TreeBuilder) => Node;
}

function keyValueItems(value: Value): readonly KeyedItem[] {
  if (!value.isMapping) return listItems(value);
  return value.fields().map(({ name, value: at }) => {
    const text = at.isNull ? name : `${name}=${at.rawText ?? ''}`;
    return { text, node: (tree) => tree.text(text, at) };
  });
}

/** A list, or the one item that stands for a list of it; of a mapping `name=value`. */
function listItems(value: Value): readonly KeyedItem[] {
  if (value.isMapping) return keyValueItems(value);
  const items = isScalar(value.node) ? [value] : value.items();
  return items.map((at) => ({ text: textOf(at), node: (tree) => tree.item(at) }));
}

function listOf(
  tree: TreeBuilder,
  first: Value,
  items: readonly KeyedItem[],
  keyOf: (text: string | undefined) => string | undefined,
): Node {
  return mergedList(
    tree,
    first,
    items.map(({ text, node }) => ({ node: node(tree), key: keyOf(text) })),
  );
}

/** Of several items with one key the last one stands in the place of the first. */
function mergedList(tree: TreeBuilder, first: Value, items: readonly Item[]): Node {
  const byKey = new Map<unknown, Node>();
  for (const item of items) byKey.set(item.key ?? item, item.node);
  return tree.sequence(first, [...byKey.values()]);
}

function textOf(value: Value | undefined): string | undefined {
  return composeText(value)?.text;
}

function mountTarget(item: Value): string | undefined {
  const text = textOf(item);
  return text === undefined ? undefined : (readShortMount(text).target?.text ?? text);
}

function deviceTarget(item: Value): string | undefined {
  const [source, target] = textOf(item)?.split(':') ?? [];
  return target ?? source;
}

function withoutSlash(path: string | undefined): string | undefined {
  return path?.replace(/(?<=.)\/$/, '');
}

function portKey(item: Value): string | undefined {
  const port = readServicePort(item);
  return port && JSON.stringify([port.address ?? '0.0.0.0', port.published, port.targets, port.protocol]);
}
