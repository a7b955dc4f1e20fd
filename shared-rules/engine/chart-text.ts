import type { Environment } from '../assembly/helm/environments.ts';
import { printOutput } from '../assembly/helm/printed-output.ts';
import { environmentName, isItself, readChart } from './deployed-charts.ts';
import type { Surroundings } from './deployed-projects.ts';
import type { DeployedDocument, DeployedText } from './deployed-text.ts';
import { workspaceFiles } from './rendered-contents.ts';

const DEFAULTS: Environment = { name: '', files: [] };

/**
 * What is rendered of a file of a chart: of a template what it prints in each environment; of any other file the whole chart
 * with the values that the file is for.
 * @param isWhole whether it is the whole chart with its default values, whichever of its files it is asked for
 * @returns none for a file of no chart
 */
export function chartTexts(own: string, around: Surroundings, isWhole: boolean): DeployedText[] {
  const chart = readChart(own, around);
  if (!chart) return [];
  const { root, path, environments, sources, loaded } = chart;
  const isOne = chart.isTemplate && !isWhole;
  const shown = isOne ? environments : isWhole ? [DEFAULTS] : environments.slice(0, 1);
  return shown.map((environment) => {
    const rendered = lazily(() => chart.render(environment, isOne ? isItself : undefined));
    const print = () => {
      const { templates, sourceOf } = rendered();
      const fileOf = workspaceFiles(own, sources.read, sourceOf);
      return templates.flatMap(({ name, output }): DeployedDocument[] =>
        output ? printOutput(output, fileOf).map((printed) => ({ file: fileOf(name), ...printed })) : [],
      );
    };
    return {
      files: isOne ? [undefined] : [sources.read(`${root === '' ? '' : `${root}/`}Chart.yaml`)?.file],
      environment: environmentName(environment),
      key: JSON.stringify({ root, template: isOne ? path : undefined, values: environment.files }),
      missing: [],
      notes: () => [...(isOne ? [] : loaded.notes), ...rendered().notes].map(({ message }) => message),
      print,
    };
  });
}

function lazily<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}
