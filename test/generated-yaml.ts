import fc from 'fast-check';
import type { Plain } from '../shared-rules/language/yaml/style.ts';

/** How a generated file is written. */
export interface Style {
  readonly indent: 2 | 3 | 4;
  readonly flush: boolean;
  readonly newline: '\n' | '\r\n';
  readonly endsWithNewline: boolean;
  readonly startsWithMark: boolean;
  /** A stream of choices: comments, quotes, blank lines, flow collections. */
  readonly choices: readonly number[];
}

export const style: fc.Arbitrary<Style> = fc.record({
  indent: fc.constantFrom(2 as const, 3 as const, 4 as const),
  flush: fc.boolean(),
  newline: fc.constantFrom('\n' as const, '\r\n' as const),
  endsWithNewline: fc.boolean(),
  startsWithMark: fc.boolean(),
  choices: fc.array(fc.nat(99), { minLength: 60, maxLength: 60 }),
});

/** Writes data in a style, and puts a comment with a number of its own wherever the choices say so. */
export class Writer {
  readonly #style: Style;
  #at = 0;
  #comments = 0;

  constructor(style: Style) {
    this.#style = style;
  }

  write(data: Plain): string {
    const { newline, endsWithNewline, startsWithMark } = this.#style;
    const text = this.#block(data, 0).join(newline);
    return (startsWithMark ? '\uFEFF' : '') + text + (endsWithNewline ? newline : '');
  }

  #choose(percent: number): boolean {
    return (this.#style.choices[this.#at++ % this.#style.choices.length] ?? 0) < percent;
  }

  #comment(): string {
    return `# comment ${++this.#comments}.`;
  }

  #block(data: Plain, column: number): string[] {
    const lines: string[] = [];
    const blanks = ' '.repeat(column);
    const entries: [string, Plain][] = Array.isArray(data)
      ? data.map((item) => ['-', item])
      : Object.entries(data as object).map(([name, value]) => [`${this.#scalar(name)}:`, value]);
    for (const [head, value] of entries) {
      if (this.#choose(10)) lines.push('');
      if (this.#choose(15)) lines.push(blanks + this.#comment());
      const isNested = typeof value === 'object' && !this.#choose(25);
      if (!isNested)
        lines.push(`${blanks}${head} ${this.#flow(value)}${this.#choose(15) ? ` ${this.#comment()}` : ''}`);
      else if (head === '-' && !Array.isArray(value) && this.#choose(80)) {
        const [first = '', ...rest] = this.#block(value, column + 2).filter(
          (line) => !/^\s*(?:#|$)/.test(line) || lines.length > 0,
        );
        if (/^\s*(?:#.*)?$/.test(first)) lines.push(`${blanks}-`, first, ...rest);
        else lines.push(`${blanks}- ${first.trimStart()}`, ...rest);
      } else {
        const isFlush = this.#style.flush && Array.isArray(value) && head !== '-';
        const inner = column + (head === '-' ? 2 : isFlush ? 0 : this.#style.indent);
        lines.push(`${blanks}${head}${this.#choose(15) ? ` ${this.#comment()}` : ''}`, ...this.#block(value, inner));
      }
    }
    return lines;
  }

  #flow(data: Plain): string {
    if (Array.isArray(data)) return `[${data.map((item) => this.#flow(item)).join(', ')}]`;
    if (typeof data !== 'object') return this.#scalar(data);
    return `{ ${Object.entries(data)
      .map(([name, value]) => `${this.#scalar(name)}: ${this.#flow(value)}`)
      .join(', ')} }`;
  }

  #scalar(data: string | number | boolean): string {
    if (typeof data !== 'string') return String(data);
    if (/^[\w/.]+$/.test(data) && !/^(?:yes|null|true|0o7)$/.test(data) && this.#choose(70)) return data;
    return this.#choose(50) ? JSON.stringify(data) : `'${data.replaceAll("'", "''")}'`;
  }
}

/** The numbered comments of a text, in their order. */
export function commentsOf(text: string): string[] {
  return text.match(/# comment \d+\./g) ?? [];
}
