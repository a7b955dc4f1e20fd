import type { Place } from '../../language/place.ts';
import { type CommandLine, readCommands } from '../../language/shell/command-line.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { mayGain } from '../../language/yaml/presence.ts';
import { scalarScript } from '../../language/yaml/scalar-text.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import type { Container } from '../../model/kubernetes/objects.ts';

/** A word of a container's command line. */
export interface ArgumentWord {
  /** With UNKNOWN_CHARACTER where a template or a variable decides. */
  readonly text: string;
  readonly at: Place;
  /** The item of a list that is just this word; undefined in a script. */
  readonly item: Value | undefined;
}

export interface CommandWords {
  readonly words: readonly ArgumentWord[];
  /** Whether there may be words that are not among them. */
  readonly mayHaveMore: boolean;
  /** `args`, or `command` where there are none: it holds the last words. */
  readonly field: Field;
}

const SHELL = /(?:^|\/)(?:sh|bash|ash|dash)$/;

/**
 * The command lines of a container: `command` and `args`, or each command of the script that they give to a shell.
 * None where the image alone decides what is run.
 */
export function commandLinesOf({ value }: Container): CommandWords[] {
  const fields = ['command', 'args'].flatMap((name) => (value.get(name) && value.field(name)) || []);
  const field = fields.at(-1);
  if (!field) return [];
  const words = fields.flatMap(({ value }) => value.items().map(toWord));
  const mayHaveMore = fields.some(({ value }) => !value.isSequence || mayGain(value));
  const script =
    SHELL.test(words[0]?.text ?? '') && /^-[a-z]*c$/.test(words[1]?.text ?? '') ? words[2]?.item : undefined;
  if (!script) return [{ words, mayHaveMore, field }];
  const text = scalarScript(script);
  return text ? readCommands(text).map((line) => ({ ...wordsOfLine(line, script), field })) : [];
}

/** `$(NAME)` is a variable of the container, which the kubelet fills in; `$$(NAME)` is not. */
function toWord(item: Value): ArgumentWord {
  const text = item.rawText?.replaceAll(/(?<!\$)\$\([^)$]*\)/g, UNKNOWN_CHARACTER) ?? UNKNOWN_CHARACTER;
  return { text, at: item, item };
}

function wordsOfLine({ words }: CommandLine, { path, part, file }: Value): Omit<CommandWords, 'field'> {
  return {
    words: words.map(({ text, range }) => ({ text, at: { range, path, part, file }, item: undefined })),
    mayHaveMore: words.some(({ isOne }) => !isOne),
  };
}
