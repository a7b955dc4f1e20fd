import { type Aliases, FACTS, type RuleId } from '../rules/facts.generated.ts';

/**
 * How other tools are told to leave something alone, for the findings that they have in common with Bulkhead. Facts:
 * the documentation of KICS, Datadog IaC, Checkov, kube-linter and Polaris on suppressions.
 */
export interface ForeignComment {
  readonly rules: readonly RuleId[];
  /** What it covers: the whole file, the line it stands on and the next, or the block below it. */
  readonly reach: 'file' | 'line' | 'block';
}

const RULES = Object.keys(FACTS) as RuleId[];

function rulesOf(tool: keyof Aliases, ids: readonly string[] | 'all'): RuleId[] {
  return RULES.filter((rule) => {
    const own = FACTS[rule].aliases[tool];
    return ids === 'all' ? own.length > 0 : own.some((id) => ids.includes(id));
  });
}

const COMMENT_TOOLS: readonly (readonly [string, keyof Aliases])[] = [
  ['kics-scan', 'kics'],
  ['dd-iac-scan', 'datadog'],
];

/**
 * Reads `# kics-scan …` and `# dd-iac-scan …`.
 * @param comment with its `#`
 */
export function foreignComment(comment: string): ForeignComment | undefined {
  for (const [word, tool] of COMMENT_TOOLS) {
    const match = new RegExp(`^#+\\s*${word}\\s+(ignore-line|ignore-block|ignore|disable=(\\S+))\\s*$`).exec(comment);
    if (!match) continue;
    const [, command, ids] = match;
    if (command === 'ignore-line') return { rules: rulesOf(tool, 'all'), reach: 'line' };
    if (command === 'ignore-block') return { rules: rulesOf(tool, 'all'), reach: 'block' };
    return { rules: rulesOf(tool, ids?.split(',') ?? 'all'), reach: 'file' };
  }
  return undefined;
}

/** The rules that an annotation or label of an object switches off for it, Bulkhead's own form among them. */
export function annotationRules(name: string, value: string): RuleId[] {
  const own = /^bulkhead\.dev\/ignore\.(.+)$/.exec(name);
  if (own) return RULES.filter((rule) => rule === own[1]);
  if (/^checkov\.io\/skip\d*$/.test(name)) return rulesOf('checkov', [value.split('=')[0]?.trim() ?? '']);
  if (name === 'kube-linter.io/ignore-all') return rulesOf('kubeLinter', 'all');
  const check = /^ignore-check\.kube-linter\.io\/(.+)$/.exec(name);
  if (check) return rulesOf('kubeLinter', [check[1] as string]);
  const polaris = /^polaris\.fairwinds\.com\/(?:(.+)-)?exempt$/.exec(name);
  return polaris && value === 'true' ? rulesOf('polaris', polaris[1] ? [polaris[1]] : 'all') : [];
}
