import type { ChartNote } from '../assembly/helm/chart.ts';
import type { RenderedChart } from '../assembly/helm/render.ts';
import type { SourceText } from '../assembly/sources.ts';
import type { TemplatePlace } from '../language/go-template/rope.ts';
import type { Range } from '../language/text.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import { listed } from '../model/wording.ts';

/** What there is to say of a chart, and with which values. */
export interface EnvironmentNotes {
  readonly name: string;
  readonly chart: RenderedChart;
}

const START: Range = { start: 0, end: 0 };

/** What is said of a chart as a whole, in its Chart.yaml: at a dependency, or at the file's beginning. */
export function notesOfChart(
  loaded: readonly ChartNote[],
  environments: readonly EnvironmentNotes[],
  source: SourceText | undefined,
): ParseProblem[] {
  return [
    ...loaded.map(({ message, dependency }) => problem(message, rangeOfDependency(source, dependency) ?? START)),
    ...problemsIn(environments, ({ kind, place }) => (kind === 'unreadable' && !place ? START : undefined)),
  ];
}

function rangeOfDependency(source: SourceText | undefined, name: string | undefined): Range | undefined {
  if (name === undefined) return undefined;
  const dependencies = source?.documents?.[0]?.root?.field('dependencies')?.value.items() ?? [];
  return dependencies.map((one) => one.field('name')?.value).find((one) => one?.rawText === name)?.range;
}

/**
 * What is said of a template: at the action that it comes to, by way of others.
 * @param isRendered whether it is rendered by itself; of partials is said only what is wrong whoever includes them
 */
export function notesOfTemplate(environments: readonly EnvironmentNotes[], isRendered: boolean): ParseProblem[] {
  return problemsIn(environments, ({ kind, place }, { sourceOf }) => {
    // A chart that is not rendered at all says so in its Chart.yaml.
    if (!place) return isRendered && kind !== 'unreadable' ? START : undefined;
    if (!isRendered && place.caller) return undefined;
    return ownPlace(place, (file) => isOwn(sourceOf(file)))?.range;
  });
}

function isOwn(source: SourceText | undefined): boolean {
  return source !== undefined && source.file === undefined;
}

function ownPlace(place: TemplatePlace | undefined, isOwn: (file: string) => boolean): TemplatePlace | undefined {
  return !place || isOwn(place.file) ? place : ownPlace(place.caller, isOwn);
}

/** What is said at the same place in several environments, once. @param rangeOf where; undefined for what is said elsewhere */
function problemsIn(
  environments: readonly EnvironmentNotes[],
  rangeOf: (note: ChartNote, chart: RenderedChart) => Range | undefined,
): ParseProblem[] {
  const found = new Map<string, { readonly range: Range; readonly message: string; readonly names: string[] }>();
  for (const { name, chart } of environments)
    for (const note of chart.notes) {
      const range = rangeOf(note, chart);
      if (!range) continue;
      const key = `${range.start} ${range.end} ${note.message}`;
      const known = found.get(key) ?? { range, message: note.message, names: [] };
      known.names.push(name);
      found.set(key, known);
    }
  return [...found.values()].map(({ range, message, names }) =>
    problem(names.length === environments.length ? message : `with ${listed(names)}: ${message}`, range),
  );
}

function problem(message: string, range: Range): ParseProblem {
  return { range, message: inOneLine(message), isLimit: true };
}

function inOneLine(message: string): string {
  const lines = message.split('\n').map((line) => line.trim());
  return lines.filter((line) => line !== '').join(' ');
}
