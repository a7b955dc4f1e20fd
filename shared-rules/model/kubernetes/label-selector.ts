import { knownItems, knownTexts, lookUp, type Presence } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';

export type Labels = Readonly<Record<string, string>>;

/** Which labels are looked for; after LabelSelector of the Kubernetes API. All requirements must hold. */
export interface LabelSelector {
  readonly labels: Labels;
  readonly expressions: readonly Expression[];
}

interface Expression {
  readonly key: string;
  readonly operator: Operator;
  readonly values: readonly string[];
}

const OPERATORS = ['In', 'NotIn', 'Exists', 'DoesNotExist'] as const;
type Operator = (typeof OPERATORS)[number];

/** A selector with `matchLabels` and `matchExpressions`; undefined where a part of it is not known. */
export function readLabelSelector(value: Value): LabelSelector | undefined {
  const labels = knownTexts(lookUp(value, 'matchLabels'));
  const items = knownItems(lookUp(value, 'matchExpressions'));
  const expressions = items?.map(readExpression);
  if (!labels || !expressions || expressions.includes(undefined)) return undefined;
  return { labels, expressions: expressions as Expression[] };
}

function readExpression(item: Value): Expression | undefined {
  const key = item.get('key')?.text;
  const operator = OPERATORS.find((known) => known === item.get('operator')?.text);
  const values = textsOf(lookUp(item, 'values'));
  return key !== undefined && operator && values ? { key, operator, values } : undefined;
}

function textsOf(list: Presence): string[] | undefined {
  const texts = knownItems(list)?.map(({ text }) => text);
  return texts?.includes(undefined) ? undefined : (texts as string[] | undefined);
}

/** Whether a selector finds something with these labels. An empty selector finds everything. */
export function selects({ labels, expressions }: LabelSelector, of: Labels): boolean {
  return includesAll(of, labels) && expressions.every((expression) => holds(expression, of[expression.key]));
}

function holds({ operator, values }: Expression, label: string | undefined): boolean {
  switch (operator) {
    case 'In':
      return label !== undefined && values.includes(label);
    case 'NotIn':
      return label === undefined || !values.includes(label);
    case 'Exists':
      return label !== undefined;
    case 'DoesNotExist':
      return label === undefined;
  }
}

/** Labels that are all known, and at least one. */
export function writtenLabels(value: Value | undefined): Labels | undefined {
  const labels = value?.fields().map(({ name, value }) => [name, value.text] as const) ?? [];
  if (labels.length === 0 || labels.some(([, text]) => text === undefined)) return undefined;
  return Object.fromEntries(labels) as Labels;
}

/** Whether the labels that a Service or a policy selects by are written, and are among some labels. */
export function selectsByLabels(selector: Value | undefined, of: Labels): boolean {
  const wanted = writtenLabels(selector);
  return wanted !== undefined && includesAll(of, wanted);
}

/** Whether labels say at least what others say. */
export function includesAll(labels: Labels, others: Labels): boolean {
  return Object.entries(others).every(([name, text]) => labels[name] === text);
}
