import { isMap, isPair, isScalar, isSeq, type Node, Scalar } from 'yaml';
import type { Settled } from './settle.ts';
import type { Plain } from './style.ts';
import { FALSE, NULL, TRUE } from './value.ts';

/**
 * A plain image of a tree, for comparison: order, duplicate keys, tags, anchors and aliases are part of it; comments,
 * layout and quotes without a meaning are not. With `settled`, the image of the tree after these changes.
 */
export function snapshotOf(node: unknown, settled?: Settled): unknown {
  if (isPair(node)) return [snapshotOf(node.key, settled), snapshotOf(node.value, settled)];
  const added = settled?.added.get(node as Node)?.data;
  if (isScalar(node)) {
    // Nothing, written as such, may become a mapping.
    if (added !== undefined) return snapshotOfData(added);
    const replaced = settled?.replaced.get(node as Node);
    const text = replaced?.text ?? String(node.value);
    const isPlain = node.type === Scalar.PLAIN || replaced?.isPlain;
    return [propertiesOf(node), isAmbiguous(text) && isPlain ? 'plain' : 'text', text];
  }
  if (!isMap(node) && !isSeq(node)) return node === null ? null : `*${(node as { source?: string }).source}`;
  const removed = settled?.removed.get(node as Node)?.indexes;
  const kept = (node.items as unknown[]).filter((_, index) => !removed?.has(index));
  const [, kind, ...more] = added === undefined ? [] : (snapshotOfData(added) as unknown[]);
  return [
    propertiesOf(node),
    kind ?? (isMap(node) ? 'mapping' : 'sequence'),
    ...kept.map((item) => snapshotOf(item, settled)),
    ...more,
  ];
}

/** The image of data as it will be once it is written. */
export function snapshotOfData(data: Plain): unknown {
  if (Array.isArray(data)) return [' ', 'sequence', ...data.map(snapshotOfData)];
  if (typeof data === 'object') {
    return [
      ' ',
      'mapping',
      ...Object.entries(data).map(([key, value]) => [snapshotOfData(key), snapshotOfData(value)]),
    ];
  }
  return [' ', typeof data !== 'string' ? 'plain' : 'text', String(data)];
}

function propertiesOf(node: { anchor?: string; tag?: string }): string {
  return `${node.anchor ?? ''} ${node.tag ?? ''}`;
}

/** Numbers in YAML 1.1's widest reading (decimal, binary, octal, hexadecimal, with exponent, sexagesimal), and dates. */
const NUMBER =
  /^[-+]?(?:0b[01_]+|0x[\da-f_]+|0o[0-7_]+|\d[\d_]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|\.\d[\d_]*(?:e[-+]?\d+)?|\d+(?::[0-5]?\d)+(?:\.\d*)?|\.inf|\.nan|\d{4}-\d\d?-\d\d?.*)$/i;

/** Whether a plain scalar of this text is, or may be, something else than text. */
function isAmbiguous(text: string): boolean {
  return TRUE.test(text) || FALSE.test(text) || NULL.test(text) || NUMBER.test(text);
}
