import { Field, Value } from './value.ts';

/** A field that says in another way what the one that is asked for says. */
export interface FieldMeaning {
  /** The path of names that is written. */
  readonly at: string;
  /** The names of the fields of each of its items, or of the one mapping that is written in the place of a list. */
  readonly items?: FieldNames;
  /** The text that stands for true; any other stands for false. */
  readonly meansTrue?: string;
}

/**
 * Fields that stand under other names: for the name that is asked for, the name or the path of names that is written, or
 * what else is to be known of it. Null where there is no such field.
 */
export interface FieldNames {
  readonly [name: string]: string | null | FieldMeaning;
}

/** A mapping whose fields are asked for by other names than it has. */
class RenamedValue extends Value {
  readonly #names: FieldNames;

  constructor(value: Value, names: FieldNames) {
    super(...copied(value));
    this.#names = names;
  }

  override field(name: string): Field | undefined {
    const written = this.#names[name];
    if (written === undefined) return super.field(name);
    if (written === null) return undefined;
    const meaning = typeof written === 'string' ? { at: written } : written;
    const [first = '', ...rest] = meaning.at.split('.');
    const field = rest.reduce<Field | undefined>((found, next) => found?.value.field(next), super.field(first));
    return field && (meaning.items || meaning.meansTrue !== undefined) ? new TranslatedField(field, meaning) : field;
  }
}

/** A list of mappings whose fields are asked for by other names; one mapping is a list of itself. */
class RenamedItems extends Value {
  readonly #names: FieldNames;

  constructor(value: Value, names: FieldNames) {
    super(...copied(value));
    this.#names = names;
  }

  override items(): readonly Value[] {
    const items = this.isMapping ? [this] : super.items();
    return items.map((item) => renamed(item, this.#names));
  }
}

/** A text that stands for a boolean. */
class BooleanText extends Value {
  readonly #meansTrue: string;

  constructor(value: Value, meansTrue: string) {
    super(...copied(value));
    this.#meansTrue = meansTrue;
  }

  override get boolean(): boolean | undefined {
    return this.text === undefined ? undefined : this.text === this.#meansTrue;
  }
}

class TranslatedField extends Field {
  readonly #value: Value;

  constructor(field: Field, { items, meansTrue }: FieldMeaning) {
    super(field.name, field.owner, field.pair, field.holder, field.shared);
    const { value } = field;
    this.#value = meansTrue === undefined ? new RenamedItems(value, items ?? {}) : new BooleanText(value, meansTrue);
  }

  override get value(): Value {
    return this.#value;
  }
}

function copied({ tree, written, document, parent, key, shared }: Value): ConstructorParameters<typeof Value> {
  return [tree, written, { document, parent, key, shared }];
}

export function renamed(value: Value, names: FieldNames | undefined): Value {
  return names === undefined ? value : new RenamedValue(value, names);
}

/** Whether a value stands for a boolean in words of its own, which no edit of a boolean fits. */
export function isBooleanText(value: Value): boolean {
  return value instanceof BooleanText;
}
