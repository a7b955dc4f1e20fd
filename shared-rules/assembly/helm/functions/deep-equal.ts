import { type Data, type Dict, typeName } from '../../../language/go-template/data.ts';

const MAX_DEPTH = 200;

/** Counts the values that are looked at; throws when they are too many. */
export type Spend = (steps: number) => void;

/** For values that are read from files, whose size is bounded. */
export const FREE: Spend = () => {};

/** Go's `reflect.DeepEqual`: of the same types, and the same all the way down. */
export function deepEqual(one: Data, other: Data, spend: Spend, depth = 0): boolean {
  if (one === other) return true;
  spend(1);
  if (depth > MAX_DEPTH || typeName(one) !== typeName(other)) return false;
  switch (one.kind) {
    case 'nil':
      return other.kind === 'nil';
    case 'text':
    case 'bytes':
      return other.kind === one.kind && other.rope.text === one.rope.text;
    case 'list':
      return (
        other.kind === 'list' &&
        other.items.length === one.items.length &&
        one.items.every((item, index) => deepEqual(item, other.items[index] as Data, spend, depth + 1))
      );
    case 'dict':
      return (
        other.kind === 'dict' && other.entries.size === one.entries.size && hasSameEntries(one, other, spend, depth)
      );
    case 'struct':
      return other.kind === 'struct' && one.text !== undefined && other.text === one.text;
    case 'unknown':
      return false;
    default:
      return 'value' in other && other.value === one.value;
  }
}

function hasSameEntries(one: Dict, other: Dict, spend: Spend, depth: number): boolean {
  return [...one.entries].every(([key, { value }]) => {
    const found = other.entries.get(key);
    return found !== undefined && deepEqual(value, found.value, spend, depth + 1);
  });
}
