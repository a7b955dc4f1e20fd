import { Arg, type Dockerfile, DockerfileParser, Env, From, type Instruction, Run } from 'dockerfile-ast';
import { type ParsedScript, parse } from 'unbash';

export type { Instruction } from 'dockerfile-ast';
export { visit as visitJson } from 'jsonc-parser';
export { type Command, forEachChild, type SyntaxNode, type Word, type WordPart } from 'unbash';

/**
 * The grammars of what is not YAML: of shells, Dockerfiles and JSON. The program loads them when one is first used, so here
 * are functions and types alone, and nothing else imports these packages.
 */

/**
 * Reads a Dockerfile. A carriage return without a line feed ends no line; the parser would count one, so it is given a blank
 * in its place. Its lines are those of `lineOffsets`.
 */
export function parseDockerfile(text: string): Dockerfile {
  return DockerfileParser.parse(text.replaceAll(/\r(?!\n)/g, ' '));
}

/** What the parser takes for each here-document grows with their number; a shell allows 16 in a line. */
const MOST_HEREDOCS = 4000;

/** Whether a script is too long for its parser, whose time would grow faster than it. */
export function hasTooManyHeredocs(text: string): boolean {
  let count = 0;
  for (let at = text.indexOf('<<'); at >= 0 && count <= MOST_HEREDOCS; at = text.indexOf('<<', at + 2)) count++;
  return count > MOST_HEREDOCS;
}

/** A script with too many here-documents is read as an empty one. */
export function parseShell(text: string): ParsedScript {
  return parse(hasTooManyHeredocs(text) ? '' : text);
}

export function isRun(instruction: Instruction): instruction is Run {
  return instruction instanceof Run;
}

export function isFrom(instruction: Instruction): instruction is From {
  return instruction instanceof From;
}

export function isArg(instruction: Instruction): instruction is Arg {
  return instruction instanceof Arg;
}

export function isEnv(instruction: Instruction): instruction is Env {
  return instruction instanceof Env;
}
