import { DerivedText, type Piece } from '../../language/derived-text.ts';
import { type Instruction, isRun, parseDockerfile } from '../../language/grammars.ts';
import { type CommandLine, plainWord } from '../../language/shell/command-line.ts';
import { lineEnd, lineOffsets, nextLine, type Range } from '../../language/text.ts';
import { type ContainerCommand, readOptions, wordsOf } from '../commands/container-command.ts';
import { BUILD_FLAGS } from '../commands/flags.ts';
import { engineSubject } from '../workload.ts';

/** What a `RUN` instruction says about itself and what it runs. */
export interface RunInstruction {
  /** `RUN` and its flags, as words. */
  readonly line: CommandLine;
  readonly command: ContainerCommand;
  readonly scripts: readonly DerivedText[];
}

/** The `RUN` instructions of a Dockerfile, also those that `ONBUILD` keeps for later. Facts: the Dockerfile reference. */
export function runInstructions(text: string): RunInstruction[] {
  const dockerfile = parseDockerfile(text);
  const offsets = lineOffsets(text);
  const rangeOf = ({ start, end }: ReturnType<Instruction['getRange']>): Range => ({
    start: (offsets[start.line] ?? text.length) + start.character,
    end: (offsets[end.line] ?? text.length) + end.character,
  });
  const instructions = [...dockerfile.getInstructions(), ...dockerfile.getOnbuildTriggers()];
  return instructions.filter(isRun).map((run) => {
    const flags = run.getFlags().map((flag) => rangeOf(flag.getRange()));
    const words = [rangeOf(run.getInstructionRange()), ...flags].map((range) =>
      plainWord(text.slice(range.start, range.end), range),
    );
    const line = { words, range: rangeOf(run.getRange()), isConditional: false, scriptStart: 0 };
    const end = words.at(-1)?.range.end ?? line.range.start;
    const heredocs = run.getHeredocs().flatMap((heredoc) => heredoc.getContentRange() ?? []);
    const body = heredocs.length > 0 ? heredocs.map(rangeOf) : [{ start: end, end: line.range.end }];
    const isShell = dockerfile.getEscapeCharacter() === '\\' && run.getOpeningBracket() === null;
    return {
      line,
      command: toCommand(line),
      scripts: isShell ? body.map((range) => new DerivedText(withoutComments(text, range))) : [],
    };
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
