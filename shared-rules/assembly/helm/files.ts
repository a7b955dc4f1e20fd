import { base64 } from '../../language/base64.ts';
import { type Dict, type Entry, list, text } from '../../language/go-template/data.ts';
import { Rope } from '../../language/go-template/rope.ts';
import { Expression } from '../../language/re2/expression.ts';
import { ExpressionError, ExpressionLimit } from '../../language/re2/nodes.ts';
import { utf8Bytes } from '../../language/utf8.ts';
import { writeYaml } from './formats/yaml-write.ts';
import { FREE } from './functions/deep-equal.ts';
import { fn } from './functions/define.ts';
import { baseName } from './functions/paths.ts';

/** Gives the text of a file of a chart; empty where it cannot be read. */
type Read = (path: string) => Rope;

/** Files as entries of a map, read when they are asked for. */
class FileEntries extends Map<string, Entry> {
  readonly #read: Read;
  readonly #paths: ReadonlySet<string>;

  constructor(paths: readonly string[], read: Read) {
    super();
    this.#paths = new Set(paths);
    this.#read = read;
  }

  override has(path: string): boolean {
    return this.#paths.has(path);
  }

  override get(path: string): Entry | undefined {
    if (!this.#paths.has(path)) return undefined;
    const entry = super.get(path) ?? { key: Rope.of(path), value: { kind: 'bytes', rope: this.#read(path) } };
    super.set(path, entry);
    return entry;
  }

  override get size(): number {
    return this.#paths.size;
  }

  override keys(): MapIterator<string> {
    return this.#paths.values();
  }

  override *values(): MapIterator<Entry> {
    for (const path of this.#paths) yield this.get(path) as Entry;
  }

  override *entries(): MapIterator<[string, Entry]> {
    for (const path of this.#paths) yield [path, this.get(path) as Entry];
  }

  override [Symbol.iterator](): MapIterator<[string, Entry]> {
    return this.entries();
  }
}

/**
 * `.Files` of a chart; see https://helm.sh/docs/chart_template_guide/accessing_files.
 * @param paths the files that are neither templates nor read by Helm itself
 */
export function filesData(paths: readonly string[], read: Read): Dict {
  const entries = new FileEntries(paths, read);
  const contents = () => Array.from(entries.keys()).map((path) => [baseName(path), readEntry(entries, path)] as const);
  return {
    kind: 'dict',
    type: 'engine.files',
    element: '[]uint8',
    entries,
    methods: {
      Get: fn(['string'], ([path]) => text(readEntry(entries, path.text))),
      GetBytes: fn(['string'], ([path]) => ({ kind: 'bytes', rope: readEntry(entries, path.text) })),
      Glob: fn(['string'], ([glob]) => filesData(paths.filter(globMatcher(glob.text)), read)),
      AsConfig: fn([], () => text(asYaml(contents()))),
      AsSecrets: fn([], () =>
        text(asYaml(contents().map(([name, rope]) => [name, Rope.of(base64(utf8Bytes(rope.text)))] as const))),
      ),
      Lines: fn(['string'], ([path]) => lines(readEntry(entries, path.text))),
    },
  };
}

function readEntry(entries: FileEntries, path: string): Rope {
  const value = entries.get(path)?.value;
  return value?.kind === 'bytes' ? value.rope : Rope.empty;
}

function asYaml(contents: readonly (readonly [string, Rope])[]): Rope {
  const entries = contents.map(([name, rope]) => [name, { key: Rope.of(name), value: text(rope) }] as const);
  return writeYaml({ kind: 'dict', entries: new Map(entries) }, FREE);
}

function lines(rope: Rope) {
  if (rope.length === 0) return list([], 'string');
  const whole = rope.text.endsWith('\n') ? rope.slice(0, rope.length - 1) : rope;
  return list(whole.split('\n').map(text), 'string');
}

const ANY = () => true;

/** Patterns of github.com/gobwas/glob with `/` between names: `*`, `**`, `?`, `[a-c]`, `[!abc]`, `{one,other}`. */
export function globMatcher(glob: string): (path: string) => boolean {
  const source = expressionOf(glob);
  // What is no pattern is `**` to Helm.
  if (source === undefined) return ANY;
  try {
    const expression = new Expression(source);
    return (path) => expression.exec(path) !== undefined;
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof ExpressionLimit) return ANY;
    throw error;
  }
}

function expressionOf(glob: string): string | undefined {
  let [source, depth] = ['', 0];
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] as string;
    if (char === '*') {
      const isDouble = glob[at + 1] === '*';
      source += isDouble ? '(?s:.*)' : '[^/]*';
      if (isDouble) at++;
    } else if (char === '?') source += '[^/]';
    else if (char === '{') {
      depth++;
      source += '(?:';
    } else if (char === '}' && depth > 0) {
      depth--;
      source += ')';
    } else if (char === ',' && depth > 0) source += '|';
    else if (char === '[') {
      const [written, isNegated, members = ''] = /^\[(!?)([^\]]+)\]/.exec(glob.slice(at)) ?? [];
      if (written === undefined) return undefined;
      source += `[${isNegated ? '^' : ''}${members.replaceAll(/[\\^[]/g, '\\$&')}]`;
      at += written.length - 1;
    } else {
      const literal = char === '\\' ? glob[++at] : char;
      if (literal === undefined) return undefined;
      source += literal.replace(/[\\.+*?()|[\]{}^$]/, '\\$&');
    }
  }
  return depth === 0 ? `\\A(?:${source})\\z` : undefined;
}
