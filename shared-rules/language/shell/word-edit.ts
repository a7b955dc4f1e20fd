import { lineStart, nextLine, type Range, type TextEdit } from '../text.ts';
import type { CommandLine, Word } from './command-line.ts';

/** A change to the words of a command. */
export type WordChange =
  | { readonly removeWords: CommandLine; readonly from: number; readonly to: number }
  | { readonly replaceInWord: CommandLine; readonly index: number; readonly range: Range; readonly text: string }
  | { readonly addWords: CommandLine; readonly after: number; readonly words: readonly string[] };

/** Tells a change to words from one to nodes. */
export function isWordChange(change: object): change is WordChange {
  return 'removeWords' in change || 'replaceInWord' in change || 'addWords' in change;
}

/** Removes the words from `from` up to but without `to`, with the white space before them. */
export function removeWords(command: CommandLine, from: number, to: number): WordChange {
  return { removeWords: command, from, to };
}

/** Writes another text over a part of a word. It must need no quotes. */
export function replaceInWord(command: CommandLine, index: number, range: Range, text: string): WordChange {
  return { replaceInWord: command, index, range, text };
}

/** Adds words, which must need no quotes, behind the one at an index. */
export function addWords(command: CommandLine, after: number, words: readonly string[]): WordChange {
  return { addWords: command, after, words };
}

/** The text edits of changes to words; undefined where something else than white space would go with them. */
export function wordEdits(text: string, changes: readonly WordChange[]): TextEdit[] | undefined {
  const edits = changes.map((change) => editOf(text, change));
  return edits.includes(undefined) ? undefined : (edits as TextEdit[]);
}

function editOf(text: string, change: WordChange): TextEdit | undefined {
  if ('replaceInWord' in change) return { range: change.range, newText: change.text };
  if ('addWords' in change) {
    const end = change.addWords.words[change.after]?.range.end as number;
    return { range: { start: end, end }, newText: change.words.map((word) => ` ${word}`).join('') };
  }
  return removalOf(text, change.removeWords.words, change.from, change.to);
}

/** Without what is before or behind them on their line; a line on which nothing is left goes as a whole. */
function removalOf(text: string, words: readonly Word[], from: number, to: number): TextEdit | undefined {
  const removed = words.slice(from, to);
  const [first, last] = [removed[0], removed.at(-1)];
  if (!first || !last) return undefined;
  const [before, behind] = [words[from - 1], words[to]];
  let range = { start: before?.range.end ?? first.range.start, end: last.range.end };
  if (!before && behind) range = { start: first.range.start, end: behind.range.start };
  else if (!before) range = { start: lineStart(text, first.range.start), end: nextLine(text, last.range.end) };
  // A redirection, a comment or another command between the words would go with them.
  const visible = (written: string) => written.replaceAll(/[`^](?=[ \t]*\r?\n)|[\s\\]/g, '');
  const own = removed.map((word) => text.slice(word.range.start, word.range.end)).join('');
  return visible(text.slice(range.start, range.end)) === visible(own) ? { range, newText: '' } : undefined;
}

/** The words of a command as they are to be after changes. */
export function wordsAfter(command: CommandLine, changes: readonly WordChange[]): string[] {
  return command.words.flatMap(({ raw, range }, index) => {
    let text: string | undefined = raw;
    const added: string[] = [];
    for (const change of changes) {
      if ('removeWords' in change && change.removeWords === command) {
        if (change.from <= index && index < change.to) text = undefined;
      } else if ('addWords' in change && change.addWords === command) {
        if (change.after === index) added.push(...change.words);
      } else if ('replaceInWord' in change && change.replaceInWord === command && change.index === index) {
        const [from, to] = [change.range.start - range.start, change.range.end - range.start];
        text = raw.slice(0, from) + change.text + raw.slice(to);
      }
    }
    return [...(text === undefined ? [] : [text]), ...added];
  });
}
