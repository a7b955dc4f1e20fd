import { type LabelSelector, selects } from '../../model/kubernetes/label-selector.ts';
import { nameOf, nodeAt, pairsOf, textOf } from './nodes.ts';
import type { Resource } from './resource.ts';

type Expression = LabelSelector['expressions'][number];

/** One requirement: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors. */
const REQUIREMENT =
  /^\s*(?:(!?)\s*([\w./-]+)|([\w./-]+)\s*(==?|!=)\s*([\w.-]*)|([\w./-]+)\s+(in|notin)\s*\(([\w.,\s-]*)\))\s*$/;

/** A selector as a text, such as `app=web,tier in (a,b),!old`; undefined where it is none, or compares numbers. */
export function parseLabelQuery(text: string): LabelSelector | undefined {
  const expressions: Expression[] = [];
  if (text.trim() === '') return { labels: {}, expressions };
  // A comma in brackets ends no requirement.
  for (const requirement of text.split(/,(?![^()]*\))/)) {
    const read = REQUIREMENT.exec(requirement);
    if (!read) return undefined;
    const [, not, name, compared, operator, value = '', member, set, values = ''] = read;
    if (name !== undefined) expressions.push({ key: name, operator: not ? 'DoesNotExist' : 'Exists', values: [] });
    else if (compared !== undefined)
      expressions.push({ key: compared, operator: operator === '!=' ? 'NotIn' : 'In', values: [value] });
    else {
      const items = values.split(',').map((item) => item.trim());
      expressions.push({ key: member as string, operator: set === 'in' ? 'In' : 'NotIn', values: items });
    }
  }
  return { labels: {}, expressions };
}

/** Whether the labels or annotations of an object are selected. */
export function matchesQuery(resource: Resource, name: 'labels' | 'annotations', query: LabelSelector): boolean {
  if (query.expressions.length === 0) return true;
  const labels: Record<string, string> = Object.create(null);
  for (const pair of pairsOf(nodeAt(resource.root, 'metadata', name))) labels[nameOf(pair)] = textOf(pair.value) ?? '';
  return selects(query, labels);
}
