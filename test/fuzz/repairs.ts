/** What must be true of fixes, as far as another YAML parser and a fresh lint can tell. */
import {
  applyEdits,
  CATALOGUE,
  type Finding,
  fixText,
  type Linted,
  type LintResult,
  lint,
  PROFILES,
  type ProvenFix,
  partAt,
  preferredFix,
  SEVERITIES,
  tryFixes,
} from '../../shared-rules/index.ts';
import { isYamlChange } from '../../shared-rules/language/change.ts';
import { readTemplate } from '../../shared-rules/language/template/template.ts';
import { scriptKind } from '../../shared-rules/model/files/file-kinds.ts';
import { compare, parses } from '../corpus/other-parser.ts';
import { type Fault, type Files, lintAll, settings } from './files.ts';

/** How many fixes held and were applied, of how many the other parser compared the result, and repairs of everything. */
export const counts = { fixes: 0, compared: 0, bulk: 0 };

/** What `each` finding means: more are too many for one text. */
const MOST_FINDINGS = 40;

/** Tries the fixes of a finding in one of some files, by its number, or of each. */
export function faultOfFixes(linted: Linted, files: Files, which: number | 'each'): Fault | undefined {
  const { findings } = linted.result;
  const chosen =
    which === 'each' ? findings.slice(0, MOST_FINDINGS) : findings.slice(which % findings.length).slice(0, 1);
  for (const finding of chosen) {
    for (const [index, trial] of tryFixes(linted, finding).entries()) {
      if ('refused' in trial) continue;
      const fault = faultOfFix({ linted, files, finding, fix: trial.proven, index });
      if (fault)
        return {
          kind: `${finding.rule}: ${fault}`,
          detail: `${trial.proven.title}\n${JSON.stringify(trial.proven.edits)}`,
        };
    }
  }
  return undefined;
}

/** A fix of a finding, by its number among them. */
interface Tried {
  readonly linted: Linted;
  readonly files: Files;
  readonly finding: Finding;
  readonly fix: ProvenFix;
  readonly index: number;
}

function faultOfFix({ linted, files, finding, fix, index }: Tried): string | undefined {
  const { result, path } = linted;
  const { text } = result;
  if (!areApart(fix, text.length)) return 'edits overlap';
  const after = applyEdits(text, fix.edits);
  const changes = finding.fixes()[index]!.changes.filter(isYamlChange);
  const isAsIntended = isYaml(path, text)
    ? compare(text, after, changes, partAt(result, finding.range.start).start)
    : undefined;
  counts.fixes++;
  if (isAsIntended !== undefined) counts.compared++;
  if (isAsIntended === false) return 'damaged';
  const left = lintAll({ ...files, [path]: after });
  if ([...left.values()].some(({ result: { failures } }) => failures.length > 0)) return 'crashed afterwards';
  const now = left.get(path)!.result;
  if (now.problems.length > result.problems.length) return 'new syntax error';
  const isSame = ({ rule, subject }: Finding) => rule === finding.rule && subject.name === finding.subject.name;
  const hasToGo = fix.placeholder === undefined;
  if (hasToGo && now.findings.filter(isSame).length >= result.findings.filter(isSame).length) return 'not gone';
  const more = countAsSevere(now, finding) - countAsSevere(result, finding);
  return more > (hasToGo ? -1 : 0) ? 'as severe a finding is new' : undefined;
}

/**
 * How many findings there are that a fix may not bring: what only stricter profiles report it may. What is left out since an
 * owner in the file has the same counts, so that a repair of the owner brings nothing new.
 */
function countAsSevere({ parts }: LintResult, finding: Finding): number {
  const strictness = ({ rule }: Finding) => PROFILES.indexOf(CATALOGUE[rule].profile);
  const weight = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  const isAsSevere = (other: Finding) => weight(other) <= weight(finding) && strictness(other) <= strictness(finding);
  return parts.flatMap(({ found }) => found).filter(isAsSevere).length;
}

function areApart({ edits }: ProvenFix, length: number): boolean {
  const ranges = edits.map(({ range }) => range).toSorted((a, b) => a.start - b.start || a.end - b.end);
  return ranges.every(
    ({ start, end }, index) => start <= end && end <= length && start >= (ranges[index - 1]?.end ?? 0),
  );
}

/** Whether another YAML parser may have a say about the file. */
function isYaml(path: string, text: string): boolean {
  const kind = scriptKind(path, text);
  return kind === undefined || kind === 'workflow' || kind === 'gitlab';
}

/** A repair of everything comes to an end, after which nothing is left to repair, and what could be read still can. */
export function faultOfBulk(linted: Linted): Fault | undefined {
  counts.bulk++;
  const { path, result } = linted;
  const once = fixText(linted, preferredFix);
  const left: LintResult = lint(path, once.text, settings, linted.queries);
  const twice = fixText({ ...linted, result: left }, preferredFix);
  const fault = (kind: string) => ({ kind, detail: [...once.titles, 'then', ...twice.titles].join('\n') });
  if (twice.text !== once.text) return fault('bulk: a second repair changes more');
  if (left.problems.length > result.problems.length) return fault('bulk: new syntax error');
  const isPlain = isYaml(path, result.text) && readTemplate(result.text) === undefined;
  return isPlain && parses(result.text) && !parses(once.text) ? fault('bulk: damaged') : undefined;
}
