import { type WordChange, wordsAfter } from '../language/shell/word-edit.ts';
import type { TextEdit } from '../language/text.ts';
import type { YamlDocument } from '../language/yaml/document.ts';
import type { Settled } from '../language/yaml/settle.ts';
import { snapshotOf, snapshotOfData } from '../language/yaml/snapshot.ts';
import type { Value } from '../language/yaml/value.ts';
import { parseScriptFile, type ScriptFile } from '../model/files/script-file.ts';
import { CATALOGUE } from '../rules/catalogue.generated.ts';
import { PROFILES, SEVERITIES } from '../rules/severity.ts';
import type { Finding } from './finding.ts';

/** How a part of a file is read: once for each way through a template's branches. */
type Parse = (text: string) => readonly YamlDocument[][];

/** A part of a file before and after edits, and how it is read. */
export interface Edited {
  readonly before: string;
  readonly after: string;
  readonly parse: Parse;
  /** What `before` is the text of, a manifest or a document of it: many fixes are tried on the same text. */
  readonly of: object;
}

/** One way through a text: of each document where it begins and its snapshot, and how many problems there are, aliases without an anchor among them. */
interface ParsedShape {
  readonly starts: readonly number[];
  readonly snapshots: readonly string[];
  readonly problems: number;
}

function readingsOf(text: string, parse: Parse): readonly ParsedShape[] {
  return parse(text).map((documents) => ({
    starts: documents.map(({ rangeInFile }) => rangeInFile.start),
    snapshots: documents.map(({ root }) => JSON.stringify(snapshotOf(root?.node))),
    problems: documents.reduce((sum, { problems, unresolvedAliases }) => sum + problems.length + unresolvedAliases, 0),
  }));
}

const readBefore = new WeakMap<object, readonly ParsedShape[]>();

function readingsBefore({ before, parse, of }: Edited): readonly ParsedShape[] {
  const readings = readBefore.get(of) ?? readingsOf(before, parse);
  readBefore.set(of, readings);
  return readings;
}

/**
 * Whether the tree after the edits is the one the changes ask for, and nothing parses worse.
 * @param offset where the part begins in the file
 */
export function proveTree(settled: Settled, offset: number, edited: Edited): boolean {
  const start = settled.document.rangeInFile.start - offset;
  const expected = JSON.stringify(snapshotOf(settled.document.root?.node, settled));
  const present = JSON.stringify(snapshotOf(settled.document.root?.node));
  const added = settled.documents.map((data) => JSON.stringify(snapshotOfData(data)));
  const now = readingsOf(edited.after, edited.parse);
  return readingsBefore(edited).some(({ starts, snapshots, problems }, index) => {
    const own = snapshots.findIndex((snapshot, at) => starts[at] === start && snapshot === present);
    // New documents stand behind the one they belong to.
    const wanted = snapshots.toSpliced(own, 1, expected, ...added);
    return own >= 0 && holds(now[index], wanted, problems);
  });
}

/** Whether a tree is the one that changes of another ask for. */
export function isAsAsked(root: Value | undefined, settled: Settled): boolean {
  const expected = snapshotOf(settled.document.root?.node, settled);
  return JSON.stringify(snapshotOf(root?.node)) === JSON.stringify(expected);
}

/** Whether a reading has just these documents, and no more problems. */
function holds(reading: ParsedShape | undefined, snapshots: readonly string[], problems: number): boolean {
  if (!reading) return snapshots.length === 0;
  return areSame(reading.snapshots, snapshots) && reading.problems <= problems;
}

function areSame(some: readonly string[], others: readonly string[]): boolean {
  return some.length === others.length && some.every((one, index) => one === others[index]);
}

/** Whether the commands of a script after the edits are the ones the changes ask for, and all others are as before. */
export function proveWords({ kind, lines }: ScriptFile, changes: readonly WordChange[], after: string): boolean {
  const found = parseScriptFile(kind, after).lines.map(({ words }) => words.map(({ raw }) => raw));
  const wanted = lines.map((line) => wordsAfter(line, changes));
  // A line that lost all its words is gone; one that only sets variables never had any.
  const [present, intended] = [found, wanted].map((all) => JSON.stringify(all.filter((words) => words.length > 0)));
  return present === intended;
}

/** Whether every document, in every reading, is as it was, and nothing parses worse. */
export function provesSame(edited: Edited): boolean {
  const now = readingsOf(edited.after, edited.parse);
  return readingsBefore(edited).every(({ snapshots, problems }, index) => holds(now[index], snapshots, problems));
}

/**
 * Whether findings are gone and nothing as severe as the mildest of them has come instead. What is found afterwards is
 * known when it was found before, at the place that the edits moved; or when the same is said of another place than
 * before, as of what is still missing from a mapping that the edits made. Advice of a stricter profile does not count: a
 * container that is not privileged any more is told to drop its raw sockets next.
 */
export function repairs(
  repaired: readonly Finding[],
  before: readonly Finding[],
  after: readonly Finding[],
  edits: readonly TextEdit[],
): boolean {
  const repairedPlaces = new Set(repaired.map(placeOf));
  const others = before.filter((other) => !repairedPlaces.has(placeOf(other)));
  const isLeft = ({ rule, subject }: Finding) =>
    repaired.some(
      (finding) =>
        rule === finding.rule && subject.kind === finding.subject.kind && subject.name === finding.subject.name,
    );
  const strictest = largest(repaired.map(strictnessOf));
  // Hardening advice of a stricter profile, which a repair may make possible, does not stand in its way.
  const isWorse = (other: Finding) => weightOf(other) <= mildest(repaired) && strictnessOf(other) <= strictest;
  const unknown = unknownOf(others, after, edits);
  return (
    others.length === before.length - repairedPlaces.size && !unknown.some((other) => isWorse(other) || isLeft(other))
  );
}

/** Whether nothing as severe as the mildest of some findings has come; they themselves may be there still. */
export function leavesAlone(
  kept: readonly Finding[],
  before: readonly Finding[],
  after: readonly Finding[],
  edits: readonly TextEdit[],
): boolean {
  const isOwn = ({ rule }: Finding) => kept.some((finding) => finding.rule === rule);
  return !unknownOf(before, after, edits).some((other) => weightOf(other) <= mildest(kept) && !isOwn(other));
}

/** What was not known before: neither at the place that the edits moved, nor lost there and found at another. */
function unknownOf(known: readonly Finding[], after: readonly Finding[], edits: readonly TextEdit[]): Finding[] {
  // Edits move what stands in their own file.
  const shifted = ({ rule, range, file = '' }: Finding) =>
    `${rule} ${file === '' ? shift(range.start, edits) : range.start} ${file}`;
  const places = new Set(known.map(shifted));
  const found = new Set(after.map(placeOf));
  const lost = known.filter((finding) => !found.has(shifted(finding)));
  const hasMoved = (other: Finding) =>
    lost.some(({ rule, message }) => rule === other.rule && message === other.message);
  return after.filter((other) => !places.has(placeOf(other)) && !hasMoved(other));
}

function placeOf({ rule, range, file = '' }: Finding): string {
  return `${rule} ${range.start} ${file}`;
}

function mildest(findings: readonly Finding[]): number {
  return largest(findings.map(weightOf));
}

/** Of more numbers than a function takes arguments. */
function largest(numbers: readonly number[]): number {
  return numbers.reduce((most, one) => Math.max(most, one), -Infinity);
}

function weightOf({ severity }: Finding): number {
  return SEVERITIES.indexOf(severity);
}

function strictnessOf({ rule }: Finding): number {
  return PROFILES.indexOf(CATALOGUE[rule].profile);
}

/** Where an offset lies after the edits; undefined inside of one. */
function shift(offset: number, edits: readonly TextEdit[]): number | undefined {
  if (edits.some(({ range }) => range.start <= offset && offset < range.end)) return undefined;
  return edits.reduce(
    (at, { range, newText }) => (range.end <= offset ? at + newText.length - (range.end - range.start) : at),
    offset,
  );
}
