import { type Data, type Dict, scalarSource, sortedEntries } from '../../../language/go-template/data.ts';
import { PLAIN } from '../../../language/go-template/format.ts';
import { formatFloat } from '../../../language/go-template/format-number.ts';
import { Rope } from '../../../language/go-template/rope.ts';
import { UNKNOWN_CHARACTER } from '../../../language/unknown.ts';
import type { Spend } from '../functions/deep-equal.ts';
import { serialisable } from './serialisable.ts';

const MAX_DEPTH = 100;

class TomlError extends Error {}

/** A value as github.com/BurntSushi/toml writes it; what is wrong with it is the result, as of Helm's `toToml`. */
export function writeToml(data: Data, spend: Spend): Rope {
  const writer = new Writer(spend);
  try {
    writer.root(serialisable(data));
    return Rope.join(writer.parts);
  } catch (error) {
    if (error instanceof TomlError) return Rope.of(error.message);
    throw error;
  }
}

class Writer {
  readonly parts: (Rope | string)[] = [];
  readonly #spend: Spend;

  constructor(spend: Spend) {
    this.#spend = spend;
  }

  root(data: Data): void {
    if (data.kind === 'dict') this.#table(data, []);
    else if (data.kind === 'list' && isTableList(data))
      throw new TomlError('toml: top-level values must be Go maps or structs');
    else this.#value(data, 0);
  }

  #line(): void {
    if (this.parts.length > 0) this.parts.push('\n');
  }

  /** The plain values of a table first, then the tables in it. */
  #table(dict: Dict, path: readonly string[]): void {
    this.#spend(1 + dict.entries.size);
    if (path.length > MAX_DEPTH) throw new TomlError('toml: nested too deeply');
    const entries = sortedEntries(dict).filter(({ value }) => value.kind !== 'nil');
    if (dict.unknown) this.parts.push(UNKNOWN_CHARACTER, '\n');
    for (const { key, value } of entries.filter((entry) => !isTable(entry.value))) {
      this.parts.push('  '.repeat(path.length), quotedKey(key), ' = ');
      this.#value(value, 0);
      this.#line();
    }
    for (const { key, value } of entries.filter((entry) => isTable(entry.value))) {
      const inner = [...path, keyText(key.text)];
      const name = inner.join('.');
      const padding = '  '.repeat(path.length);
      const data = serialisable(value);
      for (const item of data.kind === 'list' ? data.items : []) {
        this.#line();
        this.parts.push(`${padding}[[${name}]]`, '\n');
        this.#table(serialisable(item) as Dict, inner);
      }
      if (data.kind !== 'dict') continue;
      if (path.length === 0) this.#line();
      this.parts.push(`${padding}[${name}]`, '\n');
      this.#table(data, inner);
    }
  }

  #value(data: Data, depth: number): void {
    if (depth > MAX_DEPTH) throw new TomlError('toml: nested too deeply');
    this.#spend(1);
    const value = serialisable(data);
    if (value.kind === 'list') {
      this.parts.push('[');
      for (const [index, item] of value.items.entries()) {
        if (item.kind === 'nil') throw new TomlError('toml: cannot encode array with nil element');
        if (index > 0) this.parts.push(', ');
        this.#value(item, depth + 1);
      }
      this.parts.push(']');
    } else if (value.kind === 'dict') {
      this.parts.push('{');
      const entries = sortedEntries(value).filter((entry) => entry.value.kind !== 'nil');
      const ordered = [
        ...entries.filter((entry) => !isTable(entry.value)),
        ...entries.filter((entry) => isTable(entry.value)),
      ];
      for (const [index, { key, value: item }] of ordered.entries()) {
        if (index > 0) this.parts.push(', ');
        this.parts.push(quotedKey(key), ' = ');
        this.#value(item, depth + 1);
      }
      this.parts.push('}');
    } else if (value.kind === 'text' || value.kind === 'bytes') this.parts.push(quoted(value.rope));
    else {
      const text = scalarText(value);
      const source = 'source' in value ? value.source : undefined;
      this.parts.push(Rope.of(text, source && scalarSource(text, source)));
    }
  }
}

function scalarText(data: Data): string {
  if (data.kind === 'bool' || data.kind === 'int') return String(data.value);
  if (data.kind !== 'float') return UNKNOWN_CHARACTER;
  if (!Number.isFinite(data.value)) return Number.isNaN(data.value) ? 'nan' : data.value > 0 ? 'inf' : '-inf';
  const text = formatFloat(data.value, 'g', PLAIN);
  if (text.includes('e')) return text.includes('.') ? text : text.replace('e', '.0e');
  return text.includes('.') ? text : `${text}.0`;
}

function isTable(data: Data): boolean {
  const { kind } = data;
  return kind === 'dict' || kind === 'struct' || (kind === 'list' && isTableList(data));
}

function isTableList(data: Data): boolean {
  if (data.kind !== 'list' || data.items.length === 0) return false;
  if (data.items.some(({ kind }) => kind === 'nil')) throw new TomlError('toml: cannot encode array with nil element');
  return data.items.every(({ kind }) => kind === 'dict' || kind === 'struct');
}

function isBareKey(key: string): boolean {
  return /^[\w-]+$/.test(key);
}

function quotedKey(key: Rope): Rope {
  return isBareKey(key.text) ? key : quoted(key);
}

function keyText(key: string): string {
  return quotedKey(Rope.of(key)).text;
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

function quoted(rope: Rope): Rope {
  const spelled = rope.spelled((text) =>
    text.replaceAll(
      /["\\\x7f]|[^ -\uffff]/g,
      (character) => SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
  return Rope.concat('"', spelled, '"');
}
