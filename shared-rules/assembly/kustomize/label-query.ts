import { type LabelSelector, selects } from '../../model/kubernetes/label-selector.ts';
import { nameOf, nodeAt, pairsOf, textOf } from './nodes.ts';
import type { Resource } from './resource.ts';

type Expression = LabelSelector['expressions'][number];

/** One requirement: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors. */
const REQUIREMENT = /^(?:(!?)([\w./-]+)|([\w./-]+)(==?|!=)([\w.-]*)|([\w./-]+) (in|notin)\(([\w.,-]*)\))$/;

/** The parts between commas: one in brackets ends no requirement. */
function requirementsIn(text: string): string[] {
  const parts: string[] = [];
  for (const part of text.split(',')) {
    const last = parts.at(-1);
    if (last?.includes('(') && !last.includes(')')) parts[parts.length - 1] = `${last},${part}`;
    else parts.push(part);
  }
  return parts;
}

/** A requirement without blanks that mean nothing. */
function condensed(requirement: string): string {
  return requirement
    .trim()
    .split(/\s+/)
    .join(' ')
    .replaceAll(/ ?([=!,()]) ?/g, '$1');
}

/** A selector as a text, such as `app=web,tier in (a,b),!old`; undefined where it is none, or compares numbers. */
export function parseLabelQuery(text: string): LabelSelector | undefined {
  const expressions: Expression[] = [];
  if (text.trim() === '') return { labels: {}, expressions };
  for (const requirement of requirementsIn(text)) {
    const read = REQUIREMENT.exec(condensed(requirement));
    if (!read) return undefined;
    const [, not, name, compared, operator, value = '', member, set, values = ''] = read;
    if (name !== undefined) expressions.push({ key: name, operator: not ? 'DoesNotExist' : 'Exists', values: [] });
    else if (compared !== undefined)
      expressions.push({ key: compared, operator: operator === '!=' ? 'NotIn' : 'In', values: [value] });
    else {
      const items = values.split(',');
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
