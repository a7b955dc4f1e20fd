import type { Range as LspRange, TextEdit as LspTextEdit, SnippetTextEdit } from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ProvenFix, Range, TextEdit } from '../../shared-rules/index.ts';
import type { Positions } from '../report/positions.ts';

/** A text that knows where an offset lies, and what it is called. */
export type Positioned = Positions & Pick<TextDocument, 'uri'>;

/** The only place where offsets become the protocol's positions. */
export function toLspRange(document: Positions, range: Range): LspRange {
  return { start: document.positionAt(range.start), end: document.positionAt(range.end) };
}

export function toLspEdit(document: Positions, { range, newText }: TextEdit): LspTextEdit {
  return { range: toLspRange(document, range), newText };
}

/** The edits of a fix, with the word selected that a person is to replace. */
export function toLspSnippets(
  document: Positions,
  { edits, placeholder }: ProvenFix,
): (LspTextEdit | SnippetTextEdit)[] {
  return edits.map((edit) => {
    const { range, newText } = toLspEdit(document, edit);
    const at = placeholder === undefined ? -1 : newText.lastIndexOf(placeholder);
    if (placeholder === undefined || at < 0) return { range, newText };
    const [before, behind] = [newText.slice(0, at), newText.slice(at + placeholder.length)].map(escaped);
    return { range, snippet: { kind: 'snippet', value: `${before}\${0:${escaped(placeholder)}}${behind}` } };
  });
}

/** A text as it stands in a snippet. */
function escaped(text: string): string {
  return text.replaceAll(/[\\$}]/g, '\\$&');
}
