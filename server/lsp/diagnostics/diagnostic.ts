import { DiagnosticSeverity } from 'vscode-languageserver/node';
import type { ConfigProblem, Finding, LintResult, RuleId, Severity } from '../../../shared-rules/index.ts';
import type { Positions } from '../../report/positions.ts';
import { plainText } from '../../sinks/editor.ts';
import type { ShownDiagnostic } from '../editor-connection.ts';
import { type Positioned, toLspRange } from '../to-lsp.ts';

/** What of a finding an editor shows. */
export type ShownFinding = Pick<Finding, 'rule' | 'severity' | 'message' | 'range' | 'related'>;

export const SOURCE = 'bulkhead';
/** The code of problems in a configuration. */
export const CONFIG_CODE = 'configuration';

/** The code of what a file could not be put together with. */
const MISSING_CODE = 'not-judged';

/** What a file could not be put together with, and where it says so. */
export type MissingPart = Pick<LintResult['unassembled'][number], 'range' | 'message'>;

const SEVERITY: Record<Severity, DiagnosticSeverity> = {
  high: DiagnosticSeverity.Error,
  medium: DiagnosticSeverity.Warning,
  low: DiagnosticSeverity.Information,
};

/**
 * @param pageOf the URI that opens a rule's page
 * @param linesOf the lines of other files that related places may stand in; a place in a file that is gone is left out
 */
export function toDiagnostic(
  { uri, places }: { readonly uri: string; readonly places: Positions },
  finding: ShownFinding,
  pageOf: (rule: RuleId) => string,
  linesOf: (uri: string) => Positions | undefined,
): ShownDiagnostic {
  return {
    range: toLspRange(places, finding.range),
    severity: SEVERITY[finding.severity],
    source: SOURCE,
    code: finding.rule,
    codeDescription: { href: pageOf(finding.rule) },
    message: plainText(finding.message),
    relatedInformation: finding.related.flatMap(({ message, at, file }) => {
      const lines = file === undefined ? places : linesOf(file);
      return lines
        ? { message: plainText(message), location: { uri: file ?? uri, range: toLspRange(lines, at.range) } }
        : [];
    }),
  };
}

/** What a file could not be put together with. */
export function toMissingDiagnostic(places: Positions, { range, message }: MissingPart): ShownDiagnostic {
  return {
    range: toLspRange(places, range),
    severity: DiagnosticSeverity.Information,
    source: SOURCE,
    code: MISSING_CODE,
    message: plainText(message),
  };
}

/** What stands for problems that are shown later. */
export function leftOut(count: number): ShownDiagnostic {
  const start = { line: 0, character: 0 };
  const problems = count === 1 ? '1 more problem' : `${count} more problems`;
  return {
    range: { start, end: start },
    severity: DiagnosticSeverity.Information,
    source: SOURCE,
    message: plainText(`${problems} of this file are listed as soon as you stop typing.`),
  };
}

/** @param page the URI that opens the page about configurations */
export function toConfigDiagnostic(document: Positioned, problem: ConfigProblem, page: string): ShownDiagnostic {
  return {
    range: toLspRange(document, problem.range),
    severity: problem.severity === 'error' ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: SOURCE,
    code: CONFIG_CODE,
    codeDescription: { href: page },
    message: plainText(problem.message),
  };
}
