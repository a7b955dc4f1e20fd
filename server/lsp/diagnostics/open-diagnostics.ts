import { contains, type Finding, findingInFile, type LintedPart, SEVERITIES } from '../../../shared-rules/index.ts';
import type { OpenDocument } from '../documents/open-lint.ts';
import type { ShownDiagnostic } from '../editor-connection.ts';

/** A finding of a part, and which part that is. */
interface Located {
  readonly part: number;
  readonly finding: Finding;
}

type ToDiagnostic = (document: OpenDocument['document'], finding: Finding) => ShownDiagnostic;

/** The diagnostics of open documents. What stands in the lines it stood in is made once. */
export class OpenDiagnostics {
  readonly #toDiagnostic: ToDiagnostic;
  readonly #made = new WeakMap<Finding, { readonly line: number; readonly diagnostic: ShownDiagnostic }>();

  constructor(toDiagnostic: ToDiagnostic) {
    this.#toDiagnostic = toDiagnostic;
  }

  /** All of a document's, in the order of the text. */
  all(linted: OpenDocument): ShownDiagnostic[] {
    const { parts } = linted.result;
    const found = parts.flatMap(({ findings }, part) => findings.map((finding) => ({ part, finding })));
    return found.map((located) => this.#diagnosticOf(located, linted));
  }

  /**
   * Those that matter while somebody types: what stands about the edit, where it is looked at, and the most severe of all
   * others. @returns at most so many, and how many are left
   */
  some(linted: OpenDocument, most: number): { diagnostics: ShownDiagnostic[]; left: number } {
    const { parts } = linted.result;
    const count = parts.reduce((sum, { findings }) => sum + findings.length, 0);
    if (count <= most) return { diagnostics: this.all(linted), left: 0 };
    const found = new Map<Finding, number>();
    const take = (located: Iterable<Located>, until: number) => {
      for (const { part, finding } of located) {
        if (found.size >= until) return;
        found.set(finding, part);
      }
    };
    take(nearest(parts, linted.result.changed), most / 2);
    take(mostSevere(parts), most);
    const diagnostics = [...found].map(([finding, part]) => this.#diagnosticOf({ part, finding }, linted));
    return { diagnostics, left: count - found.size };
  }

  #diagnosticOf({ part: index, finding }: Located, { document, result }: OpenDocument): ShownDiagnostic {
    const part = result.parts[index] as LintedPart;
    const { line } = document.positionAt(part.start);
    const known = this.#made.get(finding);
    if (known?.line === line) return known.diagnostic;
    const inFile = findingInFile(finding, part.start);
    const diagnostic = this.#toDiagnostic(document, inFile);
    if (staysInPart(inFile, part)) this.#made.set(finding, { line, diagnostic });
    return diagnostic;
  }
}

type LintedParts = OpenDocument['result']['parts'];

/** The findings of a part, then those of its neighbours, and so on outwards. */
function* nearest(parts: LintedParts, center: number): Iterable<Located> {
  for (let distance = 0; distance < parts.length; distance++)
    for (const part of new Set([center - distance, center + distance]))
      for (const finding of parts[part]?.findings ?? []) yield { part, finding };
}

function* mostSevere(parts: LintedParts): Iterable<Located> {
  for (const severity of SEVERITIES)
    for (const [part, { findings }] of parts.entries())
      for (const finding of findings) if (finding.severity === severity) yield { part, finding };
}

/** Whether all that a finding refers to moves with the part it is in. */
function staysInPart({ related }: Finding, { start, manifest }: LintedPart): boolean {
  const part = { start, end: start + manifest.text.length };
  return related.every(({ at, file }) => file === undefined && contains(part, at.range));
}
