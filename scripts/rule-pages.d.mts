/** The page of a rule; what its other facts are, `scripts/rule-pages.mjs` says. */
export interface RulePage {
  readonly id: string;
  readonly family: string;
  readonly file: string;
  readonly anchor?: string;
  readonly line: number;
  readonly body: string;
  readonly title: string;
  readonly fixes: readonly { readonly title: string; readonly safety: string }[];
}

export function readRulePages(): readonly RulePage[];

export function toShippedPage(page: RulePage, pages: readonly RulePage[]): string;
