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
  const raw = value?.text;
  return raw === undefined ? undefined : interpolate(raw);
}

export function interpolate(raw: string): ComposeText | undefined {
  if (!raw.includes('$')) return { text: raw, fromDefault: false };
  let text = '';
  let fromDefault = false;
  for (let at = 0; at < raw.length; ) {
    if (raw[at] !== '$') text += raw[at++];
    else if (raw[at + 1] === '$') {
      text += '$';
      at += 2;
    } else {
      const end = raw[at + 1] === '{' ? closingBrace(raw, at + 2) : -1;
      const fallback = end < 0 ? undefined : /^\w+:?-(.*)$/s.exec(raw.slice(at + 2, end))?.[1];
      const resolved = fallback === undefined ? undefined : interpolate(fallback);
      if (!resolved) return undefined;
      text += resolved.text;
      fromDefault = true;
      at = end + 1;
    }
  }
  return { text, fromDefault };
}

function closingBrace(text: string, from: number): number {
  let depth = 1;
  for (let at = from; at < text.length; at++) {
    if (text[at] === '{') depth++;
    else if (text[at] === '}' && --depth === 0) return at;
  }
  return -1;
}
