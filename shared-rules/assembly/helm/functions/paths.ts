import { bool, text } from '../../../language/go-template/data.ts';
import { type FunctionTable, fn } from './define.ts';

/** Go's package `path`; `path/filepath` is the same but on Windows. */

/** `path.Clean`: the shortest path that says the same. */
export function cleanPath(path: string): string {
  const isAbsolute = path.startsWith('/');
  const names: string[] = [];
  for (const name of path.split('/')) {
    if (name === '' || name === '.') continue;
    if (name !== '..') names.push(name);
    else if (names.length > 0 && names.at(-1) !== '..') names.pop();
    else if (!isAbsolute) names.push(name);
  }
  const joined = names.join('/');
  return isAbsolute ? `/${joined}` : joined || '.';
}

/** `path.Base`: the last name of a path. */
export function baseName(path: string): string {
  if (path === '') return '.';
  const end = lengthWithoutSlashes(path);
  return end === 0 ? '/' : path.slice(path.lastIndexOf('/', end - 1) + 1, end);
}

function lengthWithoutSlashes(path: string): number {
  let end = path.length;
  while (path[end - 1] === '/') end--;
  return end;
}

function directory(path: string): string {
  return cleanPath(path.slice(0, path.lastIndexOf('/') + 1));
}

function extension(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const point = name.lastIndexOf('.');
  return point < 0 ? '' : name.slice(point);
}

const base = fn(['string'], ([path]) => text(baseName(path.text)));
const dir = fn(['string'], ([path]) => text(directory(path.text)));
const clean = fn(['string'], ([path]) => text(cleanPath(path.text)));
const ext = fn(['string'], ([path]) => text(extension(path.text)));
const isAbs = fn(['string'], ([path]) => bool(path.text.startsWith('/')));

export const PATH_FUNCTIONS: FunctionTable = {
  base,
  dir,
  clean,
  ext,
  isAbs,
  osBase: base,
  osDir: dir,
  osClean: clean,
  osExt: ext,
  osIsAbs: isAbs,
};
