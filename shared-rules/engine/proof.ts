import { FACTS } from '../rules/facts.generated.ts';
import { parseReadings } from '../source/manifest.ts';
import type { Range, TextEdit } from '../source/text.ts';
import type { YamlDocument } from '../source/yaml-document.ts';
import type { Settled } from '../source/yaml-edit.ts';
import { imageOf, imageOfData } from '../source/yaml-image.ts';
import type { Finding } from './lint.ts';
import { PROFILES, SEVERITIES } from './settings.ts';

/**
 * Whether the tree after the edits is the one the changes ask for, and nothing parses worse.
 * @param scope the part of the file that `before` and `after` are
 */
export function proveTree(settled: Settled, scope: Range, before: string, after: string): boolean {
  const start = settled.document.range.start - scope.start;
  const expected = JSON.stringify(imageOf(settled.document.root?.node, settled));
  const present = JSON.stringify(imageOf(settled.document.root?.node));
  const added = settled.documents.map((data) => JSON.stringify(imageOfData(data)));
  const now = parseReadings(after);
  return parseReadings(before).some((documents, reading) => {
    const own = documents.findIndex((document) => document.range.start === start && imageText(document) === present);
    if (own < 0) return false;
    const wanted = documents.map(imageText);
    wanted.splice(own, 1, expected, ...added);
    const found = now[reading] ?? [];
    return (
      JSON.stringify(found.map(imageText)) === JSON.stringify(wanted) && problemsIn(found) <= problemsIn(documents)
    );
  });
}

function imageText(document: YamlDocument): string {
  return JSON.stringify(imageOf(document.root?.node));
}

function problemsIn(documents: readonly YamlDocument[]): number {
  return documents.reduce((sum, { problems }) => sum + problems.length, 0);
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
  const key = ({ rule, range }: Finding) => `${rule} ${range.start}`;
  const gone = new Set(repaired.map(key));
  const others = before.filter((other) => !gone.has(key(other)));
  const shifted = ({ rule, range }: Finding) => `${rule} ${shift(range.start, edits)}`;
  const known = new Set(others.map(shifted));
  const found = new Set(after.map(key));
  const lost = others.filter((other) => !found.has(shifted(other)));
  const isElsewhere = (other: Finding) =>
    lost.some(({ rule, message }) => rule === other.rule && message === other.message);
  const unknown = after.filter((other) => !known.has(key(other)) && !isElsewhere(other));
  const weight = ({ severity }: Finding) => SEVERITIES.indexOf(severity);
  const mildest = Math.max(...repaired.map(weight));
  const strictness = ({ rule }: Finding) => PROFILES.indexOf(FACTS[rule].profile);
  const strictest = Math.max(...repaired.map(strictness));
  const isWorse = (other: Finding) => weight(other) <= mildest && strictness(other) <= strictest;
  const isLeft = ({ rule, subject }: Finding) =>
    repaired.some(
      (finding) =>
        rule === finding.rule && subject.kind === finding.subject.kind && subject.name === finding.subject.name,
    );
  return others.length === before.length - gone.size && !unknown.some((other) => isWorse(other) || isLeft(other));
}

/** Where an offset lies after the edits; undefined inside of one. */
function shift(offset: number, edits: readonly TextEdit[]): number | undefined {
  if (edits.some(({ range }) => range.start <= offset && offset < range.end)) return undefined;
  return edits.reduce(
    (at, { range, newText }) => (range.end <= offset ? at + newText.length - (range.end - range.start) : at),
    offset,
  );
}
