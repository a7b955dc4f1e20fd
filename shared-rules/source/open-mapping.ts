import type { Template } from './template.ts';
import type { Value } from './value.ts';

/**
 * Whether a template may print more into a mapping or list than is written, so that what seems absent may be there. An
 * action behind its last line counts: only the printed text tells how deep it stands.
 */
export function mayHoldMore(value: Value, template: Template | undefined): boolean {
  if (!template) return false;
  const end = startOfNext(value);
  return template.insertions.some((action) => value.range.start <= action.start && action.start < end);
}

/** Where the next key or item behind a value begins, its ancestors' included. */
function startOfNext(value: Value): number {
  const { parent, key } = value;
  if (!parent) return value.document.range.end;
  const starts =
    typeof key === 'number'
      ? parent.items().map(({ range }) => range.start)
      : parent.fields().map(({ range }) => range.start);
  const next = Math.min(...starts.filter((start) => start > value.range.start));
  return Number.isFinite(next) ? next : startOfNext(parent);
}
