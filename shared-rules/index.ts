/** The public surface of the rules: text goes in; findings with exact ranges, and edits that repair them, come out. */
export { type Explanation, explain, type Suggestion, suggest } from './config/assist.ts';
export { CONFIG_NAME, type Config, withConfig } from './config/config.ts';
export { type ReadConfig, readConfig } from './config/read.ts';
export type { ConfigProblem } from './config/read-shape.ts';
export { starterConfig } from './config/starter.ts';
export { acceptFinding } from './engine/accept.ts';
export { type AiWorkload, aiWorkloadAt, aiWorkloads } from './engine/ai-workloads.ts';
export { type Answers, answersTo, neighboursOf } from './engine/answers.ts';
export { type Audit, type AuditedWorkload, audit } from './engine/audit.ts';
export {
  type Choice,
  chooseFixes,
  type FixedText,
  fixAll,
  fixOf,
  fixText,
  preferredFix,
  safeFix,
} from './engine/bulk.ts';
export { isExpired } from './engine/exceptions.ts';
export { FileLint } from './engine/file-lint.ts';
export { type AcceptedFinding, type Failure, type Finding, findingInFile } from './engine/finding.ts';
export { fingerprintTexts } from './engine/fingerprint.ts';
export { type Linted, type ProvenFix, provenFixes, type Trial, tryFixes } from './engine/fixes.ts';
export { lint } from './engine/lint.ts';
export { findingsAt, type LintedPart, type LintResult, partAt } from './engine/lint-result.ts';
export { nearestName } from './engine/nearest-name.ts';
export { type Asked, type Neighbours, NO_NEIGHBOURS } from './engine/neighbours.ts';
export type { Related, Safety, Severity, Subject } from './engine/rule.ts';
export {
  DEFAULT_SETTINGS,
  type LintSettings,
  type ListedHostUser,
  PROFILES,
  type Profile,
  readKubernetesVersion,
  SEVERITIES,
} from './engine/settings.ts';
export { differenceOf, divide, TextDivision } from './engine/text-division.ts';
export { Workspace } from './engine/workspace.ts';
export { type Aliases, FACTS, type Facts, type RuleId } from './rules/facts.generated.ts';
export { AI_SCORE, describeSignals } from './source/ai/classify.ts';
export { type Fact, factInFile } from './source/facts.ts';
export { pathMatcher } from './source/patterns.ts';
export { mayBeRead } from './source/scripts/file-kinds.ts';
export { applyEdits, contains, editBetween, type Range, type TextEdit } from './source/text.ts';
export { rangeInFile } from './source/value.ts';
