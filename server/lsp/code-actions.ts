import { type CodeAction, CodeActionKind, type CodeActionParams, type Diagnostic } from 'vscode-languageserver/node';
import {
  acceptFinding,
  type Finding,
  fixAll,
  type ProvenFix,
  provenFixes,
  safeFix,
  type TextEdit,
} from '../../shared-rules/index.ts';
import type { LintedDocument } from './files.ts';
import { SOURCE, toLspEdit } from './to-lsp.ts';

export const QUICK_FIX = `${CodeActionKind.QuickFix}.bulkhead`;
export const ACCEPT = `${CodeActionKind.QuickFix}.suppressRule.bulkhead`;
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.bulkhead`;

/** The code actions of a range. Every edit carries the document's version, so the editor refuses a stale one. */
export function codeActions(linted: LintedDocument, { range, context }: CodeActionParams): CodeAction[] {
  const isWanted = (kind: string) =>
    !context.only || context.only.some((only) => kind === only || kind.startsWith(`${only}.`));
  const actions: CodeAction[] = [];
  if (isWanted(QUICK_FIX) || isWanted(ACCEPT)) {
    const { document } = linted;
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const touched = linted.result.findings.filter(
      (finding) => finding.range.start <= end && start <= finding.range.end,
    );
    for (const finding of touched) {
      const diagnostic = diagnosticOf(linted, finding, context.diagnostics);
      if (isWanted(QUICK_FIX))
        actions.push(...provenFixes(linted, finding).map((fix) => toAction(linted, QUICK_FIX, fix, diagnostic)));
      const accept = isWanted(ACCEPT) ? acceptFinding(linted, finding) : undefined;
      if (accept) actions.push(toAction(linted, ACCEPT, accept, diagnostic));
    }
  }
  // Asked for by name only: it looks at the whole file.
  const edit =
    context.only && isWanted(FIX_ALL)
      ? fixAll(linted.path, linted.document.getText(), linted.settings, safeFix)
      : undefined;
  if (edit) actions.push({ title: 'Fix all safe problems', kind: FIX_ALL, edit: workspaceEdit(linted, [edit]) });
  return actions;
}

function toAction(
  linted: LintedDocument,
  kind: string,
  fix: ProvenFix,
  diagnostic: Diagnostic | undefined,
): CodeAction {
  return {
    title: fix.title,
    kind,
    ...(diagnostic && { diagnostics: [diagnostic] }),
    ...(fix.safety === 'safe' && { isPreferred: true }),
    edit: workspaceEdit(linted, fix.edits),
  };
}

function workspaceEdit({ document }: LintedDocument, edits: readonly TextEdit[]): NonNullable<CodeAction['edit']> {
  const textDocument = { uri: document.uri, version: document.version };
  return { documentChanges: [{ textDocument, edits: edits.map((edit) => toLspEdit(document, edit)) }] };
}

/** The editor's own diagnostic for a finding, so that the light bulb lists the action under it. */
function diagnosticOf(
  linted: LintedDocument,
  finding: Finding,
  diagnostics: readonly Diagnostic[],
): Diagnostic | undefined {
  const start = linted.document.positionAt(finding.range.start);
  return diagnostics.find(
    ({ source, code, range }) =>
      source === SOURCE &&
      code === finding.rule &&
      range.start.line === start.line &&
      range.start.character === start.character,
  );
}
