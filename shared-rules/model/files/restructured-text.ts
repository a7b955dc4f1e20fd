import type { Piece } from '../../language/derived-text.ts';
import { lineEnd, nextLine } from '../../language/text.ts';
import type { Block } from './markdown.ts';

/** What opens a block of code. Facts: docutils' "code" directive, and Sphinx' "code-block" and "sourcecode". */
const DIRECTIVE = /^( *)\.\. (?:code|code-block|sourcecode)::(?:[ \t]+([\w-]+))?[ \t]*$/;
const OPTION = /^ *:[\w-]+:/;

/** The blocks of code in a reStructuredText: the lines behind a directive that are indented more than it is. */
export function restructuredBlocks(text: string): Block[] {
  const blocks: Block[] = [];
  for (let at = 0; at < text.length; ) {
    const [, indent, language = ''] = DIRECTIVE.exec(text.slice(at, lineEnd(text, at))) ?? [];
    if (indent === undefined) {
      at = nextLine(text, at);
      continue;
    }
    const block = readBlock(text, at, indent.length, language);
    blocks.push(block);
    at = block.contentEnd;
  }
  return blocks;
}

function readBlock(text: string, start: number, outer: number, language: string): Block {
  const lines: Piece[] = [];
  let [at, contentEnd] = [nextLine(text, start), nextLine(text, start)];
  while (OPTION.test(text.slice(at, lineEnd(text, at)))) at = nextLine(text, at);
  let indent: number | undefined;
  let isRagged = false;
  for (; at < text.length; at = nextLine(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    const own = /^ */.exec(line)![0].length;
    const isBlank = line.trim() === '';
    if (!isBlank && own <= outer) break;
    if (!isBlank) {
      indent ??= own;
      isRagged ||= own < indent;
      contentEnd = nextLine(text, at);
    }
    const from = at + Math.min(own, indent ?? 0);
    lines.push({ text: text.slice(from, nextLine(text, at)), offset: from });
  }
  return { range: { start, end: contentEnd }, contentEnd, language, lines, isRagged };
}
