import type { DerivedText } from '../derived-text.ts';
import {
  type Command,
  forEachChild,
  hasTooManyHeredocs,
  parseShell,
  type Word as ShellWord,
  type SyntaxNode,
  type WordPart,
} from '../grammars.ts';
import type { Range } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';

/** A word of a command, as the shell would pass it on. */
export interface Word {
  /** As it is written, with its quotes. */
  readonly raw: string;
  /** With UNKNOWN_CHARACTER where a variable or a command decides; `$HOME` is written `~`. */
  readonly text: string;
  /** Whether it stays one word: an expansion without quotes may become several, or none. */
  readonly isOne: boolean;
  readonly range: Range;
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

/** Programs that run the string they are given as a script. */
const SHELLS = /(?:^|\/)(?:sh|bash|dash|ash|zsh|ksh|su|ssh|eval)$/;

/**
 * How deep a script's syntax tree is read: substitutions 40 deep. Each level is parsed on the stack, and a substitution
 * again in each that it stands in.
 */
const MOST_NESTED = 300;

/** What is read of a script. */
export interface ShellScript {
  readonly commands: readonly CommandLine[];
  /** Where something is nested too deep to be read, or has too many here-documents. */
  readonly tooDeep: readonly Range[];
}

/** Every simple command of a script, also in substitutions, functions and strings for another shell. Never throws. */
export function readCommands(shell: DerivedText): readonly CommandLine[] {
  return readShell(shell).commands;
}

/** The same, and what is too much to be read. Never throws. @param depth at which the script stands */
export function readShell(shell: DerivedText, depth = 0): ShellScript {
  const commands: CommandLine[] = [];
  const tooDeep: Range[] = [];
  const masked = shell.text.replaceAll(/\{\{[^{}\n]*\}\}/g, (action) => UNKNOWN_CHARACTER.repeat(action.length));
  const visit = (node: SyntaxNode, at: number, isConditional: boolean): void => {
    if (at > MOST_NESTED) {
      tooDeep.push(shell.inFile({ start: node.pos, end: node.end }));
      return;
    }
    if (node.type === 'Command') {
      const read = readCommand(node, shell, { depth: at + 1, isConditional });
      commands.push(...read.commands);
      tooDeep.push(...read.tooDeep);
    }
    const decides = DECIDES.test(node.type) || (node.type === 'AndOr' && node.operators.includes('||'));
    forEachChild(node, (child) => visit(child, at + 1, isConditional || decides));
  };
  if (hasTooManyHeredocs(masked)) return { commands, tooDeep: [shell.inFile({ start: 0, end: 0 })] };
  const script = parseShell(masked);
  visit(script, depth, false);
  // The parser has a limit of its own.
  for (const { message, pos } of script.errors ?? [])
    if (message.endsWith('nesting depth exceeded')) tooDeep.push(shell.inFile({ start: pos, end: pos }));
  return { commands, tooDeep };
}

function readCommand(
  command: Command,
  shell: DerivedText,
  { depth, isConditional }: { readonly depth: number; readonly isConditional: boolean },
): ShellScript {
  const written = [command.name, ...command.args].filter((word) => word?.type === 'Word');
  const runsString = written.some(({ value }) => SHELLS.test(value));
  const nested = written.map((word) => (runsString ? nestedScript(word, shell) : undefined));
  // A string that is read as a script of its own is compared as such.
  const words = written.map((word, index) => ({ ...readWord(word, shell), ...(nested[index] && { raw: '' }) }));
  const range = shell.inFile({ start: command.pos, end: command.end });
  const scriptStart = shell.inFile({ start: 0, end: 0 }).start;
  const line = { words, range, isConditional, scriptStart };
  const scripts = nested.flatMap((script) => (script ? readShell(script, depth) : []));
  return {
    commands: [line, ...scripts.flatMap(({ commands }) => commands)],
    tooDeep: scripts.flatMap(({ tooDeep }) => tooDeep),
  };
}

function readWord(word: ShellWord, shell: DerivedText): Word {
  const parts = word.parts ?? [];
  return {
    raw: word.text,
    text: word.parts ? parts.map(textOf).join('') : word.value,
    isOne: !parts.some(mayBecomeSeveral),
    range: shell.inFile({ start: word.pos, end: word.end }),
  };
}

function mayBecomeSeveral(part: WordPart): boolean {
  return /Expansion$|Glob$/.test(part.type);
}

function textOf(part: WordPart): string {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'Glob':
      return part.value;
    case 'DoubleQuoted':
    case 'LocaleString':
      return part.parts.map(textOf).join('');
    default:
      return /^\$(?:HOME|\{HOME\})$/.test(part.text) ? '~' : UNKNOWN_CHARACTER;
  }
}

/** The script in a string such as that of `bash -c "…"`; none where escapes hide what it says. */
function nestedScript(word: ShellWord, shell: DerivedText): DerivedText | undefined {
  const [part, ...others] = word.parts ?? [];
  const isString = part?.type === 'DoubleQuoted' || part?.type === 'SingleQuoted';
  if (!isString || others.length > 0 || !/\s/.test(word.text) || word.text.includes('\\')) return undefined;
  return shell.part({ start: word.pos + 1, end: word.end - 1 });
}
