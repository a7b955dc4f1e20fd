import { compareStrings, type Data, typeName } from './data.ts';
import { printed } from './format.ts';
import { TemplateError } from './template-error.ts';

/** What a value is compared as; a struct, list, map or nil is nothing. */
type Basic = 'bool' | 'int' | 'uint' | 'float' | 'string' | undefined;

function basicKind(data: Data): Basic {
  switch (data.kind) {
    case 'bool':
    case 'float':
      return data.kind;
    case 'int':
      return data.type.startsWith('uint') ? 'uint' : 'int';
    case 'text':
      return 'string';
    default:
      return undefined;
  }
}

/**
 * Go's `eq` of two values.
 * @throws TemplateError where they cannot be compared
 */
export function equal(one: Data, other: Data): boolean {
  const [kind, otherKind] = [basicKind(one), basicKind(other)];
  if (kind === otherKind) return kind === undefined ? equalOthers(one, other) : plain(one) === plain(other);
  if (isWhole(kind) && isWhole(otherKind)) return plain(one) === plain(other);
  if (one.kind !== 'nil' && other.kind !== 'nil') throw incompatible(one, other);
  return false;
}

function equalOthers(one: Data, other: Data): boolean {
  if (one.kind === 'nil' || other.kind === 'nil') return one.kind === other.kind;
  if (groupOf(one) !== groupOf(other))
    throw new TemplateError(
      `non-comparable types ${shown(one)}: ${typeName(one)}, ${typeName(other)}: ${shown(other)}`,
    );
  if (one.kind === 'struct') return one === other;
  throw new TemplateError(`non-comparable type ${shown(other)}: ${typeName(other)}`);
}

function shown(data: Data): string {
  return printed(data).text;
}

function groupOf({ kind }: Data): string {
  return kind === 'bytes' ? 'list' : kind;
}

function isWhole(kind: Basic): boolean {
  return kind === 'int' || kind === 'uint';
}

function plain(data: Data): unknown {
  if (data.kind === 'text') return data.rope.text;
  return 'value' in data ? data.value : undefined;
}

function incompatible(one: Data, other: Data): TemplateError {
  return new TemplateError(`incompatible types for comparison: ${typeName(one)} and ${typeName(other)}`);
}

/**
 * Go's `lt` of two values.
 * @throws TemplateError where they have no order
 */
export function less(one: Data, other: Data): boolean {
  const [kind, otherKind] = [basicKind(one), basicKind(other)];
  if (kind === undefined || otherKind === undefined) throw new TemplateError('invalid type for comparison');
  const isComparable = kind === otherKind || (isWhole(kind) && isWhole(otherKind));
  if (!isComparable) throw incompatible(one, other);
  if (kind === 'bool') throw new TemplateError('invalid type for comparison');
  if (one.kind === 'text' && other.kind === 'text') return compareStrings(one.rope.text, other.rope.text) < 0;
  return (plain(one) as number) < (plain(other) as number);
}
