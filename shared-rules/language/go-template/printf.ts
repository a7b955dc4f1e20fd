import type { Data } from './data.ts';
import { PLAIN, printedAs, type VerbFormat } from './format.ts';
import { Rope } from './rope.ts';

/** What a format prints, as Go's `fmt.Sprintf`. */
export function sprintf(format: Rope, args: readonly Data[]): Rope {
  return new Printer(format, args).print();
}

/** Numbers above it get no further digit in Go: the rest of the format is lost. */
const MAX_NUMBER = 1_000_000;

type Flags = { -readonly [Name in keyof VerbFormat]: VerbFormat[Name] };

class Printer {
  readonly #format: Rope;
  readonly #text: string;
  readonly #args: readonly Data[];
  readonly #parts: (Rope | string)[] = [];
  #at = 0;
  #arg = 0;
  #isReordered = false;
  #isGoodIndex = true;
  #isAfterIndex = false;

  constructor(format: Rope, args: readonly Data[]) {
    this.#format = format;
    this.#text = format.text;
    this.#args = args;
  }

  print(): Rope {
    while (this.#at < this.#text.length) {
      const percent = this.#text.indexOf('%', this.#at);
      const end = percent < 0 ? this.#text.length : percent;
      this.#parts.push(this.#format.slice(this.#at, end));
      this.#at = end + 1;
      if (percent >= 0) this.#verb();
    }
    if (!this.#isReordered && this.#arg < this.#args.length) this.#extra();
    return Rope.join(this.#parts);
  }

  #extra(): void {
    const extra = this.#args
      .slice(this.#arg)
      .map((arg) =>
        arg.kind === 'nil' ? '<nil>' : Rope.concat(printedAs(arg, 'T', PLAIN), '=', printedAs(arg, 'v', PLAIN)),
      );
    this.#parts.push('%!(EXTRA ', Rope.join(extra, ', '), ')');
  }

  #verb(): void {
    const flags: Flags = { ...PLAIN };
    this.#isGoodIndex = true;
    this.#isAfterIndex = false;
    this.#flags(flags);
    this.#index();
    this.#width(flags);
    if (this.#text[this.#at] === '.' && this.#at + 1 < this.#text.length) this.#precision(flags);
    if (!this.#isAfterIndex) this.#index();
    const code = this.#text.codePointAt(this.#at);
    if (code === undefined) {
      this.#parts.push('%!(NOVERB)');
      return;
    }
    const verb = String.fromCodePoint(code);
    this.#at += verb.length;
    this.#parts.push(this.#printed(verb, flags));
  }

  #printed(verb: string, flags: Flags): Rope | string {
    if (verb === '%') return '%';
    if (!this.#isGoodIndex) return `%!${verb}(BADINDEX)`;
    const arg = this.#args[this.#arg];
    if (!arg) return `%!${verb}(MISSING)`;
    this.#arg++;
    if (verb === 'v') {
      flags.isGoSyntax = flags.sharp;
      flags.hasNames = flags.plus;
      flags.sharp = false;
      flags.plus = false;
    }
    return printedAs(arg, verb, flags);
  }

  #flags(flags: Flags): void {
    for (;;) {
      switch (this.#text[this.#at]) {
        case '#':
          flags.sharp = true;
          break;
        case '0':
          flags.zero = true;
          break;
        case '+':
          flags.plus = true;
          break;
        case '-':
          flags.minus = true;
          break;
        case ' ':
          flags.space = true;
          break;
        default:
          return;
      }
      this.#at++;
    }
  }

  /** An index of an argument, such as `[2]`. */
  #index(): void {
    this.#isAfterIndex = false;
    if (this.#text[this.#at] !== '[') return;
    this.#isReordered = true;
    const close = this.#text.indexOf(']', this.#at);
    const written = close < 0 ? '' : this.#text.slice(this.#at + 1, close);
    const index = /^\d+$/.test(written) ? Number(written) - 1 : -1;
    this.#at = close < 0 ? this.#at + 1 : close + 1;
    const isNumber = /^\d+$/.test(written) && Number(written) <= MAX_NUMBER;
    if (isNumber && index >= 0 && index < this.#args.length) {
      this.#arg = index;
      this.#isAfterIndex = true;
    } else {
      this.#isGoodIndex = false;
      this.#isAfterIndex = isNumber;
    }
  }

  #width(flags: Flags): void {
    if (this.#text[this.#at] === '*') {
      this.#at++;
      flags.width = this.#numberArgument();
      if (flags.width === undefined) this.#parts.push('%!(BADWIDTH)');
      else if (flags.width < 0) {
        flags.width = -flags.width;
        flags.minus = true;
        flags.zero = false;
      }
      this.#isAfterIndex = false;
      return;
    }
    flags.width = this.#number();
    if (this.#isAfterIndex && flags.width !== undefined) this.#isGoodIndex = false;
  }

  #precision(flags: Flags): void {
    this.#at++;
    if (this.#isAfterIndex) this.#isGoodIndex = false;
    this.#index();
    if (this.#text[this.#at] === '*') {
      this.#at++;
      const precision = this.#numberArgument();
      flags.precision = precision !== undefined && precision >= 0 ? precision : undefined;
      if (flags.precision === undefined) this.#parts.push('%!(BADPREC)');
      this.#isAfterIndex = false;
    } else flags.precision = this.#number() ?? 0;
  }

  #numberArgument(): number | undefined {
    const arg = this.#args[this.#arg];
    if (arg) this.#arg++;
    return arg?.kind === 'int' && Math.abs(arg.value) <= MAX_NUMBER ? arg.value : undefined;
  }

  #number(): number | undefined {
    let value: number | undefined;
    for (; isDigit(this.#text[this.#at]); this.#at++) {
      if (value !== undefined && value > MAX_NUMBER) {
        this.#at = this.#text.length;
        return undefined;
      }
      value = (value ?? 0) * 10 + Number(this.#text[this.#at]);
    }
    return value;
  }
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}
