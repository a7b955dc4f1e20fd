import { remembered } from '../remembered.ts';
import { type DocumentSource, YamlDocument } from './document.ts';
import { scalarText } from './scalar-text.ts';
import type { Value } from './value.ts';

/**
 * What a text in a document says that is YAML or JSON itself. Its values are written inside the scalar where every character
 * of it can be told, else at the scalar as a whole. Undefined where it is no such text, or has a syntax error.
 */
export const embeddedRoot = remembered((holder: Value): Value | undefined => {
  const derived = scalarText(holder);
  const text = derived?.text ?? holder.rawText;
  return text === undefined ? undefined : embeddedIn(text, holder, { derived })?.root;
});

/** The only document in a text that a scalar holds, or would; undefined where it has a syntax error. */
export function embeddedIn(text: string, holder: Value, source: DocumentSource = {}): YamlDocument | undefined {
  const { part, file } = holder;
  const documents = YamlDocument.parse(text, { start: 0, end: text.length }, { part, file, holder, ...source });
  const [document, ...others] = documents;
  return others.length === 0 && document?.problems.length === 0 ? document : undefined;
}
