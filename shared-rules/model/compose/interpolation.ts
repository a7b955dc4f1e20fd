import { isKnown, UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import type { Value } from '../../language/yaml/value.ts';

/** A text of a Compose file after interpolation. */
export interface ComposeText {
  readonly text: string;
  /** Whether a default stood in for a variable, as in `${MODE:-host}`: then the environment may say otherwise. */
  readonly fromDefault: boolean;
}

/**
 * A scalar after interpolation with no variables set: `${MODE:-host}` reads `host`. Undefined when a variable
 * has no default, when a template decides, and for anything but a scalar.
 */
export function composeText(value: Value | undefined): ComposeText | undefined {
  const raw = value?.rawText;
  return raw === undefined ? undefined : interpolate(raw);
}

/** The same, with UNKNOWN_CHARACTER for what is not known, and `~` for the variable of the user's home. */
export function partlyKnownText(value: Value | undefined): ComposeText | undefined {
  const raw = value?.rawText;
  return raw === undefined ? undefined : fill(raw, (name) => (name === 'HOME' ? '~' : UNKNOWN_CHARACTER));
}

export function interpolate(raw: string): ComposeText | undefined {
  const filled = fill(raw, () => UNKNOWN_CHARACTER);
  return isKnown(filled.text) ? filled : undefined;
}

/** @param unset what stands for a variable without a default */
function fill(raw: string, unset: (name: string) => string): ComposeText {
  let text = '';
  let fromDefault = false;
  for (let at = 0; at < raw.length; ) {
    const end = raw[at] === '$' ? variableEnd(raw, at) : at + 1;
    const inner = raw[at + 1] === '{' ? raw.slice(at + 2, end - 1) : raw.slice(at + 1, end);
    const [, name = '', fallback] = /^(\w+)(?::?-(.*))?$/s.exec(inner) ?? [];
    if (raw[at] !== '$' || raw[at + 1] === '$') text += raw[at];
    else if (fallback === undefined) text += unset(name);
    else {
      text += fill(fallback, unset).text;
      fromDefault = true;
    }
    at = end;
  }
  return { text, fromDefault };
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
