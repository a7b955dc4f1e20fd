import { isAbsolute, relative, resolve, sep } from 'node:path';
import { type Range, SEVERITIES, type Severity } from '../../shared-rules/index.ts';
import type { Printable } from '../sinks/terminal.ts';
import { fileUri, relativeUri, slashed, type UriText } from '../sinks/uri.ts';
import type { ConfigurationReport } from './configuration.ts';
import type { AcceptedFindingData, FindingData, FixData, LintData } from './finding-data.ts';
import { KnownPositions, lineAndColumnAt, type Positions, type PositionsByFile } from './positions.ts';

/** What is reported of a file. */
export interface FileReport {
  readonly checked: CheckedFile;
  readonly findings: readonly FindingData[];
  readonly accepted: readonly AcceptedFindingData[];
}

/** The fixes of a finding that hold, and where their edits lie. */
export interface FindingFixes {
  readonly fixes: readonly FixData[];
  readonly places: Positions;
}

/** What a run reports, however it is written. */
export interface Report {
  /** Files with something found or accepted, in the order they were checked in. */
  readonly files: readonly FileReport[];
  /** All that were checked. */
  readonly paths: readonly string[];
  readonly lines: PositionsByFile;
  /** Of the findings that are written in a format that shows fixes. */
  readonly fixes: ReadonlyMap<FindingData, FindingFixes>;
  /** The folder that other programs know files from: the repository's, else the current one. */
  readonly root: string;
  readonly program: ProgramInfo;
  /** What the configuration says; undefined without one. */
  readonly configuration: ConfigurationReport | undefined;
  /** The findings that a baseline knows, which are left out; undefined without one. */
  readonly baseline?: { readonly file: string; readonly count: number };
  /** What files could not be put together with, so that they were judged without it. */
  readonly missing: readonly MissingPart[];
  /** Whether everything that was asked for was checked. */
  readonly isComplete: boolean;
}

/** Something that a file could not be put together with. Lines and columns count from 1, columns in UTF-16 units. */
export interface MissingPart {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** A sentence. */
  readonly message: string;
}

/** What is known of Bulkhead itself. */
export interface ProgramInfo {
  readonly version?: string;
  /** The folder with the rules' pages. */
  readonly pages?: string;
}

/** The report on checked files, all of them complete. @param root a folder, see `Report` */
export function reportOf(found: readonly CheckedFile[], root: string): Report {
  const files = found.map((checked): FileReport => {
    const { findings, accepted } = checked;
    return { checked, findings, accepted };
  });
  const paths = found.map(({ name }) => name);
  return {
    files,
    paths,
    lines: new Map(),
    fixes: new Map(),
    root,
    program: {},
    configuration: undefined,
    missing: [],
    isComplete: true,
  };
}

/** Writes a report, piece by piece. */
export type Render = (report: Report) => Iterable<Printable>;

/** A file as programs on any system know it, from the root; undefined for one outside of it. */
function pathFrom(root: string, file: string): string | undefined {
  const path = relative(root, resolve(file));
  // On Windows a path on another drive cannot be written from the root.
  return isAbsolute(path) || path.split(sep)[0] === '..' ? undefined : slashed(path);
}

/** What a file is called where it may lie outside of the root. */
export function nameFrom(root: string, file: string): string {
  return pathFrom(root, file) ?? slashed(resolve(file));
}

/** A reference to a file by URI: relative to the root, or whole for one outside of it. */
export function uriFrom(root: string, file: string): { readonly uri: UriText; readonly isRelative: boolean } {
  const path = pathFrom(root, file);
  if (path === undefined) return { uri: fileUri(file), isRelative: false };
  return { uri: relativeUri(path), isRelative: true };
}

/** Where a range begins and ends, as people count. */
export function placesOf({ places }: CheckedFile, { start, end }: Range) {
  return { start: lineAndColumnAt(places, start), end: lineAndColumnAt(places, end) };
}

/** Every finding of a report, with what was checked. */
export function* findingsIn({ files }: Report): Generator<readonly [FileReport, FindingData]> {
  for (const file of files) for (const finding of file.findings) yield [file, finding];
}

/** The first findings of a report. */
export function withMost(report: Report, most: number): Report {
  let left = most;
  const files = report.files.map((file): FileReport => {
    const findings = file.findings.slice(0, left);
    left -= findings.length;
    return { ...file, findings };
  });
  return { ...report, files };
}

/** How many findings there are of each severity that there are any of, the most severe first. */
export function countsBySeverity(findings: readonly FindingData[]): [Severity, number][] {
  return SEVERITIES.map((severity): [Severity, number] => [
    severity,
    findings.filter((finding) => finding.severity === severity).length,
  ]).filter(([, count]) => count > 0);
}

/** A checked text: what was found in it, and what turns offsets into lines. */
export interface CheckedFile {
  /** What it is called for people. */
  readonly name: string;
  readonly findings: readonly FindingData[];
  readonly accepted: readonly AcceptedFindingData[];
  readonly places: Positions;
}

export function toCheckedFile(name: string, { findings, accepted, places }: LintData): CheckedFile {
  return { name, findings, accepted, places: new KnownPositions(places) };
}
