import { TemplateError } from './template-error.ts';

/** The kinds of tokens; keywords are the kinds of their own names. */
export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'assign'
  | 'declare'
  | 'pipe'
  | 'character'
  | 'comma'
  | 'other'
  | 'string'
  | 'raw-string'
  | 'number'
  | 'bool'
  | 'field'
  | 'variable'
  | 'identifier'
  | 'dot'
  | 'left-paren'
  | 'right-paren'
  | 'end-of-text'
  | Keyword;

export type Keyword =
  | 'block'
  | 'break'
  | 'continue'
  | 'define'
  | 'else'
  | 'end'
  | 'if'
  | 'nil'
  | 'range'
  | 'template'
  | 'with';

const KEYWORDS: ReadonlySet<string> = new Set<Keyword>([
  'block',
  'break',
  'continue',
  'define',
  'else',
  'end',
  'if',
  'nil',
  'range',
  'template',
  'with',
]);

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** What is wrong with a template, and where. */
export class SyntaxProblem extends TemplateError {
  readonly start: number;

  constructor(message: string, start: number) {
    super(message);
    this.start = start;
  }
}

const LETTER_OR_DIGIT = /[_\p{L}\p{Nd}]/u;
const WORD = /[_\p{L}\p{Nd}]*/uy;
const SPACES = /[ \t\r\n]*/y;
const NUMBER =
  /[+-]?(?:0[xX][0-9a-fA-F_]*(?:\.[0-9a-fA-F_]*)?(?:[pP][+-]?[0-9_]*)?|0[oO][0-7_]*(?:\.[0-7_]*)?|0[bB][01_]*(?:\.[01_]*)?|[0-9_]*(?:\.[0-9_]*)?(?:[eE][+-]?[0-9_]*)?)i?/y;

/** Splits a template into tokens as `text/template/parse/lex.go` does; text is trimmed where markers say so. */
export class Lexer {
  readonly #text: string;
  #at = 0;
  #isInAction = false;
  #openParens = 0;

  constructor(text: string) {
    this.#text = text;
  }

  /** @throws SyntaxProblem */
  next(): Token {
    return this.#isInAction ? this.#inAction() : this.#outside();
  }

  #outside(): Token {
    for (;;) {
      const start = this.#at;
      const open = this.#text.indexOf('{{', start);
      if (open < 0) {
        this.#at = this.#text.length;
        return start < this.#at ? this.#token('text', start) : this.#token('end-of-text', start);
      }
      const isTrimmed = this.#text[open + 2] === '-' && isSpace(this.#text[open + 3]);
      const end = isTrimmed ? this.#withoutSpaces(start, open) : open;
      this.#at = open;
      if (end > start) return { kind: 'text', text: this.#text.slice(start, end), start, end };
      const content = open + (isTrimmed ? 4 : 2);
      if (!this.#text.startsWith('/*', content)) return this.#open(open, content);
      this.#skipComment(content);
    }
  }

  #withoutSpaces(start: number, end: number): number {
    let at = end;
    while (at > start && isSpace(this.#text[at - 1])) at--;
    return at;
  }

  #open(start: number, end: number): Token {
    this.#at = end;
    this.#isInAction = true;
    this.#openParens = 0;
    return this.#token('open', start);
  }

  #skipComment(start: number): void {
    const end = this.#text.indexOf('*/', start + 2);
    if (end < 0) throw new SyntaxProblem('unclosed comment', start);
    this.#at = end + 2;
    const length = this.#closingLength();
    if (length === 0) throw new SyntaxProblem('comment ends before closing delimiter', start);
    this.#skipClosing(length);
  }

  /** The length of the closing delimiter with its trim marker that is next; 0 for none. */
  #closingLength(): number {
    const at = this.#at;
    if (isSpace(this.#text[at]) && this.#text.startsWith('-}}', at + 1)) return 4;
    return this.#text.startsWith('}}', at) ? 2 : 0;
  }

  #skipClosing(length: number): void {
    this.#at += length;
    if (length === 4) this.#skip(SPACES);
  }

  #inAction(): Token {
    const start = this.#at;
    const closing = this.#closingLength();
    if (closing > 0) {
      if (this.#openParens > 0) throw new SyntaxProblem('unclosed left paren', start);
      this.#isInAction = false;
      this.#skipClosing(closing);
      return { kind: 'close', text: '}}', start, end: start + closing };
    }
    const character = this.#peek();
    if (character === '') throw new SyntaxProblem('unclosed action', start);
    if (isSpace(character)) return this.#space(start);
    this.#at += character.length;
    return this.#afterFirst(character, start);
  }

  #afterFirst(character: string, start: number): Token {
    switch (character) {
      case '=':
        return this.#token('assign', start);
      case ':':
        if (this.#text[this.#at++] !== '=') throw new SyntaxProblem('expected :=', start);
        return this.#token('declare', start);
      case '|':
        return this.#token('pipe', start);
      case ',':
        return this.#token('comma', start);
      case '"':
        return this.#quoted('string', '"', 'unterminated quoted string', start);
      case "'":
        return this.#quoted('character', "'", 'unterminated character constant', start);
      case '`':
        return this.#rawString(start);
      case '(':
        this.#openParens++;
        return this.#token('left-paren', start);
      case ')':
        if (--this.#openParens < 0) throw new SyntaxProblem('unexpected right paren', start);
        return this.#token('right-paren', start);
      case '$':
        return this.#word('variable', start);
    }
    if (character === '.' && !isDigit(this.#text[this.#at])) return this.#word('field', start);
    if (/[.+\-0-9]/.test(character)) return this.#number(start);
    if (LETTER_OR_DIGIT.test(character)) return this.#word('identifier', start);
    if (/[!-~]/.test(character)) return this.#token('other', start);
    throw new SyntaxProblem(`unrecognized character in action: ${codePoint(character)}`, start);
  }

  #space(start: number): Token {
    this.#skip(SPACES);
    // The last space may belong to a trim marker.
    if (this.#text.startsWith('-}}', this.#at)) this.#at--;
    return this.#at > start ? this.#token('space', start) : this.#inAction();
  }

  /** A field, a variable or an identifier, whose first character is read. */
  #word(kind: 'field' | 'variable' | 'identifier', start: number): Token {
    this.#skip(WORD);
    if (!this.#isAtTerminator()) throw new SyntaxProblem(`bad character ${codePoint(this.#peek())}`, this.#at);
    const text = this.#text.slice(start, this.#at);
    if (text === '.') return this.#token('dot', start);
    if (kind !== 'identifier') return this.#token(kind, start);
    if (text === 'true' || text === 'false') return this.#token('bool', start);
    return this.#token(KEYWORDS.has(text) ? (text as Keyword) : 'identifier', start);
  }

  #isAtTerminator(): boolean {
    const character = this.#peek();
    return character === '' || /[ \t\r\n.,|:()]/.test(character) || this.#text.startsWith('}}', this.#at);
  }

  /** What follows a quote, to the next one on the line that no backslash escapes. */
  #quoted(kind: 'string' | 'character', quote: string, problem: string, start: number): Token {
    for (;;) {
      const character = this.#text[this.#at++];
      if (character === quote) return this.#token(kind, start);
      const escaped = character === '\\' ? this.#text[this.#at++] : character;
      if (escaped === undefined || escaped === '\n') throw new SyntaxProblem(problem, start);
    }
  }

  #rawString(start: number): Token {
    const end = this.#text.indexOf('`', this.#at);
    if (end < 0) throw new SyntaxProblem('unterminated raw quoted string', start);
    this.#at = end + 1;
    return this.#token('raw-string', start);
  }

  #number(start: number): Token {
    this.#at = start;
    this.#skip(NUMBER);
    const next = this.#peek();
    const isEnd = !LETTER_OR_DIGIT.test(next) && next !== '+' && next !== '-';
    if (!isEnd) {
      const text = this.#text.slice(start, this.#at + next.length);
      throw new SyntaxProblem(`bad number syntax: ${JSON.stringify(text)}`, start);
    }
    return this.#token('number', start);
  }

  /** Goes behind what a sticky expression matches, which may be nothing. */
  #skip(pattern: RegExp): void {
    pattern.lastIndex = this.#at;
    pattern.test(this.#text);
    this.#at = pattern.lastIndex;
  }

  /** The next character, which may be two units long; empty at the end. */
  #peek(): string {
    const code = this.#text.codePointAt(this.#at);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  #token(kind: TokenKind, start: number): Token {
    return { kind, text: this.#text.slice(start, this.#at), start, end: this.#at };
  }
}

function isSpace(character: string | undefined): boolean {
  return character === ' ' || character === '\n' || character === '\t' || character === '\r';
}

function isDigit(character: string | undefined): boolean {
  return character !== undefined && character >= '0' && character <= '9';
}

function codePoint(character: string): string {
  const code = character.codePointAt(0);
  if (code === undefined) return 'end of text';
  return `U+${code.toString(16).toUpperCase().padStart(4, '0')} '${character}'`;
}
