import type { Rope } from '../../language/go-template/rope.ts';
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
    YamlDocument.parse(text.text, range, { derived: text }).map((document) =>
      document.withOrigins(originsIn(document, text)),
    ),
  );
  return { text, documents };
}
