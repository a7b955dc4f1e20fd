/** What `import 'bulkhead'` gives: the rules without files, editors and processes around them. `docs/library.md` shows it. */
import {
  allAliasesOf,
  CATALOGUE,
  DEFAULT_SETTINGS,
  type Finding,
  type FixChoice,
  fixOf,
  fixText,
  type Linted,
  type LintSettings,
  lint as lintText,
  PROFILES,
  pathMatcher,
  preferredFix,
  provenFixes,
  type Range,
  type RuleId,
  readConfig,
  readKubernetesVersion,
  SEVERITIES,
  safeFix,
  withConfig,
} from '../../shared-rules/index.ts';
import type * as Api from './library-api.ts';
import { LineTable } from './line-table.ts';

export const rules: typeof Api.rules = (Object.keys(CATALOGUE) as RuleId[])
  .sort()
  .map((id) => ({ id, ...CATALOGUE[id], aliases: { ...allAliasesOf(id) } }));

export const lint: typeof Api.lint = (path, text, options = {}) => {
  const linted = read(path, text, options);
  const lines = new LineTable(text);
  return linted?.result.findings.map((finding) => toFinding(linted, finding, lines)) ?? [];
};

export const fix: typeof Api.fix = (path, text, options = {}) => {
  for (const rule of options.rules ?? []) assertKnown('rules', rule, Object.keys(CATALOGUE));
  const linted = read(path, text, options);
  return linted ? fixText(linted, choiceOf(options)) : { text, titles: [] };
};

/** @returns undefined for what the configuration ignores */
function read(path: string, text: string, options: Api.Options): Linted | undefined {
  const { settings, ignore } = settingsOf(options);
  if (pathMatcher(ignore)(path)) return undefined;
  return { path, settings, result: lintText(path, text, settings) };
}

function settingsOf(options: Api.Options): { settings: LintSettings; ignore: readonly string[] } {
  const { config: text = '', profile, severity = {}, kubernetesVersion, today } = options;
  const { config, problems } = readConfig(text, today);
  const error = problems.find((problem) => problem.severity === 'error');
  if (error) {
    const { line, character } = new LineTable(text).positionAt(error.range.start);
    throw new RangeError(`The configuration has an error at ${line + 1}:${character + 1}: ${error.message}`);
  }
  if (profile !== undefined) assertKnown('profile', profile, PROFILES);
  for (const [rule, value] of Object.entries(severity)) {
    assertKnown('severity', rule, Object.keys(CATALOGUE));
    assertKnown(`severity.${rule}`, value, [...SEVERITIES, 'off']);
  }
  const version = kubernetesVersion === undefined ? undefined : readKubernetesVersion(kubernetesVersion);
  if (kubernetesVersion !== undefined && version === undefined)
    throw new RangeError(`kubernetesVersion is "${kubernetesVersion}", but must be a version such as "1.31".`);
  const own = withConfig({ ...DEFAULT_SETTINGS, today }, config);
  const settings = {
    ...own,
    ...(profile && { profile }),
    ...(version && { kubernetesVersion: version }),
    severity: { ...own.severity, ...severity },
  };
  return { settings, ignore: config.ignore };
}

function assertKnown(name: string, value: string, known: readonly string[]): void {
  if (!known.includes(value)) throw new RangeError(`${name} has "${value}", but knows only ${known.join(', ')}.`);
}

function choiceOf({ unsafe, rules }: Api.FixOptions): FixChoice {
  if (unsafe) return rules ? fixOf(rules) : preferredFix;
  return (finding, fix) => (!rules || rules.includes(finding.rule)) && safeFix(finding, fix);
}

function toFinding(linted: Linted, finding: Finding, lines: LineTable): Api.Finding {
  const { rule, severity, message, path, subject } = finding;
  const position = (offset: number): Api.Position => {
    const { line, character } = lines.positionAt(offset);
    return { line: line + 1, column: character + 1, offset };
  };
  const range = ({ start, end }: Range) => ({ start: position(start), end: position(end) });
  let tried: readonly Api.Fix[] | undefined;
  return {
    rule,
    severity,
    message,
    range: range(finding.range),
    subject: { kind: subject.kind, name: subject.name, namespace: subject.namespace ?? null, path },
    related: finding.related.map(({ message, at }) => ({ message, range: range(at.range) })),
    get fixes() {
      tried ??= provenFixes(linted, finding).map(({ edits, ...fix }) => ({
        ...fix,
        edits: edits.map((edit) => ({ range: range(edit.range), newText: edit.newText })),
      }));
      return tried;
    },
  };
}
