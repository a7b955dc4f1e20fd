import {
  type FactQueries,
  type Linted,
  type LintSettings,
  lint,
  lintPackedChart,
} from '../../../shared-rules/index.ts';
import { hash } from '../hash.ts';
import { isPackedChart, unpackChart } from '../packed-chart.ts';
import { decode, isMissing, type Refused, readBytes, withoutMark } from '../read-file.ts';
import type { Order } from './order.ts';

/** A file that was linted, and the hash of the content it had. */
export interface LintedFile extends Linted {
  readonly content: string;
}

/**
 * Lints a file as it lies on disk, or the text that stands for it, without its byte order mark: the one way in which a file
 * is linted that no editor holds. Never throws.
 */
export function lintFile(
  { file, path, text, links }: Pick<Order, 'file' | 'path' | 'text' | 'links'>,
  settings: LintSettings,
  queries: FactQueries,
): LintedFile | Refused {
  if (text === undefined && isPackedChart(path)) return lintPackage({ file, path, links }, settings, queries);
  const bytes = text === undefined ? readBytes(file, { links }) : Buffer.from(text);
  if ('refused' in bytes) return bytes;
  const read = text === undefined ? decode(bytes) : { text };
  if ('refused' in read) return read;
  const result = lint(path, withoutMark(read.text), settings, queries);
  return { path, settings, result, queries, content: hash(bytes) };
}

/** A packed chart that is there and cannot be read says so to the chart that depends on it. */
function lintPackage(
  { file, path, links }: Pick<Order, 'file' | 'path' | 'links'>,
  settings: LintSettings,
  queries: FactQueries,
): LintedFile | Refused {
  const bytes = readBytes(file, { links });
  const isRead = !('refused' in bytes);
  if (!isRead && isMissing(bytes)) return bytes;
  const result = lintPackedChart(path, isRead ? unpackChart(bytes) : bytes, settings);
  return { path, settings, result, queries, content: hash(isRead ? bytes : bytes.refused) };
}
