import type { ValueUses } from '../../../shared-rules/index.ts';
import { type MarkdownText, markdown, markdownLink, markdownText } from '../../sinks/markdown.ts';
import { joined } from '../../sinks/sink-text.ts';
import { ownUri } from '../../sinks/uri.ts';

/** What a hover lists; of more there is the number. */
const MOST_LISTED = 8;

/**
 * Which templates use a value of a chart, and what would be found if it were `true`, as Markdown.
 * @param nameOf what a file is called for people; undefined for one that no editor can open
 */
export function valueHover(
  { path, environment, uses, ifTrue = [] }: ValueUses,
  nameOf: (file: string) => string | undefined,
): MarkdownText {
  const link = (file: string) => {
    const name = nameOf(file);
    return name === undefined ? markdownText(file) : markdownLink(markdownText(name), ownUri(file));
  };
  const usedIn = uses.map(({ file, objects }) =>
    objects.length > 0
      ? markdown`- ${link(file)}: ${markdownText(someOf(objects))}`
      : markdown`- ${link(file)}, which does not print it`,
  );
  const found = ifTrue.map(
    ({ rule, object, file }) => markdown`- ${markdownText(rule)} in ${markdownText(object)}, ${link(file)}`,
  );
  return joined(
    [
      markdown`#### ${markdownText(path)}`,
      markdown`Read with ${markdownText(environment)} by`,
      joined(bounded(usedIn), '\n'),
      ...(found.length > 0 ? [markdown`If it were true:`, joined(bounded(found), '\n')] : []),
    ],
    '\n\n',
  );
}

function bounded(lines: readonly MarkdownText[]): MarkdownText[] {
  const others = lines.length - MOST_LISTED;
  return others > 0 ? [...lines.slice(0, MOST_LISTED), markdown`- and ${others} more`] : [...lines];
}

function someOf(objects: readonly string[]): string {
  const all = [...new Set(objects)];
  const others = all.length - MOST_LISTED;
  return others > 0 ? `${all.slice(0, MOST_LISTED).join(', ')} and ${others} more` : all.join(', ');
}
