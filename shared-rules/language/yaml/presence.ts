import { remembered } from '../remembered.ts';
import { extentOf, gapBehind, type Insertion, insertionsBetween } from '../template/insertions.ts';
import { lineEnd, lineStart } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';
import type { Field, Value } from './value.ts';

/** What is known of a place in a file: what stands there, that nothing does, or neither, because a template decides. */
export type Presence = Value | 'absent' | 'unknown';

export function isWritten(known: Presence): known is Value {
  return typeof known === 'object';
}

/** Looks along a chain of keys. `Value.at` does not tell what is absent from what is unknown. */
export function lookUp(from: Value, ...names: readonly string[]): Presence {
  let value = from;
  for (const name of names) {
    const field = value.field(name);
    if (!field) return value.isMapping && !mayGain(value, name) ? 'absent' : 'unknown';
    if (field.value.isNull) return isFilled(field) ? 'unknown' : 'absent';
    value = field.value;
  }
  return value.isUnknown ? 'unknown' : value;
}

/** The items of a list; undefined where there may be others. */
export function knownItems(list: Presence): readonly Value[] | undefined {
  if (list === 'absent') return [];
  if (list === 'unknown' || !list.isSequence || mayGain(list)) return undefined;
  const items = list.items();
  return items.some((item) => item.isUnknown) ? undefined : items;
}

/** The fields of a mapping; undefined where there may be others, or one of them has no known text. */
export function knownTexts(mapping: Presence): Readonly<Record<string, string>> | undefined {
  if (mapping === 'absent') return {};
  if (mapping === 'unknown' || !mapping.isMapping || mayGain(mapping)) return undefined;
  const texts = mapping.fields().map(({ name, value }) => [name, value.isNull ? '' : value.text] as const);
  return texts.some(([, text]) => text === undefined)
    ? undefined
    : (Object.fromEntries(texts) as Record<string, string>);
}

/** Whether something is part of the output whatever a template's values are. */
export function isUnconditional({ document, span }: Value): boolean {
  return document.conditionsAround(span).length === 0;
}

/**
 * Whether something is part of the output wherever a place is. Where a template decides about one of them alone, they
 * may well exclude each other.
 */
export function isSureBeside(place: Field, other: Field): boolean {
  const conditions = place.value.document.conditionsAround(place.span);
  return other.value.document.conditionsAround(other.span).every((condition) => conditions.includes(condition));
}

/** Whether a template may print a key into a mapping, or an item into a sequence, that is not written there. */
export function mayGain(collection: Value, name?: string): boolean {
  const { mayHaveUnknowns, insertions } = collection.document;
  if (!mayHaveUnknowns && insertions.length === 0) return false;
  return (
    isOpen(collection) || insertionsInto(collection).some(({ key }) => [name, key].includes(undefined) || key === name)
  );
}

/** Whether a template may print anything at all into a collection. */
const isOpen = remembered((collection: Value): boolean => {
  const { document } = collection;
  const isUnknown = (field: Field) => field.name.includes(UNKNOWN_CHARACTER);
  if (document.mayHaveUnknowns && collection.fields().some(isUnknown)) return true;
  return document.insertions.length > 0 && isBegunByAction(collection);
});

/** Where a template prints entries that may be a collection's. */
const insertionsInto = remembered(({ document, span: range, isSequence }: Value): readonly Insertion[] => {
  const { insertions, text } = document;
  if (insertions.length === 0) return [];
  const column = range.start - lineStart(text, range.start);
  const isFlow = /[[{]/.test(text[range.start] ?? '');
  const extent = isFlow ? range : extentOf(text, range.start, column, isSequence);
  return insertionsBetween(insertions, extent).filter(({ column: own }) => isFlow || own === column);
});

/** Whether an action on the line of its key prints the first entries of a collection. */
function isBegunByAction({ key, parent, document, span: range }: Value): boolean {
  const field = typeof key === 'string' ? parent?.field(key) : undefined;
  if (!field || field.span.end > range.start) return false;
  const end = lineEnd(document.text, field.span.end);
  return insertionsBetween(document.insertions, { start: field.span.end, end }).length > 0;
}

/** Whether a template prints the value of a key that has none written. */
function isFilled({ span: range, value }: Field): boolean {
  const { insertions, text } = value.document;
  const column = range.start - lineStart(text, range.start);
  const gap = gapBehind(text, range.end);
  return insertionsBetween(insertions, gap).some(({ column: own }) => own >= column);
}
