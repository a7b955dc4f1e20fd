import { type Field, Value } from './value.ts';

/**
 * Fields that stand under other names: for the name that is asked for, the name or the path of names that is written. Null
 * where there is no such field.
 */
export type FieldNames = Readonly<Record<string, string | null>>;

/** A mapping whose fields are asked for by other names than it has. */
class RenamedValue extends Value {
  readonly #names: FieldNames;

  constructor({ tree, node, parent, key, shared }: Value, names: FieldNames) {
    super(tree, node, parent, key, shared);
    this.#names = names;
  }

  override field(name: string): Field | undefined {
    const written = this.#names[name];
    if (written === undefined) return super.field(name);
    const [first, ...rest] = written === null ? [] : written.split('.');
    return first === undefined
      ? undefined
      : rest.reduce<Field | undefined>((field, next) => field?.value.field(next), super.field(first));
  }
}

export function renamed(value: Value, names: FieldNames | undefined): Value {
  return names === undefined ? value : new RenamedValue(value, names);
}
