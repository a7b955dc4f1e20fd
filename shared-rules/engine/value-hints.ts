import type { Environment } from '../assembly/helm/environments.ts';
import { ChartProblem } from '../assembly/helm/metadata.ts';
import { valuesIn } from '../assembly/helm/render.ts';
import { subchartNames } from '../assembly/helm/roots.ts';
import type { Data, Dict } from '../language/go-template/data.ts';
import { rootFields } from '../language/go-template/root-fields.ts';
import { slashedPath } from '../language/paths.ts';
import { type Place, rangeInFile } from '../language/place.ts';
import type { Range } from '../language/text.ts';
import { type Field, Value } from '../language/yaml/value.ts';
import { environmentName, type ReadChart, readChart } from './deployed-charts.ts';
import { knownOf } from './deployed-text.ts';
import type { Linted } from './prove-fixes.ts';

/** A value as it is in an environment. */
export interface KnownValue {
  /** On one line, and not long. */
  readonly text: string;
  /** Such as `the default values` or `values-prod.yaml`. */
  readonly environment: string;
  /** Where it is written. */
  readonly at: Place | undefined;
}

/** What a template reads with `.Values.a.b`. */
export interface ValueHint {
  /** The chain of fields. */
  readonly range: Range;
  readonly value: KnownValue;
  /** Environments in which it is another one. */
  readonly others: readonly KnownValue[];
}

const MOST_LENGTH = 30;
/** What is secret is not written all over the screen. */
const SECRET = /passw|passphrase|pwd|token|secret|key|credential/i;

/**
 * The scalars that a template reads in a range, as they are by default or, where only one environment has them, in that.
 * Nothing is rendered for it. None for any other file.
 */
export function valueHints(linted: Linted, range: Range): ValueHint[] {
  const own = slashedPath(linted.path);
  const chart = readChart(own, { known: knownOf(linted).known, settings: linted.settings });
  if (!chart || !/(?:^|\/)templates\//.test(chart.path)) return [];
  const fields = rootFields(linted.result.text).filter(
    ({ names, range: { start, end } }) => names[0] === 'Values' && start <= range.end && range.start <= end,
  );
  if (fields.length === 0) return [];
  const environments = chart.environments.map((environment) => ({
    name: environmentName(environment),
    values: valuesOf(chart, environment),
  }));
  return fields.flatMap(({ names, range }) => {
    const path = names.slice(1);
    const known = environments.map(({ name, values }) => knownValue(values, path, name));
    const [first, ...others] = known;
    const elsewhere = others.filter((one) => one !== undefined);
    if (first) return { range, value: first, others: elsewhere.filter(({ text }) => text !== first.text) };
    return elsewhere.length === 1 ? { range, value: elsewhere[0]!, others: [] } : [];
  });
}

function valuesOf({ loaded: { chart }, valuesOf, path }: ReadChart, environment: Environment): Dict | undefined {
  try {
    return chart && valuesIn(chart, valuesOf(environment), subchartNames(path));
  } catch (error) {
    if (error instanceof ChartProblem) return undefined;
    throw error;
  }
}

function knownValue(values: Dict | undefined, path: readonly string[], environment: string): KnownValue | undefined {
  let data: Data | undefined = values;
  for (const name of path) data = data?.kind === 'dict' ? data.entries.get(name)?.value : undefined;
  const text =
    data &&
    scalarText(
      data,
      path.some((name) => SECRET.test(name)),
    );
  if (text === undefined) return undefined;
  const shown = text.replaceAll(/\s+/g, ' ');
  const short = shown.length > MOST_LENGTH ? `${shown.slice(0, MOST_LENGTH - 1)}…` : shown;
  const source = sourceOf(data as Data);
  const at = source && { range: rangeInFile(source), path: '', file: source.file };
  return { text: short, environment, at };
}

function scalarText(data: Data, isSecret: boolean): string | undefined {
  // A switch that is named for a secret is none.
  if (data.kind === 'bool') return String(data.value);
  if (isSecret) return undefined;
  if (data.kind === 'int' || data.kind === 'float') return data.source?.rawText ?? String(data.value);
  if (data.kind !== 'text' || !data.rope.isKnown) return undefined;
  return data.rope.text === '' ? '""' : data.rope.text;
}

function sourceOf(data: Data): Value | Field | undefined {
  if (data.kind === 'text') return data.rope.pieces[0]?.from?.value;
  return 'source' in data && data.source instanceof Value ? data.source : undefined;
}
