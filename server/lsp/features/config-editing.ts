import {
  type CodeActionParams,
  type CompletionItem,
  CompletionItemKind,
  type Position,
} from 'vscode-languageserver/node';
import { explain, readConfig, suggest } from '../../../shared-rules/index.ts';
import { plainText } from '../../sinks/editor.ts';
import { ownMarkdown } from '../../sinks/markdown.ts';
import { CONFIG_CODE } from '../diagnostics/diagnostic.ts';
import type { LinedText } from '../documents/open-text.ts';
import type { ShownAction, ShownHover } from '../editor-connection.ts';
import type { Pages } from '../pages.ts';
import { toLspEdit, toLspRange } from '../to-lsp.ts';
import { isWanted, QUICK_FIX } from './code-actions.ts';

/** What may stand at a place of a configuration, in the order of its documentation. */
export function configCompletion(document: LinedText, position: Position): CompletionItem[] {
  return suggest(document.getText(), document.offsetAt(position)).map(
    ({ kind, name, newText, range, description }, index) => ({
      label: name,
      kind: kind === 'key' ? CompletionItemKind.Property : CompletionItemKind.EnumMember,
      documentation: { kind: 'markdown', value: description },
      sortText: String(index).padStart(3, '0'),
      textEdit: toLspEdit(document, { range, newText }),
    }),
  );
}

/** What a key or value of a configuration means; the page of a rule. */
export function configHover(document: LinedText, position: Position, pages: Pages): ShownHover | undefined {
  const explanation = explain(document.getText(), document.offsetAt(position));
  if (!explanation) return undefined;
  const { rule, description, range } = explanation;
  const value = rule ? pages.forHover(rule) : ownMarkdown(description);
  return { contents: { kind: 'markdown', value }, range: toLspRange(document, range) };
}

/** Puts in the place of a misspelt name the one that was probably meant. */
export function configActions(document: LinedText, { range, context }: CodeActionParams): ShownAction[] {
  if (!isWanted(context, QUICK_FIX)) return [];
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const { uri, version } = document;
  return readConfig(document.getText(), undefined).problems.flatMap((problem) => {
    const { replacement, range } = problem;
    if (replacement === undefined || range.start > end || start > range.end) return [];
    const diagnostics = context.diagnostics.filter(
      ({ code, message }) => code === CONFIG_CODE && message === plainText(problem.message),
    );
    const edits = [toLspEdit(document, { range, newText: replacement })];
    return {
      title: plainText(`Replace with ${replacement}`),
      kind: QUICK_FIX,
      isPreferred: true,
      diagnostics,
      edit: { documentChanges: [{ textDocument: { uri, version }, edits }] },
    };
  });
}
