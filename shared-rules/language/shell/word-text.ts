import type { Word as ShellWord, SyntaxNode, WordPart } from '../grammars.ts';
import { isKnown, UNKNOWN_CHARACTER } from '../unknown.ts';

/** As much of a text as is known. */
export interface KnownText {
  /** With UNKNOWN_CHARACTER for what is not known. */
  readonly text: string;
  /** Whether a variable that may have been set elsewhere has its default here. */
  readonly fromDefault: boolean;
}

/** What a variable says where it is used at an offset of the script; undefined where that is not known. */
export type Lookup = (name: string, offset: number) => KnownText | undefined;

/** Variables put into each other grow without limit; longer texts than this are not known. */
const LONGEST = 2000;
const UNKNOWN: KnownText = { text: UNKNOWN_CHARACTER, fromDefault: false };

/** A word as the shell passes it on, before it is split; `$HOME` is written `~`. */
export function textOfWord({ parts, value }: ShellWord, lookup: Lookup): KnownText {
  return parts ? joined(parts, lookup) : { text: value, fromDefault: false };
}

function joined(parts: readonly WordPart[], lookup: Lookup): KnownText {
  const texts = parts.map((part) => textOfPart(part, lookup));
  const text = texts.map((one) => one.text).join('');
  return text.length > LONGEST ? UNKNOWN : { text, fromDefault: texts.some(({ fromDefault }) => fromDefault) };
}

function textOfPart(part: WordPart, lookup: Lookup): KnownText {
  switch (part.type) {
    case 'Literal':
    case 'SingleQuoted':
    case 'AnsiCQuoted':
    case 'Glob':
      return { text: part.value, fromDefault: false };
    case 'DoubleQuoted':
    case 'LocaleString':
      return joined(part.parts, lookup);
    case 'SimpleExpansion':
      return variable(part.text.slice(1), part.pos, lookup) ?? UNKNOWN;
    case 'ParameterExpansion':
      return textOfParameter(part, lookup);
    default:
      return UNKNOWN;
  }
}

function variable(name: string, offset: number, lookup: Lookup): KnownText | undefined {
  return lookup(name, offset) ?? (name === 'HOME' ? { text: '~', fromDefault: false } : undefined);
}

type Parameter = Extract<WordPart, { readonly type: 'ParameterExpansion' }>;

function textOfParameter({ parameter, pos, prefix, index, operation }: Parameter, lookup: Lookup): KnownText {
  if (prefix || index) return UNKNOWN;
  const set = variable(parameter, pos, lookup);
  if (!operation) return set ?? UNKNOWN;
  if (operation.type !== 'Default') return UNKNOWN;
  const { operator, operand } = operation;
  const isSet = set && (set.text !== '' || !operator.startsWith(':'));
  if (operator.endsWith('?')) return set ?? UNKNOWN;
  if (operator.endsWith('+')) return isSet && isKnown(set.text) ? textOfWord(operand, lookup) : UNKNOWN;
  return isSet ? set : { ...textOfWord(operand, lookup), fromDefault: set === undefined || set.fromDefault };
}

/** The words that a word becomes: what variables without quotes say is split at blanks. */
export function fieldsOfWord(word: ShellWord, lookup: Lookup): readonly string[] {
  const parts = word.parts ?? [];
  const { text, fromDefault } = textOfWord(word, lookup);
  if (!isKnown(text)) return [text];
  const isBare = (part: WordPart) => part.type === 'SimpleExpansion' || part.type === 'ParameterExpansion';
  // A word that is empty only where nothing is set may be anything.
  if (!parts.some(isBare)) return [text === '' && fromDefault ? UNKNOWN_CHARACTER : text];
  const fields = [''];
  for (const part of parts) {
    const [first = '', ...more] = isBare(part)
      ? textOfPart(part, lookup).text.split(/\s+/)
      : [textOfPart(part, lookup).text];
    fields.push(`${fields.pop()}${first}`, ...more);
  }
  const hasQuotes = parts.some(({ type }) => type.endsWith('Quoted'));
  return hasQuotes ? fields : fields.filter((field) => field !== '');
}

/** Whether the shell may make several words of a word, or none. */
export function mayBecomeSeveral({ parts = [] }: ShellWord): boolean {
  const isList = (part: WordPart) =>
    part.type === 'ParameterExpansion' ? part.index?.value === '@' : part.text === '$@';
  return parts.some(
    (part) => /Expansion$|Glob$/.test(part.type) || (part.type === 'DoubleQuoted' && part.parts.some(isList)),
  );
}

/** Arrays that may hold more than flags, by their names. */
const HOLDS_MORE = /IMAGE|IMG|CMD|COMMAND|CONTAINER/i;

/**
 * Whether a word can only become flags and their values, or nothing: an array of arguments, an alternative that begins
 * with a dash as in `${GPU:+--gpus all}`, a command that prints such a text or none as in `$([ -t 0 ] && echo -it)`.
 */
export function isOfFlags({ parts = [] }: ShellWord): boolean {
  const [part, ...others] = parts.length === 1 && parts[0]?.type === 'DoubleQuoted' ? parts[0].parts : parts;
  if (!part || others.length > 0) return false;
  if (part.type === 'CommandExpansion') return part.script?.commands.every(printsFlags) ?? false;
  if (part.type !== 'ParameterExpansion' || part.prefix) return false;
  if (part.index) return /^[@*]$/.test(part.index.value) && !HOLDS_MORE.test(part.parameter);
  const { operation } = part;
  return operation?.type === 'Default' && operation.operator.endsWith('+') && startsWithDash(operation.operand);
}

function startsWithDash(word: ShellWord): boolean {
  return textOfWord(word, () => undefined)
    .text.trimStart()
    .startsWith('-');
}

/** Commands that print nothing. */
const QUIET = /^(?:\[|test|true|false|:)$/;

/** Whether all that a command prints begins with a dash, or it prints nothing. */
function printsFlags(node: SyntaxNode): boolean {
  switch (node.type) {
    case 'Statement':
      return printsFlags(node.command);
    case 'AndOr':
      return node.commands.every(printsFlags);
    case 'If':
      return [node.then, node.else, ...node.elif.map(({ then }) => then)].every(
        (list) => list?.commands.every(printsFlags) ?? true,
      );
    case 'TestCommand':
      return true;
    case 'Command': {
      const name = node.name?.value ?? '';
      const isSilenced = node.redirects.some(
        (one) => one.type === 'Redirect' && one.operator.includes('>') && one.target?.value === '/dev/null',
      );
      if (QUIET.test(name) || isSilenced) return true;
      const printed = node.args.filter((word) => !/^(?:-[neE]+|--|%s(?:\\n)?|)$/.test(argumentText(word)));
      return (name === 'echo' || name === 'printf') && (!printed[0] || argumentText(printed[0]).startsWith('-'));
    }
    default:
      return false;
  }
}

function argumentText(word: SyntaxNode): string {
  return word.type === 'Word' ? textOfWord(word, () => undefined).text.trimStart() : '';
}
