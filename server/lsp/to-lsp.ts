import {
  type Diagnostic,
  DiagnosticSeverity,
  type Range as LspRange,
  type TextEdit as LspTextEdit,
  type SnippetTextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConfigProblem, ProvenFix, Range, RuleId, Severity, TextEdit } from '../../shared-rules/index.ts';
import type { Positions } from '../places.ts';
import type { ShownFinding } from './published.ts';

/** A text that tells where an offset lies, and what it is called. */
export type Positioned = Positions & Pick<TextDocument, 'uri'>;

export const SOURCE = 'bulkhead';
/** The code of problems in a configuration. */
export const CONFIG_CODE = 'configuration';

const SEVERITY: Record<Severity, DiagnosticSeverity> = {
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
};

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

/**
 * @param pageOf the URI that opens a rule's page
 * @param linesOf the lines of other files that related places may stand in; a place in a file that is gone is left out
 */
export function toDiagnostic(
  { uri, places }: { readonly uri: string; readonly places: Positions },
  finding: ShownFinding,
  pageOf: (rule: RuleId) => string,
  linesOf: (uri: string) => Positions | undefined,
): Diagnostic {
  return {
    range: toLspRange(places, finding.range),
    severity: SEVERITY[finding.severity],
    source: SOURCE,
    code: finding.rule,
    codeDescription: { href: pageOf(finding.rule) },
    message: finding.message,
    relatedInformation: finding.related.flatMap(({ message, at, file }) => {
      const lines = file === undefined ? places : linesOf(file);
      return lines ? { message, location: { uri: file ?? uri, range: toLspRange(lines, at.range) } } : [];
    }),
  };
}

/** What stands for problems that are shown later. */
export function leftOut(count: number): Diagnostic {
  const start = { line: 0, character: 0 };
  const problems = count === 1 ? '1 more problem' : `${count} more problems`;
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: SOURCE,
    message: `${problems} of this file are listed as soon as you stop typing.`,
  };
}

/** @param page the URI that opens the page about configurations */
export function toConfigDiagnostic(document: Positioned, problem: ConfigProblem, page: string): Diagnostic {
  return {
    range: toLspRange(document, problem.range),
    severity: problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: SOURCE,
    code: CONFIG_CODE,
    codeDescription: { href: page },
    message: problem.message,
  };
}
