import { DerivedText, type Piece } from '../../language/derived-text.ts';
import { type Instruction, isRun, parseDockerfile } from '../../language/grammars.ts';
import {
  type CommandLine,
  type GivenVariables,
  plainWord,
  scriptIndex,
  type Word,
} from '../../language/shell/command-line.ts';
import { lineEnd, lineOffsets, nextLine, type Range } from '../../language/text.ts';
import { type ContainerCommand, readContainerCommand, readOptions, wordsOf } from '../commands/container-command.ts';
import { BUILD_FLAGS } from '../commands/flags.ts';
import { engineSubject } from '../workload.ts';
import { DockerfileVariables } from './dockerfile-variables.ts';

/** What a `RUN` instruction says about itself and what it runs. */
export interface RunInstruction {
  /** `RUN` and its flags, as words, and the command that it runs without a shell. */
  readonly lines: readonly CommandLine[];
  readonly commands: readonly ContainerCommand[];
  readonly scripts: readonly DerivedText[];
  /** What the instructions before it say of variables. */
  readonly given: GivenVariables;
}

/** A script that is a here-document without a command in front, and one that says it is for another program than a shell. */
const IS_DOCUMENT = /^\s*<</;
const OTHER_PROGRAM = /^#!(?!.*\b(?:sh|bash|dash|ash|zsh|ksh)\b)/;

/** The `RUN` instructions of a Dockerfile, also those that `ONBUILD` keeps for later. Facts: the Dockerfile reference. */
export function runInstructions(text: string): RunInstruction[] {
  const dockerfile = parseDockerfile(text);
  const offsets = lineOffsets(text);
  const rangeOf = ({ start, end }: ReturnType<Instruction['getRange']>): Range => ({
    start: (offsets[start.line] ?? text.length) + start.character,
    end: (offsets[end.line] ?? text.length) + end.character,
  });
  const variables = new DockerfileVariables();
  const before = new Map<Instruction, GivenVariables>();
  for (const instruction of dockerfile.getInstructions()) {
    before.set(instruction, variables.given);
    variables.read(instruction);
  }
  // What a build that is yet to come knows of variables, only that one does.
  const instructions = [...dockerfile.getInstructions(), ...dockerfile.getOnbuildTriggers()];
  return instructions.filter(isRun).map((run) => {
    const given = before.get(run) ?? (() => undefined);
    const flags = run.getFlags().map((flag) => rangeOf(flag.getRange()));
    const words = [rangeOf(run.getInstructionRange()), ...flags].map((range) =>
      plainWord(text.slice(range.start, range.end), range),
    );
    const line = { words, range: rangeOf(run.getRange()), isConditional: false, scriptStart: 0 };
    const end = words.at(-1)?.range.end ?? line.range.start;
    const own = { lines: [line], commands: [toCommand(line)], given };
    if (run.getOpeningBracket() !== null) {
      const words = run.getJSONStrings().map((string) => toWord(text, rangeOf(string.getRange())));
      return joined(own, readExecForm(words, line.range));
    }
    if (dockerfile.getEscapeCharacter() !== '\\') return { ...own, scripts: [] };
    const body = { start: end, end: line.range.end };
    const documents = run.getHeredocs().flatMap((heredoc) => heredoc.getContentRange() ?? []);
    const scripts = IS_DOCUMENT.test(text.slice(body.start, body.end))
      ? documents.map(rangeOf).filter((range) => !OTHER_PROGRAM.test(text.slice(range.start, range.end)))
      : [body];
    return { ...own, scripts: scripts.map((range) => new DerivedText(withoutComments(text, range))) };
  });
}

function toCommand(line: CommandLine): ContainerCommand {
  const { options } = readOptions(wordsOf(line), 1, BUILD_FLAGS, false);
  return {
    verb: 'build',
    isDocker: true,
    mayNotRun: false,
    scriptStart: 0,
    subject: engineSubject('build step', '', line.range),
    options: options.map((option) => ({ ...option, at: { ...option.at, path: `RUN ${option.at.path}` } })),
    image: undefined,
    args: [],
  };
}

function joined(
  own: Omit<RunInstruction, 'scripts'>,
  { lines, commands, scripts }: Omit<RunInstruction, 'given'>,
): RunInstruction {
  return { lines: [...own.lines, ...lines], commands: [...own.commands, ...commands], scripts, given: own.given };
}

/** The command that a JSON array of words is, and the script in it that a shell is given. */
function readExecForm(written: readonly Word[], range: Range): Omit<RunInstruction, 'given'> {
  const at = scriptIndex(written);
  const script = written[at];
  const pieces = script && script.raw === script.text ? [{ text: script.text, offset: script.range.start }] : [];
  // As in a shell, a string that is read as a script is compared as such.
  const words = written.map((word, index) => (index === at && pieces.length > 0 ? { ...word, raw: '' } : word));
  const line = { words, range, isConditional: false, scriptStart: range.start };
  // Commas and quotes go with words that are added or removed.
  const command = readContainerCommand(line, { ...wordsOf(line), remove: () => [], add: () => [] });
  return {
    lines: [line],
    commands: command ? [command] : [],
    scripts: pieces.map((piece) => new DerivedText([piece])),
  };
}

/** @param quoted the range of a JSON string with its quotes */
function toWord(text: string, quoted: Range): Word {
  const range = { start: quoted.start + 1, end: quoted.end - 1 };
  const raw = text.slice(range.start, range.end);
  return { ...plainWord(raw, range), text: unescaped(raw) };
}

function unescaped(raw: string): string {
  try {
    return String(JSON.parse(`"${raw}"`));
  } catch {
    return raw;
  }
}

/** Comment lines may stand between the lines of an instruction; the shell never sees them. */
function withoutComments(text: string, { start, end }: Range): Piece[] {
  const pieces: Piece[] = [];
  for (let at = start; at < end; at = nextLine(text, at)) {
    const line = { start: at, end: Math.min(end, nextLine(text, at)) };
    const isComment = at > start && /^[ \t]*#/.test(text.slice(at, lineEnd(text, at)));
    if (!isComment) pieces.push({ text: text.slice(line.start, line.end), offset: at });
  }
  return pieces;
}
