import type { InlayHint, InlayHintLabelPart, Location } from 'vscode-languageserver/node';
import { type KnownValue, type Range, valueHints } from '../../../shared-rules/index.ts';
import type { Positions } from '../../report/positions.ts';
import { type PlainText, plainText } from '../../sinks/editor.ts';
import type { LintedDocument } from '../documents/open-lint.ts';
import { toLspRange } from '../to-lsp.ts';

/** A hint as it may be shown. */
export interface ShownHint extends InlayHint {
  readonly label: (InlayHintLabelPart & { readonly value: PlainText; readonly tooltip: PlainText })[];
}

/** What files are called, and where their texts are. */
interface HintFiles {
  readonly nameOf: (file: string | undefined) => string;
  readonly positionsOf: (file: string | undefined) => Positions | undefined;
}

/** The values that a template of a chart reads, behind where it reads them. */
export function inlayHints(linted: LintedDocument, range: Range, { nameOf, positionsOf }: HintFiles): ShownHint[] {
  const { document } = linted;
  const locationOf = ({ at }: KnownValue): Location | undefined => {
    const positions = at && positionsOf(at.file);
    return at && positions && { uri: at.file ?? document.uri, range: toLspRange(positions, at.range) };
  };
  const placeOf = (value: KnownValue) => {
    const location = locationOf(value);
    return location ? `${nameOf(value.at?.file)}:${location.range.start.line + 1}` : value.environment;
  };
  return valueHints(linted, range).map(({ range: { end }, value, others }) => {
    const tooltip = [placeOf(value), ...others.map((other) => `${other.text} with ${other.environment}`)].join('; ');
    const location = locationOf(value);
    return {
      position: document.positionAt(end),
      label: [{ value: plainText(`= ${value.text}`), tooltip: plainText(tooltip), ...(location && { location }) }],
      paddingLeft: true,
    };
  });
}
