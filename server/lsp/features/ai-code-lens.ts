import type { Location } from 'vscode-languageserver/node';
import { aiWorkloads } from '../../../shared-rules/index.ts';
import { lensText } from '../../sinks/editor.ts';
import type { LintedDocument } from '../documents/open-lint.ts';
import type { ShownLens } from '../editor-connection.ts';
import { toLspRange } from '../to-lsp.ts';
import { aiLensTitle } from './ai-hover.ts';

/**
 * A line above every AI workload that says so.
 * @param command what shows places in the editor: it is given a URI, a position and locations
 */
export function aiCodeLenses(linted: LintedDocument, command: string): ShownLens[] {
  const { document } = linted;
  return aiWorkloads(linted).flatMap((workload) => {
    const title = aiLensTitle(workload);
    if (!title) return [];
    const range = toLspRange(document, workload.name.range);
    const places: Location[] = workload.classification.signals.map(({ at }) => ({
      uri: document.uri,
      range: toLspRange(document, at.range),
    }));
    return { range, command: { title: lensText(title), command, arguments: [document.uri, range.start, places] } };
  });
}
