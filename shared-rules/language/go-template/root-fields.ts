import type { Range } from '../text.ts';
import { SyntaxProblem } from './lexer.ts';
import type { Node, Operand, Pipeline } from './nodes.ts';
import { parseTemplate } from './parser.ts';

/** A chain of fields that begins at what a template was given, such as `.Values.image.tag`. */
export interface RootField {
  readonly names: readonly string[];
  readonly range: Range;
}

/**
 * The chains of fields in a text that begin at what its templates were given: with `$`, and with `.` where no `with` or
 * `range` makes it something else. None for a text with a syntax error.
 */
export function rootFields(text: string): RootField[] {
  const finder = new Finder();
  try {
    for (const { nodes } of parseTemplate('', text, () => true)) finder.nodes(nodes, true);
  } catch (error) {
    if (!(error instanceof SyntaxProblem)) throw error;
    return [];
  }
  return finder.found;
}

class Finder {
  readonly found: RootField[] = [];

  /** @param isRoot whether `.` is what the template was given */
  nodes(nodes: readonly Node[], isRoot: boolean): void {
    for (const node of nodes) {
      if (!('pipeline' in node)) continue;
      if (node.pipeline) this.#pipeline(node.pipeline, isRoot);
      if (!('body' in node)) continue;
      this.nodes(node.body, isRoot && node.kind === 'if');
      this.nodes(node.otherwise, isRoot);
    }
  }

  #pipeline({ commands }: Pipeline, isRoot: boolean): void {
    for (const { words } of commands) for (const word of words) this.#operand(word, isRoot);
  }

  #operand(operand: Operand, isRoot: boolean): void {
    if (operand.kind === 'pipeline') this.#pipeline(operand, isRoot);
    if (operand.kind === 'chain') this.#operand(operand.of, isRoot);
    const isRooted = operand.kind === 'field' ? isRoot : operand.kind === 'variable' && operand.name === '$';
    if (isRooted && 'names' in operand && operand.names.length > 0)
      this.found.push({ names: operand.names, range: operand.range });
  }
}
