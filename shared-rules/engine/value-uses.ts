import { isValuesFile } from '../assembly/helm/environments.ts';
import type { RenderedTemplate } from '../assembly/helm/render.ts';
import { readRendered } from '../assembly/helm/rendered.ts';
import { subchartNames } from '../assembly/helm/roots.ts';
import type { Rope } from '../language/go-template/rope.ts';
import { slashedPath } from '../language/paths.ts';
import { rangeInFile } from '../language/place.ts';
import { applyEdits, contains, type Range } from '../language/text.ts';
import { splitDocuments } from '../language/yaml/split.ts';
import type { Field, Value } from '../language/yaml/value.ts';
import type { RuleId } from '../rules/catalogue.generated.ts';
import { attempting } from './attempt.ts';
import { environmentName, readChart } from './deployed-charts.ts';
import { knownOf } from './deployed-text.ts';
import { detect } from './detection.ts';
import type { Linted } from './prove-fixes.ts';
import { contentsOf, workspaceFiles } from './rendered-contents.ts';
import { detectionContext } from './run-rules.ts';

/** What the workspace calls the file of a template. */
type FileOf = (template: string) => string | undefined;

/** A template that reads a value. */
export interface ValueUse {
  /** As the workspace calls it. */
  readonly file: string;
  /** The objects that it prints the value in, such as `DaemonSet agent`; none where it only decides by it. */
  readonly objects: readonly string[];
}

/** What would be found if a value were another one. */
export interface FoundIf {
  readonly rule: RuleId;
  /** Such as `DaemonSet agent`. */
  readonly object: string;
  readonly file: string;
}

/** What a value of a chart can do. */
export interface ValueUses {
  /** Its path, such as `image.tag`. */
  readonly path: string;
  /** The key. */
  readonly range: Range;
  readonly environment: string;
  readonly uses: readonly ValueUse[];
  /** What would be found and is not if it were `true`; undefined for what is not `false`. */
  readonly ifTrue: readonly FoundIf[] | undefined;
}

/**
 * Which templates read the value at an offset of a values file, with the first environment that has the file.
 * @returns undefined where there is none, and where no template reads it
 */
export function valueUsesAt(linted: Linted, offset: number): ValueUses | undefined {
  const own = slashedPath(linted.path);
  const { known } = knownOf(linted);
  const chart = readChart(own, { known, settings: linted.settings });
  const [environment] = chart?.environments ?? [];
  const subchart = subchartNames(chart?.path ?? '');
  if (
    !chart ||
    !environment ||
    !isValuesFile(
      chart.path
        .split('/')
        .slice(2 * subchart.length)
        .join('/'),
    )
  )
    return undefined;
  const field = fieldAt(chart.sources.read(own)?.documents?.[0]?.root, offset);
  if (!field) return undefined;
  const path = pathOf(field).join('.');
  const rendered = chart.render(environment);
  const templates = rendered.templates.filter(({ reads }) => isRead([...subchart, path].join('.'), path, reads.values));
  if (templates.length === 0) return undefined;
  const fileOf = workspaceFiles(own, chart.sources.read, rendered.sourceOf);
  return {
    path,
    range: rangeInFile(field),
    environment: environmentName(environment),
    uses: templates.map(({ name, output }) => ({
      file: fileOf(name) ?? name,
      objects: output ? objectsWith(output, field, fileOf) : [],
    })),
    ifTrue: field.value.boolean === false ? foundIfTrue(linted, field, templates) : undefined,
  };
}

/** The key at an offset, or the one whose scalar is there. */
function fieldAt(value: Value | undefined, offset: number): Field | undefined {
  for (const field of value?.fields() ?? []) {
    const isAt = (place: Field | Value) =>
      place.file === undefined && contains(rangeInFile(place), { start: offset, end: offset });
    if (isAt(field) || (field.value.fields().length === 0 && field.value.items().length === 0 && isAt(field.value)))
      return field;
    const below = fieldAt(field.value, offset);
    if (below) return below;
  }
  return undefined;
}

/** The keys that lead to one. */
function pathOf({ name, owner }: Field): string[] {
  const names = [name];
  for (let at: Value | undefined = owner; at?.key !== undefined; at = at.parent) names.unshift(String(at.key));
  return names;
}

/** @param inChart the path as the whole chart has it. The globals of a chart are those of its subcharts, too. */
function isRead(inChart: string, path: string, reads: ReadonlySet<string>): boolean {
  const isGlobal = path.startsWith('global.');
  const isAt = (one: string, wanted: string) => one === wanted || (isGlobal && one.endsWith(`.${wanted}`));
  const outer = inChart.slice(0, Math.max(0, inChart.lastIndexOf('.')));
  const all = outer === '' ? '*' : `${outer}.*`;
  return [...reads].some((one) => isAt(one, inChart) || one === all || one.startsWith(`${inChart}.`));
}

/** The objects in which something is printed that is written at a key or below it. */
function objectsWith(output: Rope, field: Field, fileOf: FileOf): string[] {
  return splitDocuments(output.text).flatMap(({ start, end }) => {
    const document = output.slice(start, end);
    if (!document.pieces.some(({ from }) => from?.value && isBelow(from.value, field))) return [];
    return readRendered(document, fileOf).documents.flatMap(({ root }) => {
      const kind = root?.get('kind')?.text;
      return kind === undefined ? [] : nameOf(kind, root?.at('metadata', 'name')?.text);
    });
  });
}

function isBelow(place: Value | Field, field: Field): boolean {
  const range = { start: field.range.start, end: field.value.range.end };
  return place.file === undefined && place.part === field.part && contains(range, place.range);
}

function nameOf(kind: string, name: string | undefined): string {
  return name === undefined ? kind : `${kind} ${name}`;
}

/** What is found in the templates that read a value if it is `true`, and is not as it is. */
function foundIfTrue(linted: Linted, field: Field, templates: readonly RenderedTemplate[]): FoundIf[] {
  const { result, settings } = linted;
  const attempt = attempting([]);
  const names = new Set(templates.map(({ name }) => name));
  const find = (text: string) => {
    const { known } = knownOf(linted, [{ text, part: { start: 0 } }]);
    const own = slashedPath(linted.path);
    const chart = readChart(own, { known, settings });
    const [environment] = chart?.environments ?? [];
    if (!chart || !environment) return [];
    const { templates, sourceOf } = chart.render(environment, ({ name }) => names.has(name));
    const fileOf = workspaceFiles(own, chart.sources.read, sourceOf);
    // Only what an object says itself: what others say is the same with either value.
    const alone = { ...known, together: () => [] };
    const context = detectionContext(result.parts[0]!.manifest, { settings, known: alone, attempt });
    return templates.flatMap(({ name, output }) => {
      const found = output
        ? detect(contentsOf(output, fileOf), { ...context, conditionAt: () => undefined }).findings
        : [];
      return found.map(({ rule, subject: { kind, name: object }, path }) => ({
        key: JSON.stringify([rule, kind, object, path, name]),
        found: { rule, object: nameOf(kind, object), file: fileOf(name) ?? name },
      }));
    });
  };
  const before = new Set(find(result.text).map(({ key }) => key));
  const edit = { range: rangeInFile(field.value), newText: 'true' };
  return find(applyEdits(result.text, [edit])).flatMap(({ key, found }) => (before.has(key) ? [] : found));
}
