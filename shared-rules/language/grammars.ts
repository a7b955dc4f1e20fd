import { type Dockerfile, DockerfileParser, type Instruction, Run } from 'dockerfile-ast';

export type { Instruction } from 'dockerfile-ast';
export { visit as visitJson } from 'jsonc-parser';
export { type Command, forEachChild, parse as parseShell, type SyntaxNode, type Word, type WordPart } from 'unbash';

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

export function isRun(instruction: Instruction): instruction is Run {
  return instruction instanceof Run;
}
