import { bool, type Data, dict, int, text } from '../../language/go-template/data.ts';
import type { DeployedChart } from './dependencies.ts';
import { dependencyData } from './metadata.ts';

/** What `helm template` is told beside the values. */
export interface Release {
  readonly name: string;
  readonly namespace: string;
}

/** `.Release`. */
export function releaseData({ name, namespace }: Release): Data {
  return dict([
    ['Name', text(name)],
    ['Namespace', text(namespace)],
    ['IsUpgrade', bool(false)],
    ['IsInstall', bool(true)],
    ['Revision', int(1)],
    ['Service', text('Helm')],
  ]);
}

/** `.Chart`. @param isRoot whether it is no subchart */
export function chartData({ chart, name, declared }: DeployedChart, isRoot: boolean): Data {
  const { fields } = chart.metadata;
  const own = new Map(fields);
  if (name !== chart.metadata.name) own.set('Name', text(name));
  own.set('Dependencies', { kind: 'list', items: declared.map(dependencyData), element: '*chart.Dependency' });
  own.set('IsRoot', bool(isRoot));
  return { kind: 'struct', type: 'struct { chart.Metadata; IsRoot bool }', fields: own };
}
