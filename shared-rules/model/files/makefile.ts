import { DerivedText, type Piece } from '../../language/derived-text.ts';
import { lineEnd, nextLine, type Range } from '../../language/text.ts';
import { MakeVariables } from './make-variables.ts';

/** What make runs in a shell: recipe lines, recipes behind a `;`, and `$(shell …)` in other lines. */
export function makefileScripts(text: string): DerivedText[] {
  const lines: Range[] = [];
  for (let at = 0; at < text.length; at = nextLine(text, lines.at(-1)!.end))
    lines.push({ start: at, end: logicalEnd(text, at) });
  const written = lines.map(({ start, end }) => text.slice(start, end));
  const variables = new MakeVariables(written.filter((line) => !line.startsWith('\t')));
  return lines.flatMap(({ start }, index) => {
    const line = written[index]!;
    const recipe = line.startsWith('\t') ? 0 : line.includes('$(shell ') ? 0 : inlineRecipe(line);
    return recipe === undefined ? [] : toShell(line.slice(recipe), start + recipe, variables);
  });
}

/** The end of a line with all that a backslash before the line end joins to it. */
function logicalEnd(text: string, start: number): number {
  let end = lineEnd(text, start);
  while (end < text.length && /(?:^|[^\\])(?:\\\\)*\\$/.test(text.slice(start, end)))
    end = lineEnd(text, nextLine(text, end));
  return end;
}

/** Where the recipe in `target: prerequisites ; recipe` begins. */
function inlineRecipe(line: string): number | undefined {
  const rule = /^[^\s#=:][^#=:]*::?(?!=)[^=;#]*;/.exec(line);
  return rule?.[0].length;
}

/** As the shell gets it: without make's prefixes, with what its variables stand for, and without the tab of each line. */
function toShell(line: string, offset: number, variables: MakeVariables): DerivedText {
  const prefix = /^\t?[@+\s-]*/.exec(line)?.[0].length ?? 0;
  const pieces: Piece[] = [];
  let from = prefix;
  for (const { index } of line.matchAll(/(?<=\n)\t/g)) {
    if (index < from) continue;
    pieces.push({ text: line.slice(from, index), offset: offset + from });
    from = index + 1;
  }
  const written = new DerivedText([...pieces, { text: line.slice(from), offset: offset + from }]);
  return written.replacing(MakeVariables.reference, (reference) => variables.replacementOf(reference));
}
