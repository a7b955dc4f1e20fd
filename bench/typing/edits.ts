import type { Range } from 'vscode-languageserver/node';
import { Random } from '../random.ts';

export const EDIT_KINDS = ['value', 'quote', 'key', 'indent', 'line'] as const;
export type EditKind = (typeof EDIT_KINDS)[number];

export interface Change {
  readonly range: Range;
  readonly text: string;
}

/** A keystroke, or a line that is pasted, and what takes it back. */
export interface Edit {
  readonly kind: EditKind;
  readonly change: Change;
  readonly undo: Change;
}

/** A line that holds a key and a plain value: what stands before the key, the key, the value. */
const FIELD = /^(\s*(?:- )*)([\w./-]+): (\w\S*)$/;

/**
 * So many edits of a text, the kinds in turn and the places at random, the same for the same text and seed. Each is meant
 * for the text as it is at first.
 */
export function planEdits(text: string, count: number, seed: number): Edit[] {
  const random = new Random(seed);
  const fields = text.split('\n').flatMap((line, number) => {
    const field = FIELD.exec(line);
    return field ? { line, number, before: field[1] ?? '', key: field[2] ?? '' } : [];
  });
  const edit = (kind: EditKind): Edit => {
    const { line, number, before, key } = random.pick(fields);
    const keyEnd = before.length + key.length;
    const [character, inserted] = {
      value: [line.length, 'x'] as const,
      quote: [keyEnd + 2, '"'] as const,
      key: [keyEnd, 'x'] as const,
      indent: [0, ' '] as const,
      line: [0, `${before.replaceAll('-', ' ')}added: value\n`] as const,
    }[kind];
    return insertion(kind, number, character, inserted);
  };
  return Array.from({ length: count }, (_, index) => edit(EDIT_KINDS[index % EDIT_KINDS.length] as EditKind));
}

function insertion(kind: EditKind, line: number, character: number, text: string): Edit {
  const start = { line, character };
  const end = text.endsWith('\n') ? { line: line + 1, character: 0 } : { line, character: character + text.length };
  return { kind, change: { range: { start, end: start }, text }, undo: { range: { start, end }, text: '' } };
}
