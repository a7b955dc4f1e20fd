import type { DerivedText } from '../derived-text.ts';
import {
  type Command,
  forEachChild,
  hasTooManyHeredocs,
  parseShell,
  type Word as ShellWord,
  type SyntaxNode,
} from '../grammars.ts';
import type { Range } from '../text.ts';
import { isKnown, UNKNOWN_CHARACTER } from '../unknown.ts';
import { type InputText, inputsOf } from './standard-input.ts';
import { readVariables } from './variables.ts';
import { fieldsOfWord, isOfFlags, type KnownText, type Lookup, mayBecomeSeveral, textOfWord } from './word-text.ts';

/** A word of a command, as the shell would pass it on. */
export interface Word {
  /** As it is written, with its quotes; of the words that a variable becomes each is written as that. */
  readonly raw: string;
  /** With UNKNOWN_CHARACTER where a variable or a command decides; `$HOME` is written `~`. */
  readonly text: string;
  /** Whether it stays one word: an expansion without quotes may become several, or none. */
  readonly isOne: boolean;
  /** Whether it can only become flags and their values, or nothing. */
  readonly isOfFlags: boolean;
  /** Whether a variable that may have been set elsewhere has its default in it. */
  readonly fromDefault: boolean;
  readonly range: Range;
}

/** A word that is what is written. */
export function plainWord(text: string, range: Range): Word {
  return { raw: text, text, isOne: true, isOfFlags: false, fromDefault: false, range };
}

/** A simple command in a script. Words that are redirections are not among its words. */
export interface CommandLine {
  readonly words: readonly Word[];
  /** The whole of it in the file, with what is set and redirected for it. */
  readonly range: Range;
  /** Whether a condition, a loop, a function or a substitution decides whether it is run. */
  readonly isConditional: boolean;
  /** Where the script it stands in begins in the file. */
  readonly scriptStart: number;
}

/** What decides whether the commands in it are run. */
const DECIDES = /^(?:If|Case|For|While|Function|Select|ArithmeticFor|CommandExpansion|ProcessSubstitution)$/;

/** Programs that run the string they are given as a script, or what they read. */
const SHELLS = /(?:^|\/)(?:sh|bash|dash|ash|zsh|ksh|su|ssh|eval)$/;

/**
 * How deep a script's syntax tree is read: substitutions 40 deep. Each level is parsed on the stack, and a substitution
 * again in each that it stands in.
 */
const MOST_NESTED = 300;

/** What is read of a script. */
export interface ShellScript {
  readonly commands: readonly CommandLine[];
  /** The commands that read a text which stands in the script, but for shells, whose commands are among the others. */
  readonly inputs: readonly CommandInput[];
  /** Where something is nested too deep to be read, or has too many here-documents. */
  readonly tooDeep: readonly Range[];
}

export interface CommandInput extends InputText {
  readonly words: readonly Word[];
}

/** What is known of variables that are set outside of a script. */
export type GivenVariables = (name: string) => KnownText | undefined;

/** Every simple command of a script, also in substitutions, functions and strings for another shell. Never throws. */
export function readCommands(shell: DerivedText): readonly CommandLine[] {
  return readShell(shell).commands;
}

/** The same, and what else is read of a script, and what is too much to be read. Never throws. @param depth at which the script stands */
export function readShell(shell: DerivedText, given: GivenVariables = () => undefined, depth = 0): ShellScript {
  const masked = shell.text.replaceAll(/\$?\{\{[^{}\n]*\}\}/g, (action) => UNKNOWN_CHARACTER.repeat(action.length));
  if (hasTooManyHeredocs(masked)) return { commands: [], inputs: [], tooDeep: [shell.inFile({ start: 0, end: 0 })] };
  const script = parseShell(masked);
  const reader = new Reader(shell, readVariables(script, given, MOST_NESTED));
  reader.visit(script, depth, false);
  // The parser has a limit of its own.
  for (const { message, pos } of script.errors ?? [])
    if (message.endsWith('nesting depth exceeded')) reader.tooDeep.push(shell.inFile({ start: pos, end: pos }));
  return reader;
}

/** After so many words of variables in a script, those that would become several are not known. */
const MOST_FIELDS = 2000;

/** Collects the commands of a script. */
class Reader implements ShellScript {
  readonly commands: CommandLine[] = [];
  readonly inputs: CommandInput[] = [];
  readonly tooDeep: Range[] = [];
  readonly #shell: DerivedText;
  readonly #lookup: Lookup;
  #fields = 0;

  constructor(shell: DerivedText, lookup: Lookup) {
    this.#shell = shell;
    this.#lookup = lookup;
  }

  visit(node: SyntaxNode, depth: number, isConditional: boolean): void {
    if (depth > MOST_NESTED) {
      this.tooDeep.push(this.#shell.inFile({ start: node.pos, end: node.end }));
      return;
    }
    if (node.type === 'Command') this.#readCommand(node, depth + 1, isConditional);
    for (const [command, input] of inputsOf(node, this.#shell)) this.#readInput(command, input, depth + 1);
    const decides = DECIDES.test(node.type) || (node.type === 'AndOr' && node.operators.includes('||'));
    forEachChild(node, (child) => this.visit(child, depth + 1, isConditional || decides));
  }

  #readCommand(command: Command, depth: number, isConditional: boolean): void {
    const written = wordsIn(command);
    const runsString = written.some(({ value }) => SHELLS.test(value));
    const nested = written.map((word) => (runsString ? nestedScript(word, this.#shell) : undefined));
    // A string that is read as a script of its own is compared as such.
    const words = written.flatMap((word, index) =>
      nested[index] ? { ...this.#whole(word), raw: '' } : this.#words(word),
    );
    this.commands.push({
      words,
      range: this.#shell.inFile({ start: command.pos, end: command.end }),
      isConditional,
      scriptStart: this.#shell.inFile({ start: 0, end: 0 }).start,
    });
    for (const [index, script] of nested.entries()) {
      const { pos, text } = written[index]!;
      // The other shell alone knows what a variable behind a backslash says.
      const isExpanded = text.startsWith('"') && !text.includes('\\$');
      if (script) this.#readNested(script, isExpanded ? pos : undefined, depth);
    }
  }

  #readInput(command: Command, input: InputText, depth: number): void {
    const words = wordsIn(command).flatMap((word) => this.#words(word));
    if (readsScript(words.map(({ text }) => text)))
      this.#readNested(input.derived, input.isExpanded ? command.pos : undefined, depth);
    else this.inputs.push({ ...input, words });
  }

  /** @param offset where this script puts its variables into that one, if it does */
  #readNested(script: DerivedText, offset: number | undefined, depth: number): void {
    const given = offset === undefined ? undefined : (name: string) => this.#lookup(name, offset);
    const { commands, inputs, tooDeep } = readShell(script, given, depth);
    for (const command of commands) this.commands.push(command);
    for (const input of inputs) this.inputs.push(input);
    for (const range of tooDeep) this.tooDeep.push(range);
  }

  #words(word: ShellWord): Word[] {
    const whole = this.#whole(word);
    const fields = fieldsOfWord(word, this.#lookup);
    if (fields.length === 1) return [{ ...whole, text: fields[0]!, isOne: whole.isOne || isKnown(fields[0]!) }];
    this.#fields += fields.length;
    if (this.#fields > MOST_FIELDS) return [{ ...whole, text: UNKNOWN_CHARACTER }];
    return fields.map((text) => ({ ...whole, text, isOne: true }));
  }

  #whole(word: ShellWord): Word {
    const { text, fromDefault } = textOfWord(word, this.#lookup);
    const own = { start: word.pos, end: word.end };
    return {
      raw: word.text,
      text,
      isOne: !mayBecomeSeveral(word),
      isOfFlags: isOfFlags(word),
      fromDefault: fromDefault || this.#shell.hasDefault(own),
      range: this.#shell.inFile(own),
    };
  }
}

function wordsIn(command: Command): ShellWord[] {
  return [command.name, ...command.args].filter((word) => word?.type === 'Word');
}

/** Single quotes, also around quotes of their own: `'it'\''s'`. Between double quotes a backslash escapes these alone. */
const SINGLE_QUOTED = /^'(?:[^']|'\\'')*'$/;
const ESCAPE = /\\(?:["\\$`]|\n)/g;

/** The script in a string such as that of `bash -c "…"`, as the other shell gets it. */
function nestedScript({ parts = [], text, pos, end }: ShellWord, shell: DerivedText): DerivedText | undefined {
  if (!/\s/.test(text)) return undefined;
  const script = shell.part({ start: pos + 1, end: end - 1 });
  if (SINGLE_QUOTED.test(text)) return script.replacing(/'\\''/g, () => ({ text: "'", fromDefault: false }));
  if (parts.length !== 1 || parts[0]?.type !== 'DoubleQuoted') return undefined;
  return script.replacing(ESCAPE, (escaped) => ({ text: escaped.slice(1).replace('\n', ''), fromDefault: false }));
}

/** Where the script stands among words that a shell is given with `-c`; -1 where there is none. */
export function scriptIndex(words: readonly Pick<Word, 'text'>[]): number {
  const flag = words.findIndex(({ text }) => /^-[a-z]*c$/.test(text));
  return flag > 0 && words.slice(0, flag).some(({ text }) => SHELLS.test(text)) ? flag + 1 : -1;
}

/** Programs that run another with the same input, before their own flags and values. */
const PASSES_ON = /(?:^|\/)(?:sudo|doas|exec|command|env|nohup|time|nice|ionice|timeout)$/;
/** The flags of ssh that take a value. Source: ssh(1). */
const SSH_VALUES = /^-[BbcDEeFIiJLlmOopPQRSWw]$/;

/** Whether a command runs what it reads as a script: a shell without one of its own, or `ssh` without another command. */
function readsScript(words: readonly string[]): boolean {
  const [name = '', ...args] = words;
  if (PASSES_ON.test(name)) {
    const program = args.findIndex((word) => SHELLS.test(word));
    return program >= 0 && readsScript(args.slice(program));
  }
  if (!SHELLS.test(name) || /eval$/.test(name)) return false;
  if (/ssh$/.test(name)) {
    let at = 0;
    while (args[at]?.startsWith('-')) at += SSH_VALUES.test(args[at]!) ? 2 : 1;
    const remote = args.slice(at + 1);
    return remote.length === 0 || readsScript(remote.flatMap((word) => word.split(' ')));
  }
  if (args.some((word) => /^-[a-z]*c$/.test(word))) return false;
  const script = args.find((word) => !word.startsWith('-') && !/su$/.test(name));
  return script === undefined || args.some((word) => /^-[a-z]*s$/.test(word));
}
