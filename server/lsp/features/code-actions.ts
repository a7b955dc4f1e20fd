import {
  type CodeActionContext,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver/node';
import {
  ACTIONS_BUDGET,
  acceptFinding,
  type Finding,
  findingsAt,
  ProofBudget,
  type ProvenFix,
  provenFixes,
  type RuleId,
  safeFix,
} from '../../../shared-rules/index.ts';
import { plainText } from '../../sinks/editor.ts';
import type { Client } from '../client.ts';
import { SOURCE } from '../diagnostics/diagnostic.ts';
import type { LintedDocument } from '../documents/open-lint.ts';
import type { ShownAction } from '../editor-connection.ts';
import { toLspEdit, toLspSnippets } from '../to-lsp.ts';
import { documentEdit, repair } from './bulk-fix.ts';

export const QUICK_FIX = `${CodeActionKind.QuickFix}.bulkhead`;
export const ACCEPT = `${CodeActionKind.QuickFix}.suppressRule.bulkhead`;
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.bulkhead`;

/** What the client runs for repairs of many findings, whose edits are worth making only when somebody asks for them. */
export const FIX_COMMAND = 'bulkhead.fixRule';

/** What FIX_COMMAND is to repair: one rule's findings or all, in a file or everywhere, looked through by a person or not. */
export interface FixOrder {
  readonly rule?: RuleId;
  /** An open document; without it the workspace. */
  readonly uri?: string;
  readonly review: boolean;
}

/**
 * The code actions of a range: of very many findings in it those at its beginning, see `ProofBudget`. Every edit carries the document's version, so the editor refuses a stale one.
 * @param isElsewhere whether another file has findings of a rule
 * @param client what the editor can do with them
 */
export function codeActions(
  linted: LintedDocument,
  { range, context }: CodeActionParams,
  isElsewhere: (rule: RuleId) => boolean,
  client: Client,
): ShownAction[] {
  const toAction = (kind: string, fix: ProvenFix, diagnostic: Diagnostic | undefined): ShownAction => ({
    title: plainText(fix.title),
    kind,
    ...(diagnostic && { diagnostics: [diagnostic] }),
    ...(fix.safety === 'safe' && { isPreferred: true }),
    edit: {
      documentChanges: [
        documentEdit(
          linted,
          client.hasVersions && client.hasSnippets
            ? toLspSnippets(linted.document, fix)
            : fix.edits.map((edit) => toLspEdit(linted.document, edit)),
        ),
      ],
    },
  });
  const { document } = linted;
  const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
  const touched = findingsAt(linted.result, { start, end });
  const actions: ShownAction[] = [];
  const rules = new Set<RuleId>();
  const budget = new ProofBudget(ACTIONS_BUDGET);
  for (const finding of touched) {
    if (!budget.covers(linted.result, finding, 1)) break;
    const diagnostic = diagnosticOf(linted, finding, context.diagnostics);
    const proven = isWanted(context, QUICK_FIX) ? provenFixes(linted, finding) : [];
    const accept = isWanted(context, ACCEPT) ? acceptFinding(linted, finding) : undefined;
    actions.push(...proven.map((fix) => toAction(QUICK_FIX, fix, diagnostic)));
    if (proven.length > 0 && !rules.has(finding.rule))
      actions.push(...fixRuleActions(linted, finding.rule, isElsewhere(finding.rule), client));
    if (proven.length > 0) rules.add(finding.rule);
    if (accept) actions.push(toAction(ACCEPT, accept, diagnostic));
  }
  // AskedTopics for by name only: it looks at the whole file.
  if (context.only && isWanted(context, FIX_ALL)) actions.push(...fixAllAction(linted));
  return actions;
}

/** Whether an editor asks for a kind of action. */
export function isWanted({ only }: CodeActionContext, kind: string): boolean {
  return !only || only.some((one) => kind === one || kind.startsWith(`${one}.`));
}

/** The repair of every finding of a rule, in the file and in the workspace, where there is more than one. */
function fixRuleActions(
  { document, result }: LintedDocument,
  rule: RuleId,
  isElsewhere: boolean,
  { appliesEdits, canReview }: Client,
): ShownAction[] {
  if (!appliesEdits) return [];
  const inParts = result.parts.map(({ findings }) => findings.filter((finding) => finding.rule === rule).length);
  const isOften = inParts.reduce((sum, count) => sum + count, 0) > 1;
  const command = (title: string, order: FixOrder): ShownAction => ({
    title: plainText(title),
    kind: QUICK_FIX,
    command: { title: plainText(title), command: FIX_COMMAND, arguments: [order] },
  });
  const inFile = command(`Fix all of ${rule} in this file`, { rule, uri: document.uri, review: false });
  const inWorkspace = [
    command(`Fix all of ${rule} in the workspace`, { rule, review: false }),
    ...(canReview ? [command(`Fix all of ${rule} in the workspace, with review`, { rule, review: true })] : []),
  ];
  return [...(isOften ? [inFile] : []), ...(isElsewhere ? inWorkspace : [])];
}

/** The repair of all safe problems of a file. */
function fixAllAction(linted: LintedDocument): ShownAction[] {
  const edit = repair([linted], safeFix);
  return edit.documentChanges?.length ? [{ title: plainText('Fix all safe problems'), kind: FIX_ALL, edit }] : [];
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
