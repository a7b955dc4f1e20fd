import type { Node } from 'yaml';
import type { Value } from '../../language/yaml/value.ts';

/** Why Kustomize does not apply a patch. */
export interface Refused {
  /** A sentence without its end. */
  readonly refused: string;
  readonly at: Value;
}

export const TOO_LARGE = 'this and what was built before are too large together';

/** Ends the application of a patch. */
export class Refusal extends Error {
  /** Where it is, if it is somewhere in particular. */
  readonly node: Node | undefined;

  constructor(message: string, node?: Node) {
    super(message);
    this.node = node;
  }
}
