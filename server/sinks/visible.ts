/**
 * What is not shown, or changes how other characters are shown: control characters but tabs, what breaks lines, and what
 * Unicode lets programs ignore (`Default_Ignorable_Code_Point`, with all controls of direction). Not among these are
 * variation selectors, joiners behind a character that they may join, and the tags of a flag. Each alternative begins with
 * what it looks for: that is many times as fast as to look around first.
 */
const HIDDEN =
  /\p{Cc}(?<!\t)|[\u2028\u2029\uFFF9-\uFFFB]|\p{DI}(?<!\p{VS}|\p{Join_C}|\u034F|[\u{E0020}-\u{E007F}])|\p{Join_C}(?<!\P{ASCII}.)|[\u{E0020}-\u{E007F}](?<!\u{1F3F4}[\u{E0030}-\u{E007A}]{0,6}.)/gu;

/**
 * A text in one line, in which every character is seen and none moves another: what is hidden becomes U+FFFD, so that
 * offsets stay.
 */
export function visible(text: string): string {
  return text.replaceAll(HIDDEN, replacementOf);
}

/** The characters that `visible` replaces, as JavaScript and JSON write them. */
export function escapedHidden(text: string): string {
  return text.replaceAll(HIDDEN, unicodeEscape);
}

function replacementOf(hidden: string): string {
  return '\uFFFD'.repeat(hidden.length);
}

function unicodeEscape(hidden: string): string {
  return Array.from({ length: hidden.length }, (_, at) => hidden.charCodeAt(at))
    .map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`)
    .join('');
}
