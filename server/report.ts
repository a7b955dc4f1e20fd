import { TextDocument } from 'vscode-languageserver-textdocument';
import { FACTS, type Finding, type Linted, provenFixes } from '../shared-rules/index.ts';

export const FORMATS = ['pretty', 'json'] as const;
export type Format = (typeof FORMATS)[number];

/** A checked text: what was found in it, and what turns offsets into lines. */
export interface Checked {
  readonly linted: Linted;
  readonly document: TextDocument;
}

export function toChecked(linted: Linted): Checked {
  return { linted, document: TextDocument.create(linted.path, 'yaml', 0, linted.result.manifest.text) };
}

/** A place in a file as people count: from 1, columns in UTF-16 units. */
export function positionAt(document: TextDocument, offset: number): { line: number; column: number; offset: number } {
  const { line, character } = document.positionAt(offset);
  return { line: line + 1, column: character + 1, offset };
}

/** What could not be done with a checked text, as sentences; `isFailure` for what is Bulkhead's own fault. */
export function complaintsAbout({ linted, document }: Checked): { message: string; isFailure: boolean }[] {
  const { path: file, result } = linted;
  const { problems, failures } = result;
  return [
    ...problems.slice(0, 1).map((problem) => {
      const { line, column } = positionAt(document, problem.range.start);
      const message = `${file}:${line}:${column}: not valid YAML (${problem.message}); the rest of the file was checked.`;
      return { message, isFailure: false };
    }),
    ...failures.map(({ part, error }) => ({
      message: `the ${part} failed in ${file} and was left out there: ${String(error)}`,
      isFailure: true,
    })),
  ];
}

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Findings as JSON, for other programs. */
export function toJson(findings: readonly (readonly [Checked, Finding])[]): string {
  return `${JSON.stringify(
    findings.map(([checked, finding]) => findingToJson(checked, finding)),
    undefined,
    2,
  )}\n`;
}

function findingToJson({ linted, document }: Checked, finding: Finding): object {
  const { kind, name, namespace } = finding.subject;
  const range = ({ start, end }: { start: number; end: number }) => ({
    start: positionAt(document, start),
    end: positionAt(document, end),
  });
  return {
    rule: finding.rule,
    severity: finding.severity,
    message: finding.message,
    file: linted.path,
    range: range(finding.range),
    subject: { kind, name, namespace: namespace ?? null, path: finding.path },
    related: finding.related.map(({ message, at }) => ({ message, path: at.path, range: range(at.range) })),
    fixes: provenFixes(linted, finding).map(({ title, safety }) => ({ title, safety })),
    aliases: FACTS[finding.rule].aliases,
  };
}
