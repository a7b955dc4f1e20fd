import { relativePath, resolvePath } from '../../language/paths.ts';
import type { Value } from '../../language/yaml/value.ts';
import { composeText } from '../../model/compose/interpolation.ts';

/** Keys that lead to paths, each with where in a text the path begins; facts: the package `paths` of compose-go. */
const PATHS: readonly (readonly [keys: RegExp, before: RegExp])[] = [
  [/^services \S+ (?:build|build context|(?:env|label)_file(?: \d+)?|env_file \d+ path)$/, /^/],
  [/^services \S+ develop watch \d+ path$/, /^/],
  [/^services \S+ build (?:additional_contexts|ssh) (?!\d+$)\S+$/, /^/],
  [/^services \S+ build (?:additional_contexts|ssh) \d+$/, /^[^=]*=/],
  [/^(?:configs|secrets) \S+ file$/, /^/],
  // What begins with anything but a dot is the name of a volume.
  [/^services \S+ volumes \d+$/, /^(?=\.)/],
];
const SOURCE = /^services \S+ volumes \d+ source$/;
const DEVICE = /^volumes \S+ driver_opts device$/;
/** What is relative to no folder: absolute and remote paths, other services, and what a variable begins that is not known. */
const NOT_RELATIVE = /^(?:$|[/~\\$]|[A-Za-z]:[\\/]|service:|git@|github\.com\/)|:\/\//;

/**
 * The text of a value as it is written in another folder: a path that is relative to the folder of an included or extended
 * file is made relative to the project's.
 */
export function textInFolder(value: Value, text: string, folder: string): string {
  const own = value.document.source.folder;
  if (own === undefined || own === folder) return text;
  const from = pathStart(value, text);
  if (from === undefined) return text;
  // A short mount goes on behind the path.
  const isMount = value.parent?.key === 'volumes';
  const colon = isMount ? text.indexOf(':', from) : -1;
  const end = colon < 0 ? text.length : colon;
  const path = text.slice(from, end);
  if (NOT_RELATIVE.test(path)) return text;
  const moved = relativePath(folder, resolvePath(own, path));
  const dotted = moved.startsWith('../') || moved === '..' ? moved : `./${moved}`;
  return text.slice(0, from) + dotted + text.slice(end);
}

/** The offset of the path in a text; undefined where there is none. */
function pathStart(value: Value, text: string): number | undefined {
  const keys = keysOf(value);
  const { parent } = value;
  if (SOURCE.test(keys)) return textOf(parent, 'type') === 'bind' ? 0 : undefined;
  if (DEVICE.test(keys))
    return textOf(parent, 'o') === 'bind' && textOf(parent?.parent, 'driver') === 'local' ? 0 : undefined;
  const [, before] = PATHS.find(([pattern]) => pattern.test(keys)) ?? [];
  return before?.exec(text)?.[0].length;
}

function textOf(mapping: Value | undefined, name: string): string | undefined {
  return composeText(mapping?.get(name))?.text;
}

/** The keys that lead to a value, with a space between them, and none in them. */
function keysOf(value: Value): string {
  const keys: string[] = [];
  for (let at: Value | undefined = value; at?.parent; at = at.parent)
    keys.unshift(String(at.key ?? '').replaceAll(/\s/g, '_'));
  return keys.join(' ');
}
