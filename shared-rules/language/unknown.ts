/** Stands where a template action or a variable decides; a scalar that holds one is unknown, but for what stands beside it. */
export const UNKNOWN_CHARACTER = '\uE000';

export function isKnown(text: string): boolean {
  return !text.includes(UNKNOWN_CHARACTER);
}

/** A text for people: what is not known is an ellipsis. */
export function readable(text: string): string {
  return text.replaceAll(/\uE000+/g, '…');
}
