import type {
  ArtifactLocation,
  Fix,
  Invocation,
  Location,
  Message,
  Notification,
  PhysicalLocation,
  Region,
  ReportingDescriptor,
  Result,
  Suppression,
} from 'sarif';
import { CATALOGUE, type Range, type RuleId, type Severity } from '../../shared-rules/index.ts';
import { type JsonText, json, jsonOpen, jsonText } from '../sinks/json.ts';
import { withoutLinks } from '../sinks/links.ts';
import { fileUri } from '../sinks/uri.ts';
import { baselineSentence, weakeningSentences } from './configuration.ts';
import type { AcceptedFindingData, FindingData, FixData } from './finding-data.ts';
import { lineAndColumnAt, type Positions, type PositionsByFile } from './positions.ts';
import { type CheckedFile, type FileReport, type ProgramInfo, type Report, uriFrom } from './report.ts';
import { mainPart } from './rule-pages.ts';

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const ROOT = '%SRCROOT%';

const LEVELS: Readonly<Record<Severity, Result.level>> = { high: 'error', medium: 'warning', low: 'note' };
/** Within GitHub's ranges for high (7.0 to 8.9), medium (4.0 to 6.9) and low (0.1 to 3.9). */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = { high: '8.0', medium: '5.5', low: '3.0' };

/** Findings as SARIF 2.1.0, accepted ones as suppressed results. A result a piece: logs grow large. */
export function* renderSarif(report: Report): Generator<JsonText> {
  const rules = rulesIn(report);
  const { version } = report.program;
  const driver = {
    name: 'Bulkhead',
    ...(version !== undefined && { version, semanticVersion: version }),
    rules: rules.map((rule) => describeRule(rule, report.program)),
  };
  const run = {
    tool: { driver },
    invocations: [invocationOf(report, rules)],
    originalUriBaseIds: { [ROOT]: { uri: `${fileUri(report.root).replace(/\/$/, '')}/` } },
    columnKind: 'utf16CodeUnits',
    newlineSequences: ['\r\n', '\n', '\r'],
  };
  yield json`{"$schema":${jsonText(SCHEMA)},"version":"2.1.0","runs":[${jsonOpen(run)},"results":[`;
  let isFirst = true;
  for (const result of resultsIn(report, rules)) {
    yield json`${isFirst ? json`` : json`,`}\n${jsonText(result)}`;
    isFirst = false;
  }
  yield json`\n]}]}\n`;
}

function rulesIn({ files, configuration }: Report): RuleId[] {
  const found = files.flatMap(({ findings, accepted }) => [...findings, ...accepted.map(({ finding }) => finding)]);
  const overridden = overridesOf(configuration).map(([rule]) => rule);
  return [...new Set([...found.map(({ rule }) => rule), ...overridden])].sort();
}

/** The rules that a configuration switches off, or lowers to a severity. */
function overridesOf(configuration: Report['configuration']): [RuleId, Severity | 'off'][] {
  const { off = [], lowered = [] } = configuration?.weakening ?? {};
  return [
    ...off.map((rule): [RuleId, 'off'] => [rule, 'off']),
    ...lowered.map(({ rule, to }): [RuleId, Severity] => [rule, to]),
  ];
}

/** The run, with what the configuration makes it report less of. */
function invocationOf(report: Report, rules: readonly RuleId[]): Invocation {
  const { configuration, root, isComplete } = report;
  const overrides = overridesOf(configuration).map(([rule, to]) => ({
    descriptor: { id: rule, index: rules.indexOf(rule) },
    configuration: to === 'off' ? { enabled: false } : { level: LEVELS[to] },
  }));
  const place = (region: Region | undefined): Location[] => {
    const file = configuration && artifactAt(configuration.file, root);
    return file ? [{ physicalLocation: { artifactLocation: file, ...(region && { region }) } }] : [];
  };
  const notifications: Notification[] = [
    ...(configuration?.refusals ?? []).map(({ message, line, column }) => ({
      level: 'warning' as const,
      message: messageOf(message),
      locations: place({ startLine: line, startColumn: column }),
    })),
    ...[...weakeningSentences(report), ...baselineSentence(report)].map((sentence) => ({
      level: 'note' as const,
      message: messageOf(sentence),
      locations: place(undefined),
    })),
  ];
  const missing = report.missing.map(({ file, line, column, message }): Notification => {
    const physicalLocation = {
      artifactLocation: artifactAt(file, root),
      region: { startLine: line, startColumn: column },
    };
    return { level: 'note', message: messageOf(message), locations: [{ physicalLocation }] };
  });
  return {
    executionSuccessful: isComplete,
    ...(missing.length > 0 && { toolExecutionNotifications: missing }),
    ...(overrides.length > 0 && { ruleConfigurationOverrides: overrides }),
    ...(notifications.length > 0 && { toolConfigurationNotifications: notifications }),
  };
}

function describeRule(id: RuleId, { pages }: ProgramInfo): ReportingDescriptor {
  const { title, severity, category, isSecurity, aliases } = CATALOGUE[id];
  const cwe = aliases.cwe.map((name) => `external/cwe/${name.toLowerCase()}`);
  // Links among pages lead nowhere from here.
  const page = pages && mainPart(pages, id).replaceAll(/\[([^\]]*)\]\([\w-]+\.md\)/g, '$1');
  return {
    id,
    name: id.replaceAll(/(?:^|-)(\w)/g, (_, letter: string) => letter.toUpperCase()),
    shortDescription: { text: `${title}.` },
    fullDescription: { text: `${title}.` },
    ...(page && { help: { text: page, markdown: page } }),
    defaultConfiguration: { level: LEVELS[severity] },
    properties: {
      tags: [...(isSecurity ? ['security'] : []), category, ...cwe],
      precision: 'high',
      ...(isSecurity && { 'security-severity': SECURITY_SEVERITY[severity] }),
    },
  };
}

/** The results of a report; its findings and what was accepted of a file stand together. */
function* resultsIn({ files, lines, root, fixes }: Report, rules: readonly RuleId[]): Generator<Result> {
  for (const file of files) {
    const { checked, findings, accepted } = file;
    const toResult = (finding: FindingData) => resultOf(file, finding, { lines, root, rules });
    for (const finding of findings) {
      const proven = fixes.get(finding);
      const shown = proven?.fixes.map((fix) => toFix(fix, artifactAt(checked.name, root), proven.places)) ?? [];
      yield { ...toResult(finding), ...(shown.length > 0 && { fixes: shown }) };
    }
    for (const one of accepted) yield { ...toResult(one.finding), suppressions: [suppressionOf(one)] };
  }
}

interface ResultContext {
  readonly lines: PositionsByFile;
  readonly root: string;
  readonly rules: readonly RuleId[];
}

function resultOf({ checked }: FileReport, finding: FindingData, { lines, root, rules }: ResultContext): Result {
  const { rule, severity, message, range, path, subject, related } = finding;
  const subjectName = [subject.namespace, subject.kind, subject.name].filter(Boolean).join('/');
  const fullyQualifiedName = [subjectName, path].filter(Boolean).join(' ');
  const location: Location = {
    physicalLocation: physicalLocation(checked, range, root),
    ...(fullyQualifiedName && { logicalLocations: [{ fullyQualifiedName, kind: 'property' }] }),
  };
  const relatedLocations = related.map((one, id): Location => {
    const other = one.file === undefined ? undefined : lines.get(one.file);
    const physical =
      one.file !== undefined && other
        ? { artifactLocation: artifactAt(one.file, root), region: regionOf(other, one.at.range) }
        : physicalLocation(checked, one.at.range, root);
    return { id: id + 1, message: messageOf(one.message), physicalLocation: physical };
  });
  return {
    ruleId: rule,
    ruleIndex: rules.indexOf(rule),
    level: LEVELS[severity],
    message: messageOf(message),
    locations: [location],
    ...(relatedLocations.length > 0 && { relatedLocations }),
    partialFingerprints: { 'bulkhead/v1': finding.fingerprint as string },
  };
}

/** A message of SARIF, in which `[x](y)` is a link. */
function messageOf(text: string): Message {
  return { text: withoutLinks(text) };
}

function suppressionOf({ by, reason, owner }: AcceptedFindingData): Suppression {
  return {
    kind: by === 'configuration' ? 'external' : 'inSource',
    status: 'accepted',
    ...(reason && { justification: reason }),
    ...(owner && { properties: { owner } }),
  };
}

function toFix({ title, safety, edits }: FixData, artifactLocation: ArtifactLocation, places: Positions): Fix {
  const replacements = edits.map(({ range, newText }) => ({
    deletedRegion: regionOf(places, range),
    insertedContent: { text: newText },
  }));
  return {
    description: messageOf(title),
    artifactChanges: [{ artifactLocation, replacements }],
    properties: { safety },
  };
}

function physicalLocation({ name, places }: CheckedFile, range: Range, root: string): PhysicalLocation {
  return { artifactLocation: artifactAt(name, root), region: regionOf(places, range) };
}

function artifactAt(file: string, root: string): ArtifactLocation {
  const { uri, isRelative } = uriFrom(root, file);
  return isRelative ? { uri, uriBaseId: ROOT } : { uri };
}

function regionOf(places: Positions, { start, end }: Range): Region {
  const [first, last] = [lineAndColumnAt(places, start), lineAndColumnAt(places, end)];
  return {
    startLine: first.line,
    startColumn: first.column,
    endLine: last.line,
    endColumn: last.column,
    charOffset: start,
    charLength: end - start,
  };
}
