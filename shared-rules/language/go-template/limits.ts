import { TemplateError } from './template-error.ts';

/** How much work the templates of a chart may be: about the nodes and calls that are evaluated, and the text they make. */
export const MAX_STEPS = 1_000_000;

/** Characters that cost as much as a step. */
const CHARACTERS_PER_STEP = 64;

/** Counts the work of rendering, so that every chart ends. */
export class Limits {
  readonly #steps: number;
  #left: number;

  constructor(steps = MAX_STEPS) {
    this.#steps = steps;
    this.#left = steps;
  }

  /** How much work it was so far. */
  get spent(): number {
    return this.#steps - this.#left;
  }

  /** @throws TemplateError when there is too much work */
  spend(steps: number): void {
    this.#left -= steps;
    if (this.#left < 0) throw new TemplateError('rendering takes too many steps');
  }

  /** Counts a text that is made or read. */
  spendOnText(length: number): void {
    this.spend(length / CHARACTERS_PER_STEP);
  }
}
