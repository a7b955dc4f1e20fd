import { base64 } from '../../../language/base64.ts';
import { type Data, scalarSource, sortedEntries } from '../../../language/go-template/data.ts';
import { Rope } from '../../../language/go-template/rope.ts';
import { UNKNOWN_CHARACTER } from '../../../language/unknown.ts';
import { utf8Bytes } from '../../../language/utf8.ts';
import type { Spend } from '../functions/deep-equal.ts';
import { serialisable } from './serialisable.ts';
import { STEPS_PER_VALUE, Unwritable } from './yaml-write.ts';

export interface JsonStyle {
  /** Two spaces for each level, as `toPrettyJson`; on one line without it. */
  readonly isPretty?: boolean;
  /** Whether `<`, `>` and `&` stay as they are, as in `toRawJson`. */
  readonly isRaw?: boolean;
}

/** As many values deep an object may be. */
const MAX_DEPTH = 200;

/**
 * A value as `encoding/json` of Go writes it; keys and scalars are from where they are written in the values.
 * @throws Unwritable for what JSON has no form of
 */
export function writeJson(data: Data, spend: Spend, style: JsonStyle = {}): Rope {
  const parts: (Rope | string)[] = [];
  write(data, { ...style, spend }, 0, parts);
  return Rope.join(parts);
}

function write(
  data: Data,
  style: JsonStyle & { readonly spend: Spend },
  depth: number,
  parts: (Rope | string)[],
): void {
  if (depth > MAX_DEPTH) throw new Unwritable('nested too deeply');
  style.spend(STEPS_PER_VALUE);
  const value = serialisable(data);
  const line = (level: number) => (style.isPretty ? `\n${'  '.repeat(level)}` : '');
  if (value.kind === 'list') {
    if (value.items.length === 0) return void parts.push(value.isNil ? 'null' : '[]');
    for (const [index, item] of value.items.entries()) {
      parts.push(index === 0 ? '[' : ',', line(depth + 1));
      write(item, style, depth + 1, parts);
    }
    parts.push(line(depth), ']');
  } else if (value.kind === 'dict') {
    const entries = sortedEntries(value);
    if (entries.length === 0) return void parts.push(value.unknown ? UNKNOWN_CHARACTER : '{}');
    for (const [index, { key, value: item }] of entries.entries()) {
      parts.push(index === 0 ? '{' : ',', line(depth + 1), string(key, style), style.isPretty ? ': ' : ':');
      write(item, style, depth + 1, parts);
    }
    if (value.unknown) parts.push(',', line(depth + 1), UNKNOWN_CHARACTER);
    parts.push(line(depth), '}');
  } else if (value.kind === 'text') parts.push(string(value.rope, style));
  else if (value.kind === 'bytes') parts.push(`"${base64(utf8Bytes(value.rope.text))}"`);
  else {
    const text = scalarText(value);
    const source = 'source' in value ? value.source : undefined;
    parts.push(Rope.of(text, source && scalarSource(text, source)));
  }
}

function scalarText(data: Data): string {
  switch (data.kind) {
    case 'bool':
      return String(data.value);
    case 'int':
      return BigInt(data.value).toString();
    case 'float':
      if (!Number.isFinite(data.value)) throw new Unwritable(`json: unsupported value: ${data.value}`);
      return Object.is(data.value, -0) ? '-0' : String(data.value);
    case 'unknown':
      return UNKNOWN_CHARACTER;
    default:
      return 'null';
  }
}

const SHORT: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function string(rope: Rope, { isRaw }: JsonStyle): Rope {
  const escaped = isRaw ? /["\\\u2028\u2029]|[^ -\uffff]/g : /["\\\u2028\u2029<>&]|[^ -\uffff]/g;
  const spelled = rope.spelled((text) =>
    text.replaceAll(
      escaped,
      (character) => SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
    ),
  );
  return Rope.concat('"', spelled, '"');
}
