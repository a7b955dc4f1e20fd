import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import { pathNames } from './field-specs.ts';
import { isNull, itemsOf, nodeIn, textIn } from './nodes.ts';

/** Names between dots; a dot in brackets, and one behind a backslash, is a part of a name. */
export function dottedNames(path: string): string[] {
  const names: string[] = [];
  const split = pathNames(path, '.');
  for (let index = 0; index < split.length; index++) {
    let name = split[index] as string;
    if (name.startsWith('[') && !name.endsWith(']')) {
      while (index + 1 < split.length && !name.endsWith(']')) name += `.${split[++index]}`;
      if (!name.includes('=')) name = withoutBrackets(name);
    }
    names.push(name);
  }
  return names;
}

function withoutBrackets(name: string): string {
  let [from, to] = [0, name.length];
  while (from < to && '[]'.includes(name[from] as string)) from++;
  while (from < to && '[]'.includes(name[to - 1] as string)) to--;
  return name.slice(from, to);
}

/** `[name=value]` of a path, which is about items of a list. */
export function itemQuery(name: string): { readonly key: string; readonly value: string } | undefined {
  if (!name.startsWith('[') || !name.endsWith(']')) return undefined;
  const inner = name.slice(1, -1);
  const equals = inner.indexOf('=');
  return equals < 0 ? undefined : { key: inner.slice(0, equals), value: inner.slice(equals + 1) };
}

/** What one path leads to; undefined where it leads nowhere. */
export function fieldAtPath(root: YAMLMap, path: string): Node | undefined {
  // An index stands by itself, or in brackets behind a name.
  const names = dottedNames(path).flatMap((name) => {
    const index = /^([^[]+)\[(\d+)\]$/.exec(name);
    return index ? [index[1] as string, index[2] as string] : [name];
  });
  return lookUp(root, names);
}

export function lookUp(root: Node | undefined, names: readonly string[]): Node | undefined {
  let node = root;
  for (const name of names.map((one) => one.trim()).filter((one) => one !== '')) {
    if (isNull(node)) return undefined;
    node = stepTo(node, name);
  }
  return node;
}

function stepTo(node: Node | undefined, name: string): Node | undefined {
  const query = itemQuery(name);
  if (isMap(node)) return query ? undefined : nodeIn(node, name);
  if (!isSeq(node)) return undefined;
  const items = itemsOf(node);
  if (query)
    return items.find((item) =>
      query.key === '' ? isScalar(item) && String(item.value) === query.value : textIn(item, query.key) === query.value,
    );
  return name === '-' ? items.at(-1) : /^\d+$/.test(name) ? items[Number(name)] : undefined;
}
