import { isMap } from 'yaml';
import { sha256 } from '../../language/sha256.ts';
import { utf8Bytes } from '../../language/utf8.ts';
import type { BuildContext } from './context.ts';
import { nameOf, nodeAt, nodeIn, pairIn, pairsOf, textIn, textOf } from './nodes.ts';
import type { Resource, ResourceList } from './resource.ts';

/** Adds hashes of what is in generated objects to their names. */
export function hashNames({ tree }: BuildContext, list: ResourceList): void {
  for (const resource of list.resources) {
    if (!resource.isHashed) continue;
    const hash = suffixOf(resource);
    const name = pairIn(nodeAt(resource.root, 'metadata'), 'name');
    if (!name) continue;
    resource.storeId();
    name.value = tree.reworded(name.value as never, `${resource.name}-${hash}`);
  }
  list.forgetIds();
}

const LETTERS: Readonly<Record<string, string>> = { 0: 'g', 1: 'h', 3: 'k', a: 'm', e: 't' };

/** After `api/hasher`: ten digits, of which some are replaced so that no words come out. */
function suffixOf(resource: Resource): string {
  const { root, kind } = resource;
  const texts = (name: string) => entriesAsJson(nodeIn(root, name));
  const extra = kind === 'Secret' ? 'stringData' : 'binaryData';
  const fields: [string, string][] = [
    ['data', texts('data') ?? '""'],
    ['kind', goJson(kind)],
    // Kustomize asks for a field `metadata/name`, which there is not.
    ['name', '""'],
  ];
  const more = texts(extra);
  if (more !== undefined) fields.push([extra, more]);
  if (kind === 'Secret') fields.push(['type', goJson(textIn(root, 'type') ?? '')]);
  fields.sort(([a], [b]) => (a < b ? -1 : 1));
  const json = `{${fields.map(([name, value]) => `${goJson(name)}:${value}`).join(',')}}`;
  return sha256(utf8Bytes(json))
    .slice(0, 10)
    .replaceAll(/[013ae]/g, (digit) => LETTERS[digit] as string);
}

/** As Go writes it: sorted by bytes in UTF-8. */
function entriesAsJson(map: unknown): string | undefined {
  if (!isMap(map)) return undefined;
  const entries = pairsOf(map).map((pair) => [nameOf(pair), textOf(pair.value) ?? ''] as const);
  const sorted = entries.sort(([a], [b]) => compareCodePoints(a, b));
  return `{${sorted.map(([name, text]) => `${goJson(name)}:${goJson(text)}`).join(',')}}`;
}

function compareCodePoints(a: string, b: string): number {
  const [left, right] = [Array.from(a), Array.from(b)];
  const at = left.findIndex((char, index) => char !== right[index]);
  if (at < 0) return left.length - right.length;
  return (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? -1);
}

/** A text as Go's `encoding/json` writes it. */
function goJson(text: string): string {
  return JSON.stringify(text.replaceAll(/\p{Cs}/gu, '\ufffd')).replaceAll(
    /[<>&\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
