import type { Node } from 'yaml';
import { type DocumentSource, YamlDocument } from './document.ts';
import { scalarText } from './scalar-text.ts';
import type { Value } from './value.ts';

/** So deep texts in texts are read: each is parsed again, as part of the one that holds it. */
const DEEPEST = 4;
/** Aliases of a scalar share what it holds. */
const roots = new WeakMap<Node, { readonly root: Value | undefined }>();

/**
 * What a text in a document says that is YAML or JSON itself. Its values are written inside the scalar where every character
 * of it can be told, else at the scalar as a whole. Undefined where it is no such text, or has a syntax error.
 */
export function embeddedRoot(holder: Value): Value | undefined {
  const known = roots.get(holder.node) ?? { root: read(holder) };
  roots.set(holder.node, known);
  return known.root;
}

function read(holder: Value): Value | undefined {
  const derived = scalarText(holder);
  const text = derived?.text ?? holder.rawText;
  if (text === undefined || depthOf(holder) >= DEEPEST) return undefined;
  return embeddedIn(text, holder, { derived })?.root;
}

function depthOf({ document }: Value): number {
  const { holder } = document.source;
  return holder ? depthOf(holder) + 1 : 0;
}

/** The only document in a text that a scalar holds, or would; undefined where it has a syntax error. */
export function embeddedIn(text: string, holder: Value, source: DocumentSource = {}): YamlDocument | undefined {
  const { part, file } = holder;
  const documents = YamlDocument.parse(text, { start: 0, end: text.length }, { part, file, holder, ...source });
  const [document, ...others] = documents;
  return others.length === 0 && document?.problems.length === 0 ? document : undefined;
}
