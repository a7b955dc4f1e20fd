import type { Branch } from '../template/branches.ts';
import { filled } from '../template/fill.ts';
import type { TemplateReading } from '../template/reading.ts';
import type { Template } from '../template/template.ts';
import { overlaps, type Range } from '../text.ts';
import { type DocumentSource, YamlDocument } from './document.ts';
import { splitDocuments } from './split.ts';

/** Where a YAML document of a template stands in a text that one of its readings gives. */
export interface TemplateDocument {
  readonly text: string;
  readonly range: Range;
  /** Whether it is the text between `define` and `end`, or a document of it: it may be a part of an object. */
  readonly isDefined: boolean;
}

/** The documents of a reading: those of the file, and of each definition, which is a text of its own. */
export function documentsOf({ definitions }: Template, { text }: TemplateReading): TemplateDocument[] {
  const own = filled(
    text,
    definitions.map((range) => ({ ...range, by: ' ' })),
  );
  return [
    ...splitDocuments(own).map((range) => ({ text: own, range, isDefined: false })),
    ...definitions.flatMap(({ start, end }) =>
      splitDocuments(text.slice(start, end)).map((range) => ({
        text,
        range: { start: start + range.start, end: start + range.end },
        isDefined: true,
      })),
    ),
  ];
}

export interface ParsedReading {
  readonly document: YamlDocument;
  readonly isDefined: boolean;
}

/**
 * Parses a template, once for each way through its branches. What does not fit into a reading, such as a line of a branch
 * that is indented as if it stood elsewhere, is left out of it: with the branch on Helm prints no YAML. Such branches are
 * kept in a further reading, without those that they do not fit beside.
 * @param mayConcern which documents have to be parsed
 */
export function parseTemplate(
  template: Template,
  source: DocumentSource,
  mayConcern: (document: TemplateDocument) => boolean = () => true,
): ParsedReading[][] {
  const parse = (reading: TemplateReading): ParsedReading[] =>
    documentsOf(template, reading)
      .filter(mayConcern)
      .flatMap(({ text, range, isDefined }) =>
        YamlDocument.parse(text, range, { ...source, template, derived: reading }).map((document) => ({
          document,
          isDefined,
        })),
      );
  return template.readings.flatMap((reading) => {
    const parsed = parse(reading);
    const first = fitted(template, reading, parsed, parse, new Set());
    if (first.off.size === 0) return [parsed];
    const other = fitted(template, reading, parsed, parse, first.off);
    return problemsIn(other.parsed).length === 0 ? [first.parsed, other.parsed] : [first.parsed];
  });
}

/** So many branches are left out of a reading; so many problems are looked at for each, and so many branches tried. */
const MOST_LEFT_OUT = 8;
const MOST_LOOKED_AT = 3;
const MOST_TRIED = 6;
/** Longer templates are read as they are. */
const LONGEST = 200_000;

/** Leaves branches out of a reading, but for those that are kept, as long as fewer problems are left each time. */
function fitted(
  template: Template,
  reading: TemplateReading,
  start: ParsedReading[],
  parse: (reading: TemplateReading) => ParsedReading[],
  kept: ReadonlySet<Branch>,
): { readonly parsed: ParsedReading[]; readonly off: ReadonlySet<Branch> } {
  let [parsed, off]: [ParsedReading[], ReadonlySet<Branch>] = [start, new Set()];
  while (off.size < MOST_LEFT_OUT && reading.text.length < LONGEST) {
    const problems = problemsIn(parsed);
    const near = problems.slice(0, MOST_LOOKED_AT).flatMap((one) => branchesNear(template, reading, one));
    const candidates = [...new Set(near)].filter((branch) => !kept.has(branch) && !off.has(branch));
    const better = firstBetter(candidates.slice(0, MOST_TRIED), (branch) => {
      const without = new Set([...off, branch]);
      const instead = parse(template.without(reading, without));
      return problemsIn(instead).length < problems.length ? { parsed: instead, off: without } : undefined;
    });
    if (!better) break;
    ({ parsed, off } = better);
  }
  return { parsed, off };
}

function firstBetter<Better>(branches: readonly Branch[], attempt: (branch: Branch) => Better | undefined) {
  for (const branch of branches) {
    const better = attempt(branch);
    if (better) return better;
  }
  return undefined;
}

function problemsIn(parsed: readonly ParsedReading[]): Range[] {
  return parsed.flatMap(({ document }) => document.problems.map(({ range }) => range));
}

/**
 * The branches that a reading takes and that a problem may come from: those around it and the nearest beside it. The parser
 * reports some problems where a collection begins that they end.
 */
function branchesNear({ branches }: Template, { index }: TemplateReading, problem: Range): Branch[] {
  const at = { start: problem.start, end: Math.max(problem.end, problem.start + 1) };
  const taken = branches.filter((branch) => branch.index === Math.min(index, branch.of - 1));
  const around = taken.filter((branch) => overlaps(branch, at)).toReversed();
  const before = taken.filter((branch) => branch.end <= at.start).toSorted((a, b) => b.end - a.end);
  const behind = taken.filter((branch) => branch.start >= at.end);
  return [...around.slice(0, 2), ...behind.slice(0, 2), ...before.slice(0, 2), ...around.slice(2)];
}
