import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import type { CommandLine, Word } from '../../language/shell/command-line.ts';
import { addWords, removeWords, replaceInWord } from '../../language/shell/word-edit.ts';
import { moved, partIn, type Range, type TextPart } from '../../language/text.ts';
import { readable, UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { engineSubject, type Subject } from '../workload.ts';
import { BUILD_FLAGS, type FlagTable, flagName, RUN_FLAGS, takesNextWord, takesNextWordOfCompose } from './flags.ts';

/** What a command of docker, podman or nerdctl does. */
export type Verb = 'run' | 'exec' | 'service' | 'compose' | 'build' | 'builder' | 'connect';

/** Something that gives a container options: a command, or a file that holds its options in another form. */
export interface ContainerCommand {
  readonly verb: Verb;
  /** Whether Docker's own rules hold, and not those of another engine. */
  readonly isDocker: boolean;
  readonly subject: Subject;
  readonly options: readonly Option[];
  /** The image; for `network connect` the network. */
  readonly image: { readonly text: string; readonly at: Place } | undefined;
  /** Whether something decides whether the command is run at all. */
  readonly mayNotRun: boolean;
  /** Where the script it stands in begins in the file; 0 where it stands in none. */
  readonly scriptStart: number;
  /** What is passed to the program in the container, or to the command. */
  readonly args: readonly string[];
}

/** An option of a container. */
export interface Option {
  /** Its long name, without dashes. */
  readonly name: string;
  /** With UNKNOWN_CHARACTER where a variable decides; undefined for a switch. */
  readonly value: string | undefined;
  /** Where the value stands, or the flag of a switch. */
  readonly at: Place;
  /** As it is written. */
  readonly spelling: string;
  /** Whether a default stood in for a variable in it. */
  readonly fromDefault: boolean;
  /** Whether something else is written that stands for it, such as a feature of a dev container. */
  readonly isImplied?: boolean;
  /** Empty where it cannot be taken away by itself. */
  readonly removal: readonly Change[];
  /** Empty where another value cannot be written. */
  readonly withValue: (value: string) => readonly Change[];
  /** Writes another text, which must need no quotes, over a part of the value; empty where that cannot be done. */
  readonly withPart: (part: TextPart, text: string) => readonly Change[];
  /** Puts more options, as they are written on a command line, behind it or in its place; empty where none can stand. */
  readonly followedBy: (words: readonly string[]) => readonly Change[];
  readonly replacedBy: (words: readonly string[]) => readonly Change[];
  /**
   * Where a part of the value stands; the whole value where quotes hide it.
   * @param start where it begins in the value; the first that reads so where it is left out
   */
  readonly rangeOf: (part: string, start?: number) => Range;
}

/** The place of a part of an option's value; see `Option.rangeOf`. */
export function placeInOption({ at, rangeOf }: Option, part: string, start?: number): Place {
  return { range: rangeOf(part, start), path: at.path, part: at.part, file: at.file };
}

/** Words that hold options, and how they are changed where they are written. */
export interface WordList {
  readonly words: readonly Word[];
  /** Takes away the words from `from` up to but without `to`. */
  readonly remove: (from: number, to: number) => readonly Change[];
  /** Writes a text over a part of a word. */
  readonly replaceIn: (index: number, range: Range, text: string) => readonly Change[];
  readonly add: (after: number, words: readonly string[]) => readonly Change[];
}

/** The words of a command in a script. */
export function wordsOf(line: CommandLine): WordList {
  return {
    words: line.words,
    remove: (from, to) => [removeWords(line, from, to)],
    replaceIn: (index, range, text) => [replaceInWord(line, index, range, text)],
    add: (after, words) => [addWords(line, after, words)],
  };
}

const PROGRAM = /(?:^|[\\/])(?:(?:nvidia-)?docker(?:-compose)?|podman(?:-remote|-compose)?|nerdctl|finch)(?:\.exe)?$/;
/** Programs that run the command behind their own arguments, and make's function that runs a shell. */
const RUNNERS =
  /(?:^|\/)(?:sudo|doas|exec|command|env|nohup|time|nice|ionice|timeout|xargs|watch|retry|flock|setsid|stdbuf|systemd-run|ssh|lima|shell)$/;
/** How many words may stand between such a program and the command it runs, as in `sudo -u root -E`. */
const MOST_WORDS_OF_RUNNER = 6;

const VERBS: readonly (readonly [RegExp, Verb])[] = [
  [/^(?:container )?(?:run|create)$/, 'run'],
  [/^pod create$|^(?:play kube|kube play)$/, 'run'],
  [/^(?:container )?exec$/, 'exec'],
  [/^service (?:create|update)$/, 'service'],
  [/^(?:image |builder |buildx )?build$|^buildx b$|^buildx bake$/, 'build'],
  [/^buildx create$/, 'builder'],
  [/^network connect$/, 'connect'],
];

const COMPOSE_VERBS: Readonly<Record<string, Verb>> = { run: 'compose', exec: 'exec' };

/**
 * The container command that a command line is; undefined for any other.
 * @param list how its words are changed
 */
export function readContainerCommand(line: CommandLine, list = wordsOf(line)): ContainerCommand | undefined {
  const program = programIn(line.words);
  const found = program === undefined ? undefined : verbAfter(line.words, program);
  if (!found) return undefined;
  const isBuild = found.verb === 'build' || found.verb === 'builder';
  const { options, rest } = readOptions(list, found.next, isBuild ? BUILD_FLAGS : RUN_FLAGS, isBuild);
  const [first, ...args] = rest;
  const path = found.title;
  const isPod = path.endsWith('pod create');
  const runsImage = (found.verb === 'run' && !isPod) || found.verb === 'service';
  // `network connect` names a network where others name an image, and like `exec` a container; `pod create` a pod.
  const image = runsImage || found.verb === 'connect' ? first : undefined;
  const named = {
    run: first,
    service: first,
    exec: first,
    compose: first,
    connect: rest[1],
    build: undefined,
    builder: undefined,
  };
  const imageText = image && !image.text.includes(UNKNOWN_CHARACTER) ? image.text : undefined;
  return {
    verb: found.verb,
    isDocker: /^(?:nvidia-)?docker/.test(found.title),
    mayNotRun: line.isConditional,
    scriptStart: line.scriptStart,
    subject: engineSubject(
      isPod ? 'pod' : 'container',
      nameOf(options, named[found.verb]),
      line.range,
      runsImage ? imageText : undefined,
    ),
    options: options.map((option) => ({ ...option, at: { ...option.at, path: `${path} ${option.at.path}` } })),
    image:
      image && imageText !== undefined
        ? { text: imageText, at: { range: image.range, path, file: undefined } }
        : undefined,
    args: (image ? args : rest).map(({ text }) => text),
  };
}

/** The name a container is given, else that of its image. */
function nameOf(options: readonly Option[], image: Word | undefined): string {
  const name = options.find((option) => option.name === 'name')?.value ?? imageName(image?.text ?? '');
  return name.includes(UNKNOWN_CHARACTER) ? '' : name;
}

/** `nginx` of `docker.io/library/nginx:1.27@sha256:…`. */
export function imageName(image: string): string {
  const [name = ''] = image.split('@', 1)[0]?.split('/').at(-1)?.split(':', 1) ?? [];
  return name.includes(UNKNOWN_CHARACTER) ? '' : name;
}

function programIn(words: readonly Word[]): number | undefined {
  const first = words[0]?.text ?? '';
  if (PROGRAM.test(first)) return 0;
  if (!RUNNERS.test(first)) return undefined;
  const index = words.slice(0, MOST_WORDS_OF_RUNNER + 1).findIndex(({ text }) => PROGRAM.test(text));
  return index < 0 ? undefined : index;
}

function verbAfter(words: readonly Word[], program: number): { verb: Verb; title: string; next: number } | undefined {
  const name = programName(words[program]);
  const ownCompose = /^(\w+)-compose/.exec(name)?.[1];
  let at = ownCompose ? program + 1 : behindFlags(words, program + 1, takesNextWord);
  if (ownCompose || words[at]?.text === 'compose') {
    at = behindFlags(words, ownCompose ? at : at + 1, takesNextWordOfCompose);
    const command = words[at]?.text ?? '';
    const verb = COMPOSE_VERBS[command];
    return verb && { verb, title: `${ownCompose ?? name} compose ${command}`, next: at + 1 };
  }
  for (const length of [1, 2]) {
    const command = words
      .slice(at, at + length)
      .map(({ text }) => text)
      .join(' ');
    const verb = VERBS.find(([pattern]) => pattern.test(command))?.[1];
    if (verb) return { verb, title: `${name} ${command}`, next: at + length };
  }
  return undefined;
}

function behindFlags(words: readonly Word[], from: number, takesValue: (flag: string) => boolean): number {
  let at = from;
  while (words[at]?.text.startsWith('-')) at += takesValue(words[at]!.text) ? 2 : 1;
  return at;
}

function programName(word: Word | undefined): string {
  return (word?.text ?? '').replace(/^.*[\\/]/, '');
}

/** Variables that hold flags by their names; any other may hold the image, behind which nothing is a flag. */
const HOLDS_FLAGS = /\$[{(]?\w*(?:OPT|ARG|FLAG|PARAM)/i;

/**
 * Reads flags up to the first word that is none.
 * @param isMixed whether flags may follow such words, as `docker build` allows
 */
export function readOptions(
  list: WordList,
  from: number,
  table: FlagTable,
  isMixed: boolean,
): { options: Option[]; rest: Word[] } {
  const { words } = list;
  const options: Option[] = [];
  const rest: Word[] = [];
  for (let at = from; at < words.length; ) {
    const word = words[at] as Word;
    if (word.isOfFlags || (!word.isOne && HOLDS_FLAGS.test(word.raw))) at++;
    else if (word.text.startsWith('-') && word.text.length > 1 && word.text !== '--') {
      const read = word.text.startsWith('--') ? readLong(list, at, table) : readShort(list, at, table);
      options.push(...read.options);
      at = read.next;
    } else if (isMixed) rest.push(words[at++] as Word);
    else return { options, rest: words.slice(word.text === '--' ? at + 1 : at) };
  }
  return { options, rest };
}

type OptionsRead = { readonly options: Option[]; readonly next: number };

/** `--flag`, `--flag=value` and `--flag value`. */
function readLong(list: WordList, at: number, table: FlagTable): OptionsRead {
  const word = list.words[at] as Word;
  const equals = word.text.indexOf('=');
  const long = word.text.slice(2, equals < 0 ? undefined : equals);
  if (equals >= 0) return { options: [valueInWord(list, at, long, equals + 1)], next: at + 1 };
  if (!table.values.has(long)) return { options: [switchAt(list, at, long)], next: at + 1 };
  return valueInNextWord(list, at, long);
}

/** `-p value`, `-pvalue`, `-p=value`, and switches bundled before it as in `-itp value`. */
function readShort(list: WordList, at: number, table: FlagTable): OptionsRead {
  const word = list.words[at] as Word;
  const options: Option[] = [];
  for (let index = 1; index < word.text.length; index++) {
    const letter = word.text[index] as string;
    const name = table.short[letter];
    if (name === undefined) {
      const known = table.switches[letter];
      if (known) options.push({ ...switchAt(list, at, known), ...(word.text.length > 2 && { removal: [] }) });
      continue;
    }
    if (index === word.text.length - 1) {
      const read = valueInNextWord(list, at, name);
      const bundled = index > 1 ? read.options.map((option) => ({ ...option, removal: [] })) : read.options;
      return { options: [...options, ...bundled], next: read.next };
    }
    const start = word.text[index + 1] === '=' ? index + 2 : index + 1;
    return { options: [...options, valueInWord(list, at, name, start)], next: at + 1 };
  }
  return { options, next: at + 1 };
}

function valueInNextWord(list: WordList, at: number, long: string): OptionsRead {
  const value = list.words[at + 1];
  if (!value) return { options: [], next: at + 1 };
  const flag = list.words[at] as Word;
  const option = toOption(list, { at, to: at + 2, index: at + 1, range: value.range }, long, value.text);
  return { options: [{ ...option, spelling: `${flag.text} ${readable(value.text)}` }], next: at + 2 };
}

function valueInWord(list: WordList, at: number, long: string, start: number): Option {
  const word = list.words[at] as Word;
  // What stands before the value has no quotes, so it is as long in the file.
  const isPlain = word.raw.startsWith(word.text.slice(0, start));
  const range = isPlain ? { start: word.range.start + start, end: word.range.end } : word.range;
  const option = toOption(list, { at, to: at + 1, index: at, range }, long, word.text.slice(start));
  return { ...option, spelling: readable(word.text), ...(!isPlain && { withValue: () => [] }) };
}

function switchAt(list: WordList, at: number, long: string): Option {
  const word = list.words[at] as Word;
  const option = toOption(list, { at, to: at + 1, index: at, range: word.range }, long, '');
  return { ...option, value: undefined, spelling: readable(word.text), withValue: () => [], withPart: () => [] };
}

/** Where an option stands among the words of its command, and which of them and what part of it is its value. */
interface Span {
  readonly at: number;
  readonly to: number;
  readonly index: number;
  readonly range: Range;
}

function toOption(list: WordList, { at, to, index, range }: Span, long: string, value: string): Option {
  return {
    name: flagName(long),
    value,
    at: { range, path: `--${long}`, file: undefined },
    spelling: '',
    fromDefault: list.words.slice(at, to).some(({ fromDefault }) => fromDefault),
    removal: list.remove(at, to),
    withValue: (text) => list.replaceIn(index, range, text),
    withPart: (part, text) => {
      const found = partRange(list.words[index] as Word, range, value, part);
      return found ? list.replaceIn(index, found, text) : [];
    },
    followedBy: (words) => list.add(to - 1, words),
    replacedBy: (words) => (at > 0 ? [...list.remove(at, to), ...list.add(at - 1, words)] : []),
    rangeOf: (text, start = 0) =>
      partRange(list.words[index] as Word, range, value, { text, start, end: start + text.length }) ?? range,
  };
}

/** Where a part of an option's value stands in the file; undefined where quotes hide it. */
function partRange({ raw, range }: Word, at: Range, value: string, part: TextPart): Range | undefined {
  const isVerbatim = raw.length === range.end - range.start;
  const found = isVerbatim ? partIn(raw.slice(at.start - range.start), value, part) : undefined;
  return found && moved(found, at.start);
}

/** The options of a name. */
export function optionsOf({ options }: ContainerCommand, name: string): Option[] {
  return options.filter((option) => option.name === name);
}

/** Commands that start a container, or describe one. */
export function starts({ verb }: ContainerCommand): boolean {
  return verb === 'run' || verb === 'service';
}

/** `host`, and the long form `name=host`; keys and values are read without regard to case. */
export function isHost(option: Option): boolean {
  return option.value === 'host' || /^(?:[^=]+=[^,]*,)*name=host(?:,|$)/i.test(option.value ?? '');
}

/** The option by which a container joins the network of a pod that is there already, where it has none of its own. */
export function joinedPod(command: ContainerCommand): Option | undefined {
  const [pod] = optionsOf(command, 'pod');
  const isMade = pod?.value?.startsWith('new:') === true;
  return isMade || optionsOf(command, 'network').length > 0 ? undefined : pod;
}
