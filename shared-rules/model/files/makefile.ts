import { DerivedText, type Piece } from '../../language/derived-text.ts';
import { lineEnd, nextLine } from '../../language/text.ts';

/** What make runs in a shell: recipe lines, recipes behind a `;`, and `$(shell …)` in other lines. */
export function makefileScripts(text: string): DerivedText[] {
  const scripts: DerivedText[] = [];
  for (let at = 0; at < text.length; ) {
    const end = logicalEnd(text, at);
    const line = text.slice(at, end);
    const recipe = line.startsWith('\t') ? 0 : line.includes('$(shell ') ? 0 : inlineRecipe(line);
    if (recipe !== undefined) scripts.push(toShell(line.slice(recipe), at + recipe));
    at = nextLine(text, end);
  }
  return scripts;
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

/** As the shell gets it: without make's prefixes, with one dollar sign for two, and without the tab of each line. */
function toShell(line: string, offset: number): DerivedText {
  const prefix = /^\t?[@+\s-]*/.exec(line)?.[0].length ?? 0;
  const pieces: Piece[] = [];
  let from = prefix;
  for (let at = prefix; at < line.length; at++) {
    const isTab = line[at] === '\t' && line[at - 1] === '\n';
    if (isTab || line.startsWith('$$', at)) {
      pieces.push({ text: line.slice(from, isTab ? at : at + 1), offset: offset + from });
      if (!isTab) at++;
      from = at + 1;
    }
  }
  return new DerivedText([...pieces, { text: line.slice(from), offset: offset + from }]);
}
