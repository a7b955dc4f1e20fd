import type { Range } from '../text.ts';
import { Lexer, SyntaxProblem, type Token, type TokenKind } from './lexer.ts';
import { readNumber, unquote } from './literals.ts';

/** The tokens of a template, of which the next ones can be looked at. */
export class Tokens {
  readonly #lexer: Lexer;
  /** Tokens that were looked at, the next one first. */
  readonly #ahead: Token[] = [];

  constructor(text: string) {
    this.#lexer = new Lexer(text);
  }

  next(): Token {
    return this.#ahead.shift() ?? this.#lexer.next();
  }

  peek(): Token {
    this.#ahead[0] ??= this.#lexer.next();
    return this.#ahead[0];
  }

  /** The next token that is not a space; spaces before it are gone. */
  nextPastSpace(): Token {
    for (;;) {
      const token = this.next();
      if (token.kind !== 'space') return token;
    }
  }

  peekPastSpace(): Token {
    const token = this.nextPastSpace();
    this.#ahead.unshift(token);
    return token;
  }

  isNext(...kinds: readonly TokenKind[]): boolean {
    return kinds.includes(this.peekPastSpace().kind);
  }

  /** Makes tokens the next ones again. */
  putBack(...tokens: readonly Token[]): void {
    this.#ahead.unshift(...tokens);
  }
}

export function rangeOf({ start, end }: Token): Range {
  return { start, end };
}

export function unexpected({ kind, text, start }: Token, context: string): SyntaxProblem {
  const shown = kind === 'end-of-text' ? 'EOF' : kind === text || kind === 'dot' ? `<${text}>` : JSON.stringify(text);
  return new SyntaxProblem(`unexpected ${shown} in ${context}`, start);
}

/** @throws SyntaxProblem */
export function numeralOf({ kind, text, start }: Token): ReturnType<typeof readNumber> & object {
  if (kind === 'character') {
    const [character, ...rest] = unquote(text) ?? '';
    const code = character?.codePointAt(0);
    if (code === undefined) throw new SyntaxProblem('invalid syntax', start);
    if (rest.length > 0) throw new SyntaxProblem(`malformed character constant: ${text}`, start);
    return { text, int: code, float: code, isFloat: false };
  }
  const numeral = readNumber(text);
  if (typeof numeral === 'string') throw new SyntaxProblem(numeral, start);
  return numeral;
}

/**
 * The text of a string token.
 * @throws SyntaxProblem
 */
export function unquoted({ text, start }: Token): string {
  const read = unquote(text);
  if (read === undefined) throw new SyntaxProblem('invalid syntax', start);
  return read;
}
