import type { DerivedText } from '../../language/derived-text.ts';

/** Expressions of GitHub Actions, Gitea and Forgejo. Facts: GitHub's "Evaluate expressions in workflows and actions". */

export const EXPRESSION = /\$\{\{[^{}\n]*\}\}/g;
/** What an expression gives where its first value is empty, as `host` in `${{ inputs.network || 'host' }}`. */
const WITH_DEFAULT = /^\$\{\{\s*[\w.-]+\s*\|\|\s*'([^']*)'\s*\}\}$/;

/** The default in an expression, if it is one value or a text. */
export function defaultOf(expression: string): string | undefined {
  return WITH_DEFAULT.exec(expression)?.[1];
}

/** A script with the defaults of its expressions in their place. */
export function withDefaults(script: DerivedText): DerivedText {
  return script.replacing(EXPRESSION, (expression) => {
    const text = defaultOf(expression);
    return text === undefined ? undefined : { text, fromDefault: true };
  });
}
