import type { Fact, LintResult } from '../../../shared-rules/index.ts';

/**
 * What files that are put together with open ones take for their texts: while one has a syntax error, because somebody types,
 * what it said before.
 */
export class ReadableSources {
  /** By document, the facts with its text when it could be read last. */
  readonly #last = new Map<string, readonly Fact[]>();

  /** The facts of an open document that others may ask for. */
  factsOf(uri: string, { facts, problems }: Pick<LintResult, 'facts' | 'problems'>): readonly Fact[] {
    const texts = facts.filter(({ is }) => is === 'source');
    if (texts.length === 0) return facts;
    const before = this.#last.get(uri);
    if (!before || problems.every(({ isLimit }) => isLimit)) {
      this.#last.set(uri, texts);
      return facts;
    }
    const stale = before.map((fact) => (fact.is === 'source' ? { ...fact, isStale: true } : fact));
    return [...facts.filter(({ is }) => is !== 'source'), ...stale];
  }

  /** A document was closed. */
  forget(uri: string): void {
    this.#last.delete(uri);
  }
}
