import type { Rope } from '../../language/go-template/rope.ts';
import { Kept } from '../../language/kept.ts';
import type { Range } from '../../language/text.ts';
import { YamlDocument } from '../../language/yaml/document.ts';
import { splitDocuments } from '../../language/yaml/split.ts';
import { RenderedText } from './rendered-text.ts';
import { originsIn } from './value-origins.ts';

/** A template of a chart as it was rendered. */
export interface Rendered {
  readonly text: RenderedText;
  readonly documents: readonly YamlDocument[];
}

/**
 * The documents of a rendered template. What is a value of a values file has that as its origin, so that changes are made
 * there; all else is written in the templates.
 * @param isWanted which documents have to be parsed, by their texts
 * @param workspacePath what the workspace calls the file of a template; undefined for the one that is linted
 */
export function readRendered(
  rope: Rope,
  workspacePath: (file: string) => string | undefined,
  isWanted: (text: string) => boolean = () => true,
): Rendered {
  const text = new RenderedText(rope, workspacePath);
  const ranges = splitDocuments(text.text).filter(({ start, end }) => isWanted(text.text.slice(start, end)));
  const documents = ranges.flatMap((range) =>
    documentsIn(text, range).map((document) => document.withOrigins(originsIn(document, text))),
  );
  return { text, documents };
}

/** So many characters of rendered documents are kept as they were parsed: of another value, most templates print the same. */
const MOST_KEPT = 1024 * 1024;
const kept = new Kept<readonly YamlDocument[]>(MOST_KEPT);

/** What is parsed of a rendered text. Its nodes are copies: they get the ranges that they have in values files. */
function documentsIn(text: RenderedText, range: Range): YamlDocument[] {
  const written = text.text.slice(range.start, range.end);
  const source = { derived: text };
  const known = kept.get(written);
  if (known) return known.map((document) => document.copyFor(text.text, range, source));
  const parsed = YamlDocument.parse(text.text, range, source);
  if (parsed.every(({ problems }) => problems.length === 0))
    kept.set(
      written,
      parsed.map((document) => document.copyFor(written, { start: 0, end: written.length }, {})),
      written.length,
    );
  return parsed;
}
