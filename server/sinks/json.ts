import { type SinkText, templateFor } from './sink-text.ts';
import { escapedHidden } from './visible.ts';

export type JsonText = SinkText<'json'>;

export const json = templateFor<'json'>();

/**
 * Data as JSON that reads the same, and can be printed in a log: what is hidden, and what begins commands of Azure
 * Pipelines, is written as escapes. @param indent how many blanks a level is indented by; 0 for one line
 */
export function jsonText(data: unknown, indent = 0): JsonText {
  // Only line breaks that JSON.stringify wrote itself are left in its text.
  return JSON.stringify(data, undefined, indent)
    .split('\n')
    .map(escapedHidden)
    .join('\n')
    .replaceAll(/##(?=\w*\[)/g, '#\\u0023') as JsonText;
}

/** JSON as it stands one level deeper. */
export function indented(text: JsonText): JsonText {
  return text.replaceAll('\n', '\n  ') as JsonText;
}

/** The JSON of an object, to which more keys are to be added. */
export function jsonOpen(data: object): JsonText {
  return jsonText(data).slice(0, -1) as JsonText;
}
