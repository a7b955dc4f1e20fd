import { isMap, type Pair, type YAMLMap } from 'yaml';
import { base64 } from '../../language/base64.ts';
import { resolvePath } from '../../language/paths.ts';
import { utf8Bytes } from '../../language/utf8.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { BuildContext, Folder } from './context.ts';
import { asString, nodeIn, pairIn, pairsOf, putPair, setPair, textOf } from './nodes.ts';
import { type Behavior, Resource, type ResourceList } from './resource.ts';

export type GeneratedKind = 'ConfigMap' | 'Secret';

/** A key with its text, and the source of the generator that it is from. */
interface Entry {
  readonly key: string;
  readonly text: string;
  readonly at: Value;
}

/** Makes an object as an entry of `configMapGenerator` or `secretGenerator` says, and adds it to those that are there. */
export function generate(
  context: BuildContext,
  list: ResourceList,
  folder: Folder,
  kind: GeneratedKind,
  entry: Value,
  common: Value | undefined,
): void {
  const resource = generated(context, folder, kind, entry, common);
  const id = resource.id;
  if (id.name === '') {
    context.note(entry, 'what is generated has a name');
    return;
  }
  const [old, other] = list.withId(id);
  if (other) context.note(entry, `several objects are ${kind} ${id.name}`);
  else if (!old) {
    if (resource.behavior !== 'create' && context.isWhole)
      context.note(entry.get('behavior') ?? entry, `there is no ${kind} ${id.name} to ${resource.behavior}`);
    else list.append(resource);
  } else if (resource.behavior === 'create') context.note(entry, `there is a ${kind} ${id.name} already`);
  else {
    combine(context, resource, old);
    list.replace(old, resource);
    list.forgetIds();
  }
}

function generated(
  context: BuildContext,
  folder: Folder,
  kind: GeneratedKind,
  entry: Value,
  common: Value | undefined,
): Resource {
  const { tree } = context;
  const text = (written: string, at: Value) => asString(tree.text(written, at));
  const options = entry.get('options');
  const metadata = tree.mapping(entry, []);
  for (const name of ['name', 'namespace']) {
    const value = entry.get(name) ?? entry.at('metadata', name);
    if (value?.text) putPair(metadata, tree.made(name, value, text(value.text, value)));
  }
  for (const name of ['labels', 'annotations']) {
    const fields = new Map(
      [...(common?.get(name)?.fields() ?? []), ...(options?.get(name)?.fields() ?? [])].map((field) => [
        field.name,
        field,
      ]),
    );
    const at = options?.get(name) ?? common?.get(name);
    if (!at || fields.size === 0) continue;
    const pairs = [...fields.values()].map((field) => tree.pair(field, text(field.value.text ?? '', field.value)));
    putPair(metadata, tree.made(name, at, tree.mapping(at, pairs)));
  }
  const root = tree.mapping(entry, [
    tree.made('apiVersion', entry, text('v1', entry)),
    tree.made('kind', entry, text(kind, entry)),
    tree.made('metadata', entry, metadata),
  ]);
  if (kind === 'Secret') {
    const type = entry.get('type') ?? entry;
    putPair(root, tree.made('type', type, text(entry.get('type')?.text ?? 'Opaque', type)));
  }
  addData(context, root, kind, entriesOf(context, folder, entry), entry);
  const immutable = [options, common].map((one) => one?.get('immutable')).find((one) => one?.boolean);
  if (immutable) putPair(root, tree.made('immutable', immutable, tree.text('true', immutable)));
  const resource = new Resource(root);
  const keepsName = [options, common].some((one) => one?.get('disableNameSuffixHash')?.boolean);
  resource.isHashed = !keepsName;
  const behavior = entry.get('behavior')?.text;
  if (behavior === 'merge' || behavior === 'replace') resource.behavior = behavior satisfies Behavior;
  return resource;
}

function addData(
  context: BuildContext,
  root: YAMLMap,
  kind: GeneratedKind,
  entries: readonly Entry[],
  at: Value,
): void {
  const { tree } = context;
  const isSecret = kind === 'Secret';
  if (entries.length === 0 && !isSecret) return;
  const pairs = entries.map(({ key, text, at: source }) =>
    tree.made(key, source, asString(tree.text(isSecret ? inLines(base64(utf8Bytes(text))) : text, source))),
  );
  putPair(root, tree.made('data', at, tree.mapping(at, pairs)));
}

/** What is in files of variables, literals and other files. */
function entriesOf(context: BuildContext, folder: Folder, entry: Value): Entry[] {
  const entries: Entry[] = [];
  const keys = new Set<string>();
  const add = (key: string, text: string, at: Value) => {
    if (keys.has(key)) context.note(at, `the key ${key} is there twice`);
    else entries.push({ key, text, at });
    keys.add(key);
  };
  const read = (at: Value, path: string) => {
    const resolved = resolvePath(folder.path, path);
    const text = context.textOf(resolved);
    if (text === undefined) context.note(at, `${resolved} was not found`);
    return text;
  };
  const single = entry.get('env');
  for (const item of [...(entry.get('envs')?.items() ?? []), ...(single ? [single] : [])])
    for (const line of variableLines(read(item, item.text ?? '') ?? '')) add(line.key, line.text, item);
  for (const item of entry.get('literals')?.items() ?? []) {
    const literal = item.text ?? '';
    const equals = literal.indexOf('=');
    if (equals > 0) add(literal.slice(0, equals), withoutQuotes(literal.slice(equals + 1)), item);
    else context.note(item, 'a literal is written as key=value');
  }
  for (const item of entry.get('files')?.items() ?? []) {
    const written = item.text ?? '';
    const [name, path, ...rest] = written.split('=');
    if (rest.length > 0 || name === '' || path === '') {
      context.note(item, 'a file is written as a path or as key=path');
      continue;
    }
    const text = read(item, path ?? written);
    const key = path === undefined ? (written.split('/').findLast((name) => name !== '') ?? written) : (name as string);
    if (text !== undefined) add(key, text, item);
  }
  return entries;
}

/** The lines of a file of variables: nothing in them is quoted or replaced. */
function variableLines(text: string): { key: string; text: string }[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, '').trimStart())
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const equals = line.indexOf('=');
      return equals < 0 ? { key: line, text: '' } : { key: line.slice(0, equals), text: line.slice(equals + 1) };
    });
}

function withoutQuotes(text: string): string {
  const isQuoted = text.length >= 2 && text[0] === text.at(-1) && (text[0] === '"' || text[0] === "'");
  return isQuoted ? text.slice(1, -1) : text;
}

/** Takes what an object has that is merged or replaced by a generated one. */
function combine(context: BuildContext, resource: Resource, old: Resource): void {
  const { tree } = context;
  const metadata = nodeIn(resource.root, 'metadata') as YAMLMap;
  const before = nodeIn(old.root, 'metadata');
  for (const name of ['labels', 'annotations']) mergeEntries(tree, metadata, before, name);
  for (const name of ['name', 'namespace']) setPair(metadata, name, pairIn(before, name));
  resource.succeed(old);
  if (resource.behavior !== 'merge') return;
  if (resource.kind === 'Secret') encodeStringData(context, old.root);
  for (const name of ['data', 'binaryData']) {
    mergeEntries(tree, resource.root, old.root, name);
    if (pairsOf(nodeIn(resource.root, name)).length === 0) setPair(resource.root, name, undefined);
  }
}

/** Puts the entries of a mapping before those of another one, which win. */
function mergeEntries(tree: BuildContext['tree'], into: YAMLMap, from: unknown, name: string): void {
  const pair = pairIn(from, name);
  if (!isMap(pair?.value)) return;
  const merged = tree.copy(pair.value as YAMLMap);
  for (const own of pairsOf(nodeIn(into, name))) putPair(merged, own);
  if (merged.items.length > 0) putPair(into, tree.pairLike(pair, merged));
}

/** What `stringData` of a Secret says, as `data`. */
function encodeStringData({ tree }: BuildContext, root: YAMLMap): void {
  const texts = nodeIn(root, 'stringData');
  if (!isMap(texts)) return;
  const data = nodeIn(root, 'data');
  const merged = isMap(data) ? (tree.copy(data) as YAMLMap) : (tree.copy(texts) as YAMLMap);
  for (const pair of pairsOf(texts)) {
    const encoded = tree.reworded(pair.value as never, inLines(base64(utf8Bytes(textOf(pair.value) ?? ''))));
    putPair(merged, tree.pairLike(pair, asString(encoded)));
  }
  const holder = pairIn(root, 'stringData') as Pair;
  putPair(root, tree.pairLike(holder, merged, 'data'));
}

/** In lines of 70 digits, as Kustomize writes it. */
function inLines(digits: string): string {
  return digits.length < 70 ? digits : (digits.match(/.{1,70}/g) ?? []).map((line) => `${line}\n`).join('');
}
