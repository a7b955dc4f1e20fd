/** An expression that is not one, in Go's words. */
export class ExpressionError extends Error {}

/** An expression that is right, but more than is read here. */
export class ExpressionLimit extends Error {}

/** Which characters a step takes: code points in ranges, or those that named classes have. */
export interface CharacterSet {
  readonly ranges: readonly (readonly [from: number, to: number])[];
  readonly classes: readonly { readonly set: RegExp; readonly isNegated: boolean }[];
  readonly isNegated: boolean;
  readonly ignoreCase: boolean;
}

export type Assertion = 'text-start' | 'text-end' | 'line-start' | 'line-end' | 'word' | 'no-word';

export type Node =
  | { readonly kind: 'set'; readonly set: CharacterSet }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'sequence'; readonly items: readonly Node[] }
  | { readonly kind: 'choice'; readonly items: readonly Node[] }
  | { readonly kind: 'group'; readonly index: number; readonly item: Node }
  | {
      readonly kind: 'repeat';
      readonly item: Node;
      readonly min: number;
      readonly max: number;
      readonly isLazy: boolean;
    };

export interface Syntax {
  readonly root: Node;
  /** The names of its groups by their numbers; the whole is number 0. */
  readonly groups: readonly string[];
}
