import { Lexer, Parser } from 'yaml';

/** What is used of `yaml`'s lexer beside what its types show. */
interface LexerState {
  readonly lex: Lexer['lex'];
  buffer: string;
  pos: number;
  flowLevel: number;
  indentNext: number;
  next: string | null;
  parseFlowCollection(): Steps;
  parsePlainScalar(): Steps;
  parseQuotedScalar(): Steps;
}

type Steps = Generator<string, string | null | undefined>;

const YamlLexer = Lexer as unknown as new () => LexerState;

/** The token without text that the lexer gives where a flow collection is not closed. */
const FLOW_ERROR = '\x18';

/** So many flow collections of a text that are not closed are looked through to its end. */
const SEARCHES = 20;

/**
 * YAML's tokens as `yaml` finds them, but a quoted scalar or a flow collection may go on at its parent's column or left of
 * it: go-yaml (kubectl, Helm, Compose) and PyYAML accept that. One that is not closed ends at such a line, so that what is
 * written behind it is read.
 */
export class IndentTolerantLexer extends YamlLexer {
  /** Where the flow collection is closed that was looked through last. */
  #closed = -1;
  /** The end of the line for which it is known whether the next one is indented enough. */
  #seenTo = -1;
  #searches = SEARCHES;

  override parseQuotedScalar(): Steps {
    const end = closingQuote(this.buffer, this.pos);
    const isWhole = end >= 0 && !MARKER.test(this.buffer.slice(this.pos, end)) && this.#mayEndAt(end, this.flowLevel);
    return this.#scan(super.parseQuotedScalar(), isWhole);
  }

  override parseFlowCollection(): Steps {
    return this.#scan(super.parseFlowCollection(), this.#isInClosedFlow());
  }

  override parsePlainScalar(): Steps {
    return this.#scan(super.parsePlainScalar(), this.#isInClosedFlow());
  }

  *#scan(steps: Steps, isAnyIndent: boolean): Steps {
    const { indentNext } = this;
    if (isAnyIndent) this.indentNext = 0;
    const next = yield* steps;
    if (isAnyIndent) this.indentNext = indentNext;
    return next;
  }

  /** Whether the lexer is in a flow collection that is closed, although a line in it is not indented enough. */
  #isInClosedFlow(): boolean {
    if (this.flowLevel === 0 || this.indentNext === 0) return false;
    if (this.pos >= this.#closed && this.pos > this.#seenTo) {
      const lineEnd = this.buffer.indexOf('\n', this.pos);
      this.#seenTo = lineEnd < 0 ? this.buffer.length : lineEnd;
      INDENT.lastIndex = this.#seenTo;
      const indent = INDENT.exec(this.buffer)?.[1]?.length ?? this.indentNext;
      if (indent < this.indentNext && this.#searches > 0) this.#closed = this.#closingBracket();
    }
    return this.pos < this.#closed;
  }

  /** The offset behind the bracket that closes the outermost flow collection; -1 where nothing does. */
  #closingBracket(): number {
    const ahead = new YamlLexer();
    Object.assign(ahead, { buffer: this.buffer.slice(this.pos), flowLevel: this.flowLevel, next: 'flow' });
    for (const token of ahead.lex('')) {
      if (token === FLOW_ERROR || ahead.flowLevel === 0) break;
      const isOverLines = /^["']/.test(token) && token.includes('\n');
      if (isOverLines && !this.#mayEndAt(this.pos + ahead.pos + token.length, ahead.flowLevel)) break;
    }
    const end = this.pos + ahead.pos;
    if (ahead.flowLevel === 0 && /[\]}]/.test(this.buffer[end - 1] ?? '') && this.#mayEndAt(end, 0)) return end;
    this.#searches--;
    return -1;
  }

  /** Whether what is behind a scalar or a collection may follow it, so that a mark before that closes it, and opens nothing. */
  #mayEndAt(offset: number, flowLevel: number): boolean {
    const end = flowLevel > 0 ? END_IN_FLOW : END;
    end.lastIndex = offset;
    return end.test(this.buffer);
  }
}

const MARKER = /^(?:---|\.\.\.)(?:\s|$)/m;
const END = /[ \t]*(?:[\r\n#]|$)/y;
const END_IN_FLOW = /[ \t]*(?:[\r\n#,\]}:]|$)/y;
/** From the end of a line to the first character of the next line that is not blank. */
const INDENT = /(?:\n[ \t\r]*(?=\n))*\n( *)/y;

/** The offset behind the quote that closes the scalar at an offset; -1 where nothing does. */
function closingQuote(text: string, start: number): number {
  const quote = text[start] as string;
  for (let at = text.indexOf(quote, start + 1); at >= 0; at = text.indexOf(quote, at + 1)) {
    let escapes = at;
    if (quote === '"') while (text[escapes - 1] === '\\') escapes--;
    else if (text[at + 1] === quote) escapes = ++at - 1;
    if ((at - escapes) % 2 === 0) return at + 1;
  }
  return -1;
}

/** A parser of YAML whose lexer is as tolerant as those of the programs that deploy. */
export function tolerantParser(): Parser {
  return Object.assign(new Parser(), { lexer: new IndentTolerantLexer() });
}
