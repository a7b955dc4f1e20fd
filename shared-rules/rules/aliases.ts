import { type Aliases, CATALOGUE, type RuleId } from './catalogue.generated.ts';

/** Of a finding: its rule, and which of the rule's checks it is, where the rule has several. */
export interface Checked {
  readonly rule: RuleId;
  readonly check?: string | undefined;
}

/** What other tools and standards call just this finding. */
export function aliasesOf({ rule, check }: Checked): Aliases {
  const { aliases, checks } = CATALOGUE[rule];
  const own = check === undefined ? undefined : checks[check];
  return own ? joined(aliases, own) : aliases;
}

/** What other tools and standards call any of the findings of a rule. */
export function allAliasesOf(rule: RuleId): Aliases {
  const { aliases, checks } = CATALOGUE[rule];
  return Object.values(checks).reduce<Aliases>(joined, aliases);
}

function joined(some: Aliases, others: Partial<Aliases>): Aliases {
  const names = Object.keys(some) as (keyof Aliases)[];
  const both = names.map((name) => [name, [...new Set([...some[name], ...(others[name] ?? [])])]] as const);
  return Object.fromEntries(both) as unknown as Aliases;
}
