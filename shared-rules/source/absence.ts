import { isSeq } from 'yaml';
import { lineStart, type Range } from './text.ts';
import { type Field, UNKNOWN_CHARACTER, type Value } from './value.ts';

/**
 * What stands at the end of a chain of keys: a known value, surely nothing, or something that a template decides about.
 * Unlike `Value.at`, this tells what is missing from what cannot be seen.
 */
export type Known = Value | 'absent' | 'unknown';

export function lookUp(mapping: Value, ...names: readonly string[]): Known {
  let value = mapping;
  for (const name of names) {
    if (!value.isMapping) return 'unknown';
    const field = value.field(name);
    if (!field) return mayHoldMore(value) ? 'unknown' : 'absent';
    // An action that prints a block below its key leaves nothing there to see.
    if (field.value.isNull) return value.document.template ? 'unknown' : 'absent';
    if (field.value.isUnknown) return 'unknown';
    value = field.value;
  }
  return value;
}

export function isKnown(value: Known): value is Value {
  return typeof value === 'object';
}

/** Whether a template may add keys to a mapping, or items to a sequence, beside those that are written there. */
export function mayHoldMore(collection: Value): boolean {
  const { template } = collection.document;
  if (!template) return false;
  if (collection.shared || ownKeys(collection).some(({ name }) => name.includes(UNKNOWN_CHARACTER))) return true;
  const extent = extentOf(collection);
  const entries = entryRanges(collection);
  const start = collection.range.start;
  const column = start - lineStart(template.readings[0] as string, start);
  return template.suppliers.some((supplier) => {
    if (supplier.start < extent.start || supplier.start >= extent.end) return false;
    if (entries.some((entry) => entry.start <= supplier.start && supplier.start < entry.end)) return false;
    return supplier.column === undefined || supplier.column === column;
  });
}

/** From the key of a collection to whatever is written next outside of it. */
function extentOf(value: Value): Range {
  const { parent, document } = value;
  if (!parent) return document.range;
  const outer = extentOf(parent);
  const { start } = value.range;
  const starts = isSeq(parent.node) ? parent.items().map((item) => item.range.start) : ownKeys(parent).map(keyStart);
  const next = Math.min(outer.end, ...starts.filter((other) => other > start));
  const key = typeof value.key === 'string' ? parent.field(value.key) : undefined;
  return { start: Math.min(key?.range.end ?? start, start), end: next };
}

/** Where a collection's own entries are written; a key without a value reaches to the next line. */
function entryRanges(collection: Value): Range[] {
  if (isSeq(collection.node)) return collection.items().map((item) => item.range);
  return ownKeys(collection).map(({ range, value }) => ({ start: range.start, end: value.range.end }));
}

function ownKeys(mapping: Value): Field[] {
  return mapping.fields().filter(({ holder }) => holder === mapping.node);
}

function keyStart({ range }: Field): number {
  return range.start;
}
