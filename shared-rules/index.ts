/** The public surface of the rules: text goes in; findings with exact ranges, and edits that repair them, come out. */

export { mayBeOfChart, parentChart } from './assembly/helm/roots.ts';
export { SetValuesError, setKeys } from './assembly/helm/set-values.ts';
export { type Explanation, explain, type Suggestion, suggest } from './config/assist.ts';
export { CONFIG_NAME, type Config, withConfig } from './config/config.ts';
export { type EditorSettings, readEditorSettings } from './config/editor-settings.ts';
export { type Policy, readPolicy, underPolicy, withLimitedConfig } from './config/policy.ts';
export { type ReadConfig, readConfig } from './config/read.ts';
export type { ConfigProblem } from './config/read-shape.ts';
export { starterConfig } from './config/starter.ts';
export { type Weakening, weakeningOf } from './config/weakening.ts';
export { type AiWorkload, aiWorkloadAt, aiWorkloads } from './engine/ai-workloads.ts';
export { type Audit, type AuditedWorkload, audit } from './engine/audit.ts';
export {
  chooseFixes,
  type FixChoice,
  type FixedText,
  fixAll,
  fixOf,
  fixText,
  preferredFix,
  safeFix,
} from './engine/bulk.ts';
export {
  type DeployedBy,
  type DeployedDocument,
  type DeployedText,
  type DeployedTexts,
  deployedBy,
  deployedTexts,
} from './engine/deployed-text.ts';
export { FileLint } from './engine/file-lint.ts';
export { type AcceptedBy, type AcceptedFinding, type Failure, type Finding, findingInFile } from './engine/finding.ts';
export { fingerprintTexts } from './engine/fingerprint.ts';
export { lint, lintPackedChart } from './engine/lint.ts';
export { findingsAt, type LintedPart, type LintResult, partAt } from './engine/lint-result.ts';
export { ACTIONS_BUDGET, ProofBudget, REPORT_BUDGET } from './engine/proof-budget.ts';
export { type Linted, type ProvenFix, provenFixes, type Trial, tryFixes } from './engine/prove-fixes.ts';
export { DEFAULT_SETTINGS, type LintPolicy, type LintSettings, type ListedHostUser } from './engine/settings.ts';
export { acceptFinding } from './engine/suppressions/accept.ts';
export { objectionTo } from './engine/suppressions/acceptance.ts';
export { type KnownValue, type ValueHint, valueHints } from './engine/value-hints.ts';
export { type ValueUses, valueUsesAt } from './engine/value-uses.ts';
export { type Fact, factInFile, type SourcedFact } from './facts/fact.ts';
export { type AskedTopics, chartsAsked, type FactQueries, NO_FACTS, sourcesAsked } from './facts/fact-queries.ts';
export { type FactSnapshot, queriesOfSnapshot, takeSnapshot } from './facts/fact-snapshot.ts';
export type { PackedChart } from './facts/packed-chart-facts.ts';
export { WorkspaceFacts } from './facts/workspace-facts.ts';
export { globMatcher } from './language/glob.ts';
export { nearestName } from './language/nearest-name.ts';
export { folderOf, slashedPath } from './language/paths.ts';
export { type Place, rangeInFile } from './language/place.ts';
export { remembered } from './language/remembered.ts';
export { lastAtOrBefore } from './language/search.ts';
export { applyEdits, contains, editBetween, type Range, type TextEdit } from './language/text.ts';
export { differenceOf, divide, TextDivision } from './language/yaml/division.ts';
export { AI_SCORE, describeSignals } from './model/ai/classify.ts';
export { isComposeName } from './model/compose/compose.ts';
export { isEnvironmentFile, mayBeRead } from './model/files/file-kinds.ts';
export { readKubernetesVersion } from './model/kubernetes/version.ts';
export { PathPatterns, pathMatcher } from './model/patterns.ts';
export { listed } from './model/wording.ts';
export type { Subject } from './model/workload.ts';
export { aliasesOf, allAliasesOf } from './rules/aliases.ts';
export type { Related, Safety } from './rules/api.ts';
export { type Aliases, CATALOGUE, type CatalogueEntry, type RuleId } from './rules/catalogue.generated.ts';
export type { Severity } from './rules/severity.ts';
export { PROFILES, type Profile, SEVERITIES } from './rules/severity.ts';
