import { isKnown, UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import type { SetVariable, Variables } from '../../language/variables.ts';
import type { Value } from '../../language/yaml/value.ts';

/** A text of a Compose file after interpolation. */
export interface ComposeText {
  readonly text: string;
  /** Whether a default stood in for a variable, as in `${MODE:-host}`: then the environment may say otherwise. */
  readonly fromDefault: boolean;
  /** The variables it was read from that are set, by their names. */
  readonly variables: Variables;
}

/** What is known of variables. */
interface Known {
  readonly variables: Variables;
  /** What stands for a variable that is not set and has no default. */
  readonly unset: (name: string) => string;
}

const NOTHING_SET: Variables = new Map();

/**
 * A scalar after interpolation with the variables that are set where its file is read: with none set, `${MODE:-host}` reads
 * `host`. Undefined when a variable without a default is not set, when a template decides, and for anything but a scalar.
 */
export function composeText(value: Value | undefined): ComposeText | undefined {
  const raw = value?.rawText;
  return raw === undefined ? undefined : interpolate(raw, value?.document.source.variables);
}

/** The same, with UNKNOWN_CHARACTER for what is not known, and `~` for the variable of the user's home. */
export function partlyKnownText(value: Value | undefined): ComposeText | undefined {
  const raw = value?.rawText;
  const variables = value?.document.source.variables ?? NOTHING_SET;
  const unset = (name: string) => (name === 'HOME' ? '~' : UNKNOWN_CHARACTER);
  return raw === undefined ? undefined : fill(raw, { variables, unset });
}

export function interpolate(raw: string, variables: Variables = NOTHING_SET): ComposeText | undefined {
  const filled = fill(raw, { variables, unset: () => UNKNOWN_CHARACTER });
  return isKnown(filled.text) ? filled : undefined;
}

/**
 * The text that Docker Compose reads as the same one where no variable is set: those that are known are replaced, and others
 * are left.
 */
export function interpolatedSource(raw: string, variables: Variables = NOTHING_SET): string {
  if (!raw.includes('$') || !isKnown(raw)) return raw;
  const names: string[] = [];
  const unset = (name: string) => {
    names.push(name);
    return UNKNOWN_CHARACTER;
  };
  const { text } = fill(raw, { variables, unset });
  return text.replaceAll('$', '$$$$').replaceAll(UNKNOWN_CHARACTER, () => `\${${names.shift() ?? ''}}`);
}

/** Facts: the Compose specification, Interpolation; the package `template` of compose-go. */
function fill(raw: string, known: Known): ComposeText {
  if (!raw.includes('$')) return { text: raw, fromDefault: false, variables: NOTHING_SET };
  const variables = new Map<string, SetVariable>();
  let text = '';
  let fromDefault = false;
  for (let at = 0; at < raw.length; ) {
    const end = raw[at] === '$' ? variableEnd(raw, at) : at + 1;
    if (raw[at] !== '$' || raw[at + 1] === '$') text += raw[at];
    else {
      const part = substitute(raw[at + 1] === '{' ? raw.slice(at + 2, end - 1) : raw.slice(at + 1, end), known);
      text += part.text;
      fromDefault ||= part.fromDefault;
      for (const [name, variable] of part.variables) variables.set(name, variable);
    }
    at = end;
  }
  return { text, fromDefault, variables };
}

/** What stands for `NAME`, or for `NAME` with an operator and what is behind it. */
function substitute(expression: string, known: Known): ComposeText {
  const [, name = '', colon, operator, rest = ''] = /^(\w+)(?:(:?)([-?+])(.*))?$/s.exec(expression) ?? [];
  const variable = known.variables.get(name);
  const used: Variables = variable ? new Map([[name, variable]]) : NOTHING_SET;
  const counts = variable !== undefined && (variable.text !== '' || colon !== ':');
  if (operator === '-' ? !counts : operator === '+' && counts) {
    const { text, fromDefault, variables } = fill(rest, known);
    return { text, fromDefault: fromDefault || !variable, variables: new Map([...used, ...variables]) };
  }
  if (!variable) return { text: known.unset(name), fromDefault: false, variables: NOTHING_SET };
  return { text: operator === '+' ? '' : variable.text, fromDefault: false, variables: used };
}

/** The offset behind `$$`, `$NAME` or `${…}`, or else behind the dollar sign. */
function variableEnd(text: string, start: number): number {
  if (text[start + 1] === '$') return start + 2;
  if (text[start + 1] === '{') return Math.max(closingBrace(text, start + 2), start) + 1;
  let end = start + 1;
  while (/\w/.test(text[end] ?? '')) end++;
  return end;
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}
