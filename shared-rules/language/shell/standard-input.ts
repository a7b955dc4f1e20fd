import type { DerivedText } from '../derived-text.ts';
import type { Command, SyntaxNode, Word, WordPart } from '../grammars.ts';
import { lastAtOrBefore } from '../search.ts';
import { moved, type Range } from '../text.ts';

/** A text that a script hands to a command. */
export interface InputText {
  readonly derived: DerivedText;
  /** Whether the shell puts its variables into it. */
  readonly isExpanded: boolean;
  /** What the shell puts in before the command reads it; offsets of `derived`. */
  readonly expansions: readonly Range[];
}

type Redirection = Command['redirects'][number];
type HereDoc = Extract<Redirection, { readonly type: 'HereDoc' }>;

/** What each command of a pipeline reads that the script has in it: a here-document, or what `cat` or `echo` hands on. */
export function inputsOf(node: SyntaxNode, shell: DerivedText): readonly (readonly [Command, InputText])[] {
  if (node.type === 'Command') {
    const document = hereDocumentOf(node);
    return document ? [[node, readDocument(document, shell)]] : [];
  }
  if (node.type !== 'Pipeline') return [];
  return node.commands.flatMap((command, index) => {
    const before = node.commands[index - 1];
    const text = before?.type === 'Command' && command.type === 'Command' ? printedBy(before, shell) : undefined;
    return text ? [[command as Command, text] as const] : [];
  });
}

function hereDocumentOf({ redirects }: Command): HereDoc | undefined {
  const documents = redirects.filter((one) => one.type === 'HereDoc' && (one.descriptor === undefined || isInput(one)));
  return documents.at(-1) as HereDoc | undefined;
}

function isInput({ descriptor }: Redirection): boolean {
  return descriptor?.type === 'FileDescriptor' && descriptor.value === 0;
}

/** What a command prints that prints nothing else. */
function printedBy(command: Command, shell: DerivedText): InputText | undefined {
  const words = command.args.filter((word) => word.type === 'Word');
  const isSentElsewhere = command.redirects.some(({ type }) => type !== 'HereDoc');
  if (isSentElsewhere || words.length !== command.args.length) return undefined;
  if (command.name?.value === 'cat') {
    const document = words.every(({ value }) => value === '-') ? hereDocumentOf(command) : undefined;
    return document && readDocument(document, shell);
  }
  const [word, ...others] = words;
  return command.name?.value === 'echo' && word && others.length === 0 ? quotedText(word, shell) : undefined;
}

/** A string without escapes. */
function quotedText({ parts, pos, end, text }: Word, shell: DerivedText): InputText | undefined {
  const [part, ...others] = parts ?? [];
  if (!part || others.length > 0 || text.includes('\\')) return undefined;
  if (part.type !== 'SingleQuoted' && part.type !== 'DoubleQuoted') return undefined;
  const start = pos + 1;
  const expansions = part.type === 'SingleQuoted' ? [] : part.parts.filter(({ type }) => type !== 'Literal');
  const own = expansions.map((one) => ({ start: one.pos - start, end: one.end - start }));
  return { derived: shell.part({ start, end: end - 1 }), isExpanded: part.type === 'DoubleQuoted', expansions: own };
}

/** Tabs at the start of a line, and a backslash that quotes what is behind it, another backslash among that. */
const TAKEN = /^\t+|\\(?=([\\$`]))/gm;

/** Its text without the tabs and the backslashes that the shell takes away. */
function readDocument({ operator, delimiter, body }: HereDoc, shell: DerivedText): InputText {
  const isPlain = delimiter?.quoted === true;
  const hasTabs = operator === '<<-';
  const kept: Range[] = [];
  let from = 0;
  for (const { 0: taken, 1: character = '', index } of body.text.matchAll(TAKEN)) {
    if (index < from || (taken === '\\' ? isPlain : !hasTabs)) continue;
    kept.push({ start: from, end: index });
    from = index + taken.length;
    if (character === '\\') kept.push({ start: from, end: ++from });
  }
  kept.push({ start: from, end: body.text.length });
  const isExpansion = ({ type }: WordPart) => type !== 'Literal';
  const offset = offsetsAmong(kept);
  const expansions = (body.parts ?? []).filter(isExpansion).map(({ pos, end }) => ({
    start: offset(pos - body.pos),
    end: offset(end - body.pos),
  }));
  return { derived: shell.parts(kept.map((range) => moved(range, body.pos))), isExpanded: !isPlain, expansions };
}

/** Where offsets are in a text of which only some ranges are left. */
function offsetsAmong(kept: readonly Range[]): (offset: number) => number {
  let length = 0;
  const before = kept.map(({ start, end }) => {
    length += end - start;
    return length - (end - start);
  });
  return (offset) => {
    const index = lastAtOrBefore(kept.length, (at) => kept[at]!.start, offset);
    return before[index]! + Math.min(offset, kept[index]!.end) - kept[index]!.start;
  };
}
