import {
  type Diagnostic,
  DiagnosticSeverity,
  type Range as LspRange,
  type TextEdit as LspTextEdit,
} from 'vscode-languageserver/node';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { ConfigProblem, Finding, Range, RuleId, Severity, TextEdit } from '../../shared-rules/index.ts';

export const SOURCE = 'bulkhead';
/** The code of problems in a configuration. */
export const CONFIG_CODE = 'configuration';

const SEVERITY: Record<Severity, DiagnosticSeverity> = {
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
};

/** The only place where offsets become the protocol's positions. */
export function toLspRange(document: TextDocument, range: Range): LspRange {
  return { start: document.positionAt(range.start), end: document.positionAt(range.end) };
}

export function toLspEdit(document: TextDocument, { range, newText }: TextEdit): LspTextEdit {
  return { range: toLspRange(document, range), newText };
}

export function toDiagnostic(document: TextDocument, finding: Finding, pageOf: (rule: RuleId) => string): Diagnostic {
  return {
    range: toLspRange(document, finding.range),
    severity: SEVERITY[finding.severity],
    source: SOURCE,
    code: finding.rule,
    codeDescription: { href: pageOf(finding.rule) },
    message: finding.message,
    relatedInformation: finding.related.map(({ message, at }) => ({
      message,
      location: { uri: document.uri, range: toLspRange(document, at.range) },
    })),
  };
}

/** @param page the URI that opens the page about configurations */
export function toConfigDiagnostic(document: TextDocument, problem: ConfigProblem, page: string): Diagnostic {
  return {
    range: toLspRange(document, problem.range),
    severity: problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: SOURCE,
    code: CONFIG_CODE,
    codeDescription: { href: page },
    message: problem.message,
  };
}
