import { isMap, isScalar, isSeq, type Node, Scalar, stringify } from 'yaml';

/** Data to write into a file. */
export type Plain = string | number | boolean | readonly Plain[] | { readonly [key: string]: Plain };

/** How a file is written, so that what is added looks like the rest. */
export interface FileStyle {
  /** Columns by which a mapping stands right of its key. */
  readonly indent: number;
  /** Whether the dashes of a sequence stand in the column of its key. */
  readonly flush: boolean;
  readonly quote: '"' | "'";
  readonly newline: '\n' | '\r\n';
  readonly isJson: boolean;
}

/** Looking at so many nodes is enough to know a file's habits. */
const ENOUGH = 2000;

/** The habits of a document. Where it shows none: two columns, indented sequences, double quotes. */
export function styleOf(text: string, root: Node | undefined): FileStyle {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const seen = { indent: 0, flush: undefined as boolean | undefined, single: 0, double: 0 };
  const open: unknown[] = [root];
  for (let count = 0; open.length > 0 && count < ENOUGH; count++) {
    const node = open.pop();
    if (isScalar(node)) {
      if (node.type === Scalar.QUOTE_SINGLE) seen.single++;
      if (node.type === Scalar.QUOTE_DOUBLE) seen.double++;
    }
    if (isSeq(node)) for (const item of node.items.toReversed()) open.push(item);
    if (!isMap(node)) continue;
    for (const pair of node.items.toReversed()) open.push(pair.value, pair.key);
    for (const { key, value } of node.items) {
      if (node.flow || !isBlock(value) || !isScalar(key)) continue;
      const distance = columnOf(text, value) - columnOf(text, key);
      if (isSeq(value)) seen.flush ??= distance === 0;
      else if (seen.indent === 0 && distance > 0) seen.indent = distance;
    }
  }
  return {
    indent: seen.indent || 2,
    flush: seen.flush ?? false,
    quote: seen.single > seen.double ? "'" : '"',
    newline,
    isJson:
      isMap(root) &&
      root.flow === true &&
      root.items.every(({ key }) => isScalar(key) && key.type === Scalar.QUOTE_DOUBLE),
  };
}

function isBlock(node: unknown): node is Node {
  return (isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0;
}

function columnOf(text: string, node: Node): number {
  const start = node.range?.[0] ?? 0;
  return start - (text.lastIndexOf('\n', start - 1) + 1);
}

/** Data as block YAML in a file's style, its lines behind `column` blanks; without a final newline. */
export function toBlock(data: Plain, style: FileStyle, column: number): string {
  const block = stringify(data, {
    version: '1.1',
    indent: style.indent,
    indentSeq: !style.flush,
    singleQuote: style.quote === "'",
    lineWidth: 0,
  });
  const blanks = ' '.repeat(column);
  return block
    .trimEnd()
    .split('\n')
    .map((line) => blanks + line)
    .join(style.newline);
}

/** Data on one line, as it stands in a flow collection. */
export function toFlow(data: Plain, style: FileStyle): string {
  const options = { version: '1.1', collectionStyle: 'flow', lineWidth: 0 } as const;
  const json = {
    defaultStringType: 'QUOTE_DOUBLE',
    defaultKeyType: 'QUOTE_DOUBLE',
    flowCollectionPadding: false,
  } as const;
  return stringify(data, { ...options, ...(style.isJson ? json : { singleQuote: style.quote === "'" }) }).trimEnd();
}
