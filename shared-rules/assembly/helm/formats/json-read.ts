import { bool, type Data, dict, float, list, NIL, text } from '../../../language/go-template/data.ts';
import { Rope } from '../../../language/go-template/rope.ts';

/** A text that is no JSON, in the words of `encoding/json`. */
export class JsonError extends Error {}

const MAX_DEPTH = 500;

const LITERALS: Readonly<Record<string, { readonly word: string; readonly data: Data }>> = {
  t: { word: 'true', data: bool(true) },
  f: { word: 'false', data: bool(false) },
  n: { word: 'null', data: NIL },
};

const ESCAPES: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** Reads JSON as `encoding/json` does into `interface{}`. Texts without escapes keep where they are from. @throws JsonError */
export function readJson(rope: Rope): Data {
  const reader = new Reader(rope);
  const data = reader.value('looking for beginning of value', 0);
  reader.end();
  return data;
}

class Reader {
  readonly #rope: Rope;
  readonly #text: string;
  #at = 0;

  constructor(rope: Rope) {
    this.#rope = rope;
    this.#text = rope.text;
  }

  #wrong(where: string): JsonError {
    // At the end Go lets a word or a number be followed by a space.
    const isInWord = / literal/.test(where) && !where.includes('string');
    const code = this.#text.codePointAt(this.#at) ?? (isInWord ? 32 : undefined);
    if (code === undefined) return new JsonError('unexpected end of JSON input');
    return new JsonError(`invalid character ${quoted(String.fromCodePoint(code))} ${where}`);
  }

  #skip(): string | undefined {
    while (/^[ \t\n\r]$/.test(this.#text[this.#at] ?? '')) this.#at++;
    return this.#text[this.#at];
  }

  end(): void {
    if (this.#skip() !== undefined) throw this.#wrong('after top-level value');
  }

  value(where: string, depth: number): Data {
    if (depth > MAX_DEPTH) throw new JsonError('exceeded max depth');
    const char = this.#skip();
    if (char === '{') return this.#object(depth);
    if (char === '[') return this.#array(depth);
    if (char === '"') return text(this.#string());
    if (char !== undefined && /^[-0-9]$/.test(char)) return this.#number();
    const literal = char !== undefined && Object.hasOwn(LITERALS, char) ? LITERALS[char] : undefined;
    if (!literal) throw this.#wrong(where);
    for (const letter of literal.word) {
      if (this.#text[this.#at] !== letter)
        throw this.#wrong(`in literal ${literal.word} (expecting ${quoted(letter)})`);
      this.#at++;
    }
    return literal.data;
  }

  #object(depth: number): Data {
    const entries: [Rope, Data][] = [];
    this.#at++;
    if (this.#skip() === '}') this.#at++;
    else
      for (;;) {
        if (this.#skip() !== '"') throw this.#wrong('looking for beginning of object key string');
        const key = this.#string();
        if (this.#skip() !== ':') throw this.#wrong('after object key');
        this.#at++;
        entries.push([key, this.value('looking for beginning of value', depth + 1)]);
        const next = this.#skip();
        if (next !== ',' && next !== '}') throw this.#wrong('after object key:value pair');
        this.#at++;
        if (next === '}') break;
      }
    return dict(entries);
  }

  #array(depth: number): Data {
    const items: Data[] = [];
    this.#at++;
    if (this.#skip() === ']') this.#at++;
    else
      for (;;) {
        items.push(this.value('looking for beginning of value', depth + 1));
        const next = this.#skip();
        if (next !== ',' && next !== ']') throw this.#wrong('after array element');
        this.#at++;
        if (next === ']') break;
      }
    return list(items);
  }

  #number(): Data {
    const start = this.#at;
    if (this.#text[this.#at] === '-') this.#at++;
    if (this.#text[this.#at] === '0') this.#at++;
    else this.#digits('in numeric literal');
    if (this.#text[this.#at] === '.') {
      this.#at++;
      this.#digits('after decimal point in numeric literal');
    }
    if (/^[eE]$/.test(this.#text[this.#at] ?? '')) {
      this.#at++;
      if (/^[-+]$/.test(this.#text[this.#at] ?? '')) this.#at++;
      this.#digits('in exponent of numeric literal');
    }
    const written = this.#text.slice(start, this.#at);
    const value = Number(written);
    if (!Number.isFinite(value))
      throw new JsonError(`json: cannot unmarshal number ${written} into Go value of type float64`);
    return float(value);
  }

  #digits(where: string): void {
    if (!/^\d$/.test(this.#text[this.#at] ?? '')) throw this.#wrong(where);
    while (/^\d$/.test(this.#text[this.#at] ?? '')) this.#at++;
  }

  #string(): Rope {
    const parts: (Rope | string)[] = [];
    let start = ++this.#at;
    for (;;) {
      const char = this.#text[this.#at];
      if (char === undefined) throw this.#wrong('');
      if (char < ' ') throw this.#wrong('in string literal');
      if (char === '"' || char === '\\') parts.push(this.#rope.slice(start, this.#at));
      this.#at++;
      if (char === '"') return Rope.join(parts);
      if (char === '\\') {
        parts.push(this.#escape());
        start = this.#at;
      }
    }
  }

  #escape(): string {
    const char = this.#text[this.#at];
    if (char === 'u') {
      this.#at++;
      const digits = /^[0-9a-fA-F]{0,4}/.exec(this.#text.slice(this.#at, this.#at + 4))?.[0] ?? '';
      this.#at += digits.length;
      if (digits.length < 4) throw this.#wrong('in \\u hexadecimal character escape');
      return String.fromCharCode(Number.parseInt(digits, 16));
    }
    if (char === undefined || !/^["\\/bfnrt]$/.test(char)) throw this.#wrong('in string escape code');
    this.#at++;
    return ESCAPES[char] ?? char;
  }
}

function quoted(character: string): string {
  if (character === "'") return "'\\''";
  if (character === '"') return "'\"'";
  return `'${JSON.stringify(character).slice(1, -1)}'`;
}
