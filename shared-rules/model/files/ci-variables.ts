import type { GivenVariables } from '../../language/shell/command-line.ts';
import type { KnownText } from '../../language/shell/word-text.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import type { Value } from '../../language/yaml/value.ts';
import { defaultOf, EXPRESSION } from './expressions.ts';

/** References of GitLab's own, to variables that are set elsewhere. */
const REFERENCE = /\$(?:\{\w*\}?|\w+)?/g;

/**
 * The variables of a step of GitHub Actions: its own `env` before its job's, and that before the workflow's. A step before it
 * may set others than those of the last two, by the file that `GITHUB_ENV` names.
 * Facts: GitHub's "Store information in variables" and "Workflow commands".
 */
export function stepVariables(step: Value, job: Value | undefined, workflow: Value): GivenVariables {
  const earlier = job?.get('steps')?.items() ?? [];
  const mayBeSet = earlier.some(
    (one) => one.range.start < step.range.start && one.get('run')?.text?.includes('GITHUB_ENV'),
  );
  return (name) => {
    const own = step.at('env', name);
    if (own) return expressionText(own);
    const outer = job?.at('env', name) ?? workflow.at('env', name);
    const known = outer && expressionText(outer);
    return known && mayBeSet ? { ...known, fromDefault: true } : known;
  };
}

function expressionText(value: Value): KnownText | undefined {
  let fromDefault = false;
  const text = value.rawText?.replaceAll(EXPRESSION, (expression) => {
    const known = defaultOf(expression);
    fromDefault ||= known !== undefined;
    return known ?? UNKNOWN_CHARACTER;
  });
  return text === undefined ? undefined : { text, fromDefault };
}

/**
 * The variables of a job of GitLab: its own before those of the file. Whoever starts a pipeline may set others.
 * Facts: GitLab's CI/CD YAML syntax reference, "variables"; "CI/CD variable precedence".
 */
export function jobVariables(job: Value, file: Value): GivenVariables {
  return (name) => {
    const value = job.at('variables', name) ?? file.at('variables', name);
    const text = (value?.isMapping ? value.get('value') : value)?.rawText;
    return text === undefined ? undefined : { text: text.replaceAll(REFERENCE, UNKNOWN_CHARACTER), fromDefault: true };
  };
}
