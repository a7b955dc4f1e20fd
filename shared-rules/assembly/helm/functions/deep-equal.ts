import { type Data, typeName } from '../../../language/go-template/data.ts';

const MAX_DEPTH = 200;

/** Go's `reflect.DeepEqual`: of the same types, and the same all the way down. */
export function deepEqual(one: Data, other: Data, depth = 0): boolean {
  if (one === other) return true;
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
        one.items.every((item, index) => deepEqual(item, other.items[index] as Data, depth + 1))
      );
    case 'dict':
      return other.kind === 'dict' && other.entries.size === one.entries.size && hasSameEntries(one, other, depth);
    case 'struct':
      return other.kind === 'struct' && one.text !== undefined && other.text === one.text;
    case 'unknown':
      return false;
    default:
      return 'value' in other && other.value === one.value;
  }
}

function hasSameEntries(one: Data & { kind: 'dict' }, other: Data & { kind: 'dict' }, depth: number): boolean {
  return [...one.entries].every(([key, { value }]) => {
    const found = other.entries.get(key);
    return found !== undefined && deepEqual(value, found.value, depth + 1);
  });
}
