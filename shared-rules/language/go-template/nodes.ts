import type { Range } from '../text.ts';
import type { Numeral } from './literals.ts';

/** The syntax of a template; ranges count in its text. */
export type Node = TextNode | ActionNode | ConditionNode | RangeNode | TemplateNode | JumpNode;

export interface TextNode {
  readonly kind: 'text';
  readonly range: Range;
}

export interface ActionNode {
  readonly kind: 'action';
  /** From `{{` to `}}`; the same for others: that of the first tag. */
  readonly range: Range;
  readonly pipeline: Pipeline;
}

export interface ConditionNode {
  readonly kind: 'if' | 'with';
  readonly range: Range;
  readonly pipeline: Pipeline;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
}

export interface RangeNode {
  readonly kind: 'range';
  readonly range: Range;
  readonly pipeline: Pipeline;
  readonly body: readonly Node[];
  readonly otherwise: readonly Node[];
}

/** A `template` or a `block`, whose definition is apart. */
export interface TemplateNode {
  readonly kind: 'template';
  readonly range: Range;
  readonly name: string;
  readonly pipeline: Pipeline | undefined;
}

export interface JumpNode {
  readonly kind: 'break' | 'continue';
  readonly range: Range;
}

export interface Pipeline {
  readonly kind: 'pipeline';
  readonly range: Range;
  /** The variables that are set to its value, such as `$x`. */
  readonly variables: readonly string[];
  /** Whether it sets variables that there are (`=`), not new ones. */
  readonly isAssignment: boolean;
  readonly commands: readonly Command[];
}

export interface Command {
  readonly range: Range;
  /** What is called or evaluated, and its arguments. */
  readonly words: readonly [Operand, ...Operand[]];
}

export type Operand =
  | Pipeline
  | { readonly kind: 'field'; readonly range: Range; readonly names: readonly string[] }
  | { readonly kind: 'variable'; readonly range: Range; readonly name: string; readonly names: readonly string[] }
  | { readonly kind: 'chain'; readonly range: Range; readonly of: Operand; readonly names: readonly string[] }
  | { readonly kind: 'identifier'; readonly range: Range; readonly name: string }
  | { readonly kind: 'dot'; readonly range: Range }
  | { readonly kind: 'nil'; readonly range: Range }
  | { readonly kind: 'bool'; readonly range: Range; readonly value: boolean }
  | { readonly kind: 'number'; readonly range: Range; readonly numeral: Numeral }
  /** `isVerbatim`: whether its text is what is written between its quotes. */
  | { readonly kind: 'string'; readonly range: Range; readonly text: string; readonly isVerbatim: boolean };

/** A template that a text defines, or the text itself. */
export interface Definition {
  readonly name: string;
  readonly nodes: readonly Node[];
  /** Whether there is nothing in it but white space, so that it replaces no other of its name. */
  readonly isEmpty: boolean;
}
