import type {
  AnnotatedTextEdit,
  ChangeAnnotation,
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { applyEdits, chooseFixes, editBetween, type FixChoice, fixAll } from '../../../shared-rules/index.ts';
import { plainText } from '../../sinks/editor.ts';
import type { Client } from '../client.ts';
import type { LintedDocument } from '../documents/open-lint.ts';
import { toLspEdit, toLspRange } from '../to-lsp.ts';

/** The repair of several files as one change. Empty when there is nothing to repair. */
export function repair(files: readonly LintedDocument[], choose: FixChoice): WorkspaceEdit {
  return {
    documentChanges: files.flatMap((file) => {
      const edit = fixAll(file, choose);
      return edit ? documentEdit(file, [toLspEdit(file.document, edit)]) : [];
    }),
  };
}

/**
 * The same for a person to look through: every fix can be accepted or left out by itself. One that has several places is
 * one edit over all of them, so that nobody accepts half of it; it is left for another time where it would cross another.
 */
export function repairWithReview(files: readonly LintedDocument[], choose: FixChoice): WorkspaceEdit {
  const documentChanges: TextDocumentEdit[] = [];
  const changeAnnotations: Record<string, ChangeAnnotation> = {};
  for (const file of files) {
    const edits: AnnotatedTextEdit[] = [];
    const text = file.document.getText();
    let end = -1;
    for (const { finding, fix } of chooseFixes(file, choose)) {
      const edit = editBetween(text, applyEdits(text, fix.edits));
      if (!edit || edit.range.start <= end) continue;
      end = edit.range.end;
      const annotationId = `fix ${Object.keys(changeAnnotations).length + 1}`;
      const { line } = toLspRange(file.document, finding.range).start;
      const description = `${finding.rule}, line ${line + 1}`;
      changeAnnotations[annotationId] = { label: plainText(fix.title), description, needsConfirmation: true };
      edits.push({ ...toLspEdit(file.document, edit), annotationId });
    }
    if (edits.length > 0) documentChanges.push(documentEdit(file, edits));
  }
  return { documentChanges, changeAnnotations };
}

/** Edits of a document in the version they were made for; a file that is not open has none. */
export function documentEdit(
  { document, isOpen }: LintedDocument,
  edits: (TextEdit | SnippetTextEdit)[],
): TextDocumentEdit {
  return { textDocument: { uri: document.uri, version: isOpen ? document.version : null }, edits };
}

/** The change as a client takes it: one that knows no versions is given the edits of each file. */
export function editFor({ hasVersions }: Client, edit: WorkspaceEdit): WorkspaceEdit {
  if (hasVersions) return edit;
  const documents = (edit.documentChanges ?? []) as TextDocumentEdit[];
  return {
    changes: Object.fromEntries(documents.map(({ textDocument, edits }) => [textDocument.uri, edits])) as never,
  };
}
