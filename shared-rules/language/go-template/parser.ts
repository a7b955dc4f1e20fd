import type { Range } from '../text.ts';
import { SyntaxProblem, type Token, type TokenKind } from './lexer.ts';
import type { Command, Definition, Node, Operand, Pipeline } from './nodes.ts';
import { numeralOf, rangeOf, Tokens, unexpected, unquoted } from './tokens.ts';

/** Parentheses in parentheses, as `maxStackDepth` of `text/template/parse` but small enough for the stack of Node. */
const MAX_PARENTHESES = 500;
/** Variables that are declared at one place of a template. Each use looks through them. */
const MAX_VARIABLES = 1000;
/** Blocks in blocks: `if`, `with`, `range`, `block`. */
const MAX_BLOCKS = 500;

/**
 * Parses a template as `text/template/parse` does.
 * @param name the name of the text itself as a template
 * @returns the templates it defines, in the order in which they replace others, and last itself
 * @throws SyntaxProblem
 */
export function parseTemplate(name: string, text: string, isFunction: (name: string) => boolean): Definition[] {
  return new Parser(text, isFunction).parse(name);
}

/** What ends a list of nodes. */
type Ending = 'end' | 'else';

class Parser {
  readonly #text: string;
  readonly #tokens: Tokens;
  readonly #isFunction: (name: string) => boolean;
  readonly #definitions = new Map<string, Definition>();
  #variables: string[] = ['$'];
  #loops = 0;
  #parentheses = 0;
  #blocks = 0;

  constructor(text: string, isFunction: (name: string) => boolean) {
    this.#text = text;
    this.#tokens = new Tokens(text);
    this.#isFunction = isFunction;
  }

  parse(name: string): Definition[] {
    const nodes: Node[] = [];
    while (this.#tokens.peek().kind !== 'end-of-text') {
      const token = this.#tokens.next();
      if (token.kind === 'text') {
        nodes.push(textNode(token));
        continue;
      }
      if (this.#tokens.peekPastSpace().kind === 'define') {
        this.#define();
        continue;
      }
      const node = this.#action(token);
      if (typeof node === 'string') throw new SyntaxProblem(`unexpected {{${node}}}`, token.start);
      nodes.push(node);
    }
    this.#add(name, nodes, 0);
    return [...this.#definitions.values()];
  }

  #define(): void {
    this.#tokens.nextPastSpace();
    const token = this.#tokens.nextPastSpace();
    const name = this.#templateName(token, 'define clause');
    this.#close('define clause');
    this.#separately(name, token, 'define clause');
  }

  /** A definition has its own variables; it ends with `end`. */
  #separately(name: string, token: Token, context: string): void {
    const [variables, loops] = [this.#variables, this.#loops];
    this.#variables = ['$'];
    this.#loops = 0;
    const { nodes, ending } = this.#list();
    if (ending !== 'end') throw new SyntaxProblem(`unexpected {{else}} in ${context}`, token.start);
    this.#variables = variables;
    this.#loops = loops;
    this.#add(name, nodes, token.start);
  }

  #add(name: string, nodes: readonly Node[], start: number): void {
    const isEmpty = nodes.every(
      ({ kind, range }) => kind === 'text' && !/\S/.test(this.#text.slice(range.start, range.end)),
    );
    const before = this.#definitions.get(name);
    if (!before || before.isEmpty) this.#definitions.set(name, { name, nodes, isEmpty });
    else if (!isEmpty) throw new SyntaxProblem(`multiple definition of template ${JSON.stringify(name)}`, start);
  }

  /** Nodes up to an `end` or `else`, which is read but for what follows an `else`. */
  #list(): { nodes: Node[]; ending: Ending } {
    if (++this.#blocks > MAX_BLOCKS) throw new SyntaxProblem('blocks are nested too deeply', this.#tokens.peek().start);
    const nodes: Node[] = [];
    for (;;) {
      const token = this.#tokens.nextPastSpace();
      if (token.kind === 'end-of-text') throw new SyntaxProblem('unexpected EOF', token.start);
      if (token.kind !== 'text' && token.kind !== 'open') throw unexpected(token, 'input');
      const node = token.kind === 'text' ? textNode(token) : this.#action(token);
      if (typeof node === 'string') {
        this.#blocks--;
        return { nodes, ending: node };
      }
      nodes.push(node);
    }
  }

  #action(open: Token): Node | Ending {
    const token = this.#tokens.nextPastSpace();
    const { start } = open;
    switch (token.kind) {
      case 'block':
      case 'template':
        return this.#template(token.kind, start);
      case 'break':
      case 'continue':
        return this.#jump(token.kind, token, start);
      case 'else':
        if (!this.#tokens.isNext('if', 'with')) this.#close('else');
        return 'else';
      case 'end':
        this.#close('end');
        return 'end';
      case 'if':
      case 'with':
      case 'range':
        return this.#control(token.kind, start);
    }
    this.#tokens.putBack(token);
    const pipeline = this.#pipeline('command', 'close');
    return { kind: 'action', range: { start, end: this.#closed }, pipeline };
  }

  #jump(kind: 'break' | 'continue', { start }: Token, open: number): Node {
    this.#close(`{{${kind}}}`);
    if (this.#loops === 0) throw new SyntaxProblem(`{{${kind}}} outside {{range}}`, start);
    return { kind, range: { start: open, end: this.#closed } };
  }

  #control(kind: 'if' | 'with' | 'range', start: number): Node {
    const outside = this.#variables.length;
    const pipeline = this.#pipeline(kind, 'close');
    const range = { start, end: this.#closed };
    if (kind === 'range') this.#loops++;
    const { nodes: body, ending } = this.#list();
    if (kind === 'range') this.#loops--;
    const otherwise = ending === 'else' ? this.#otherwise(kind) : [];
    this.#variables.length = outside;
    return { kind, range, pipeline, body, otherwise };
  }

  #otherwise(kind: 'if' | 'with' | 'range'): Node[] {
    const { start } = this.#tokens.peekPastSpace();
    if (kind !== 'range' && this.#tokens.isNext(kind)) {
      this.#tokens.nextPastSpace();
      if (++this.#blocks > MAX_BLOCKS) throw new SyntaxProblem('blocks are nested too deeply', start);
      const node = this.#control(kind, start);
      this.#blocks--;
      return [node];
    }
    const { nodes, ending } = this.#list();
    if (ending !== 'end') throw new SyntaxProblem('expected end; found {{else}}', start);
    return nodes;
  }

  #template(kind: 'block' | 'template', start: number): Node {
    const context = `${kind} clause`;
    const token = this.#tokens.nextPastSpace();
    const name = this.#templateName(token, context);
    let pipeline: Pipeline | undefined;
    if (kind === 'template' && this.#tokens.isNext('close')) this.#closed = this.#tokens.nextPastSpace().end;
    else pipeline = this.#pipeline(context, 'close');
    const range = { start, end: this.#closed };
    if (kind === 'block') this.#separately(name, token, context);
    return { kind: 'template', range, name, pipeline };
  }

  #templateName(token: Token, context: string): string {
    if (token.kind !== 'string' && token.kind !== 'raw-string') throw unexpected(token, context);
    return unquoted(token);
  }

  /** Where the action ends that was read last. */
  #closed = 0;

  #pipeline(context: string, end: 'close' | 'right-paren'): Pipeline {
    const { start } = this.#tokens.peekPastSpace();
    const { variables, isAssignment } = this.#variablesOf(context);
    const commands: Command[] = [];
    for (;;) {
      const token = this.#tokens.peekPastSpace();
      if (token.kind === end) {
        this.#tokens.nextPastSpace();
        checkPipeline(commands, context, token);
        if (end === 'close') this.#closed = token.end;
        return { kind: 'pipeline', range: { start, end: token.start }, variables, isAssignment, commands };
      }
      if (!OPERANDS.has(token.kind)) throw unexpected(token, context);
      commands.push(this.#command());
    }
  }

  /** The variables that a pipeline sets, such as `$k, $v :=`. */
  #variablesOf(context: string): { variables: string[]; isAssignment: boolean } {
    const variables: string[] = [];
    while (this.#tokens.peekPastSpace().kind === 'variable') {
      const variable = this.#tokens.nextPastSpace();
      const space = this.#tokens.peek().kind === 'space' ? [this.#tokens.next()] : [];
      const { kind, start } = this.#tokens.peek();
      if (kind !== 'assign' && kind !== 'declare' && kind !== 'comma') {
        this.#tokens.putBack(variable, ...space);
        break;
      }
      this.#tokens.next();
      variables.push(variable.text);
      if (this.#variables.length > MAX_VARIABLES) throw new SyntaxProblem('too many variables', start);
      this.#variables.push(variable.text);
      if (kind !== 'comma') return { variables, isAssignment: kind === 'assign' };
      if (context !== 'range' || variables.length > 1)
        throw new SyntaxProblem(`too many declarations in ${context}`, start);
      if (!this.#tokens.isNext('variable', 'close', 'right-paren'))
        throw new SyntaxProblem('range can only initialize variables', start);
    }
    return { variables, isAssignment: false };
  }

  #command(): Command {
    const words: Operand[] = [];
    const { start } = this.#tokens.peekPastSpace();
    for (;;) {
      const operand = this.#operand();
      if (operand) words.push(operand);
      const token = this.#tokens.next();
      if (token.kind === 'space') continue;
      if (token.kind === 'close' || token.kind === 'right-paren') this.#tokens.putBack(token);
      else if (token.kind !== 'pipe') throw unexpected(token, 'operand');
      const [first, ...rest] = words;
      if (!first) throw new SyntaxProblem('empty command', token.start);
      return { range: { start, end: (rest.at(-1) ?? first).range.end }, words: [first, ...rest] };
    }
  }

  /** A term and the fields that are taken of it. */
  #operand(): Operand | undefined {
    const term = this.#term();
    if (!term || this.#tokens.peek().kind !== 'field') return term;
    const names: string[] = [];
    let { end } = term.range;
    while (this.#tokens.peek().kind === 'field') {
      const field = this.#tokens.next();
      names.push(field.text.slice(1));
      end = field.end;
    }
    const range = { start: term.range.start, end };
    switch (term.kind) {
      case 'field':
      case 'variable':
        return { ...term, range, names: [...term.names, ...names] };
      case 'bool':
      case 'string':
      case 'number':
      case 'nil':
      case 'dot':
        throw new SyntaxProblem(`unexpected . after term ${JSON.stringify(this.#textOf(term.range))}`, end);
      default:
        return { kind: 'chain', range, of: term, names };
    }
  }

  #term(): Operand | undefined {
    const token = this.#tokens.nextPastSpace();
    const range = rangeOf(token);
    switch (token.kind) {
      case 'identifier':
        if (!this.#isFunction(token.text))
          throw new SyntaxProblem(`function ${JSON.stringify(token.text)} not defined`, token.start);
        return { kind: 'identifier', range, name: token.text };
      case 'dot':
      case 'nil':
        return { kind: token.kind, range };
      case 'variable':
        if (!this.#variables.includes(token.text))
          throw new SyntaxProblem(`undefined variable ${JSON.stringify(token.text)}`, token.start);
        return { kind: 'variable', range, name: token.text, names: [] };
      case 'field':
        return { kind: 'field', range, names: [token.text.slice(1)] };
      case 'bool':
        return { kind: 'bool', range, value: token.text === 'true' };
      case 'character':
      case 'number':
        return { kind: 'number', range, numeral: numeralOf(token) };
      case 'left-paren':
        return this.#parenthesized(token);
      case 'string':
      case 'raw-string': {
        const text = unquoted(token);
        return { kind: 'string', range, text, isVerbatim: text === token.text.slice(1, -1) };
      }
    }
    this.#tokens.putBack(token);
    return undefined;
  }

  #parenthesized({ start }: Token): Operand {
    if (++this.#parentheses > MAX_PARENTHESES) throw new SyntaxProblem('max expression depth exceeded', start);
    const pipeline = this.#pipeline('parenthesized pipeline', 'right-paren');
    this.#parentheses--;
    return { ...pipeline, range: { start, end: pipeline.range.end + 1 } };
  }

  /** Reads the end of an action. */
  #close(context: string): void {
    const token = this.#tokens.nextPastSpace();
    if (token.kind !== 'close') throw unexpected(token, context);
    this.#closed = token.end;
  }

  #textOf({ start, end }: Range): string {
    return this.#text.slice(start, end);
  }
}

/** What an operand of a command can begin with. */
const OPERANDS: ReadonlySet<TokenKind> = new Set<TokenKind>([
  'bool',
  'character',
  'dot',
  'field',
  'identifier',
  'number',
  'nil',
  'raw-string',
  'string',
  'variable',
  'left-paren',
]);

/** Only what comes first in a pipeline can be a value that takes no argument. */
function checkPipeline(commands: readonly Command[], context: string, { start }: Token): void {
  if (commands.length === 0) throw new SyntaxProblem(`missing value for ${context}`, start);
  for (const [index, { words, range }] of commands.entries()) {
    if (index > 0 && ['bool', 'dot', 'nil', 'number', 'string'].includes(words[0].kind))
      throw new SyntaxProblem(`non executable command in pipeline stage ${index + 1}`, range.start);
  }
}

function textNode(token: Token): Node {
  return { kind: 'text', range: rangeOf(token) };
}
