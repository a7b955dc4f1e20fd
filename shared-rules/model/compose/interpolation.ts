import type { SetVariable, Variables } from '../../language/variables.ts';
import type { Value } from '../../language/yaml/value.ts';

/** A text of a Compose file after interpolation. */
export interface ComposeText {
  readonly text: string;
  /** Whether a default stood in for a variable, as in `${MODE:-host}`: then the environment may say otherwise. */
  readonly fromDefault: boolean;
  /** The variables it was read from that are set, by their names. */
  readonly variables: ReadonlyMap<string, SetVariable>;
}

/**
 * A scalar after interpolation with the variables that are set where its file is read: with none set, `${MODE:-host}` reads
 * `host`. Undefined when a variable without a default is not set, when a template decides, and for anything but a scalar.
 */
export function composeText(value: Value | undefined): ComposeText | undefined {
  const raw = value?.text;
  return raw === undefined ? undefined : interpolate(raw, value?.document.source.variables);
}

const NOTHING_SET: Variables = new Map();

/** Facts: the Compose specification, Interpolation; the package `template` of compose-go. */
export function interpolate(raw: string, variables: Variables = NOTHING_SET): ComposeText | undefined {
  if (!raw.includes('$')) return { text: raw, fromDefault: false, variables: NOTHING_SET };
  const used = new Map<string, SetVariable>();
  let text = '';
  let fromDefault = false;
  for (let at = 0; at < raw.length; ) {
    if (raw[at] !== '$') text += raw[at++];
    else if (raw[at + 1] === '$') {
      text += '$';
      at += 2;
    } else {
      const end = raw[at + 1] === '{' ? closingBrace(raw, at + 2) : nameEnd(raw, at + 1);
      const part = end < 0 ? undefined : substitute(raw.slice(at + 1, end).replace(/^\{/, ''), variables, used);
      if (!part) return undefined;
      text += part.text;
      fromDefault ||= part.fromDefault;
      at = raw[at + 1] === '{' ? end + 1 : end;
    }
  }
  return { text, fromDefault, variables: used };
}

/**
 * What stands for `NAME`, or for `NAME` with an operator and what is behind it.
 * @param used gets the variables that were read
 */
function substitute(expression: string, variables: Variables, used: Map<string, SetVariable>) {
  const [, name = '', colon, operator, rest = ''] = /^([a-z_]\w*)(?:(:?)([-?+])(.*))?$/is.exec(expression) ?? [];
  const variable = variables.get(name);
  const counts = variable !== undefined && (variable.text !== '' || colon !== ':');
  if (variable) used.set(name, variable);
  if (operator === '+' && !variable) return undefined;
  const isReplaced = operator === '+' ? counts : operator === '-' && !counts;
  if (isReplaced) {
    const other = interpolate(rest, variables);
    for (const [inner, one] of other?.variables ?? []) used.set(inner, one);
    return other && { text: other.text, fromDefault: other.fromDefault || !variable };
  }
  if (operator === '+') return { text: '', fromDefault: false };
  return counts || (variable && operator === undefined) ? { text: variable.text, fromDefault: false } : undefined;
}

function nameEnd(text: string, from: number): number {
  const name = /[a-z_]\w*/iy;
  name.lastIndex = from;
  return name.test(text) ? name.lastIndex : -1;
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}
