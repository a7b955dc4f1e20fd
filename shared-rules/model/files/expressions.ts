/** Expressions of GitHub Actions, Gitea and Forgejo. Facts: GitHub's "Evaluate expressions in workflows and actions". */

/** What an expression gives where its first value is empty, as `host` in `${{ inputs.network || 'host' }}`. */
const WITH_DEFAULT = /^\$\{\{\s*[\w.-]+\s*\|\|\s*'([^']*)'\s*\}\}$/;

/** The default in an expression, if it is one value or a text. */
export function defaultOf(expression: string): string | undefined {
  return WITH_DEFAULT.exec(expression)?.[1];
}
