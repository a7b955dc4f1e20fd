import { nearestName } from '../language/nearest-name.ts';
import { lineEnd, type Range } from '../language/text.ts';
import type { Field, Value } from '../language/yaml/value.ts';
import type { Choice, List, Mapping, Shape, Table, Text } from './shape.ts';

/** A mistake in a configuration. */
export interface ConfigProblem {
  /** A `warning` is about something that is understood all the same, or costs nothing. */
  readonly severity: 'error' | 'warning';
  readonly range: Range;
  readonly message: string;
  /** What was probably meant by the text of the range. */
  readonly replacement?: string;
}

/** Data of a shape. */
export type Data = string | readonly Data[] | { readonly [key: string]: Data };

/** Reads values by their shapes. What is wrong becomes a problem and is left out of the data. */
export class ShapeReader {
  readonly problems: ConfigProblem[] = [];
  readonly #text: string;
  readonly #broken: readonly Range[];

  /**
   * @param text the text that the values stand in
   * @param broken where it is not valid YAML: what is read there may be a part of what is meant
   */
  constructor(text: string, broken: readonly Range[]) {
    this.#text = text;
    this.#broken = broken;
  }

  /** @returns undefined for what has to be left out, after a problem says so */
  read(value: Value, shape: Shape): Data | undefined {
    switch (shape.type) {
      case 'mapping':
        return this.#readMapping(value, shape);
      case 'list':
        return this.#readList(value, shape);
      case 'table':
        return this.#readTable(value, shape);
      case 'choice':
        return this.#readChoice(value, shape);
      case 'text':
        return this.#readText(value, shape);
    }
  }

  #readMapping(value: Value, mapping: Mapping): Data | undefined {
    if (!this.#isA(value, 'mapping', 'a mapping, one `key: value` a line')) return undefined;
    const before = this.problems.length;
    this.#complainOfRepeats(value);
    const data: Record<string, Data> = {};
    for (const field of value.fields()) {
      const read = this.#readKey(field, mapping);
      if (read !== undefined) data[field.name] = read;
    }
    const head = value.fields()[0]?.range ?? this.placeOf(value);
    for (const { oneOf, severity, message } of mapping.needs)
      if (!oneOf.some((name) => value.field(name))) this.#complain(head, message, severity);
    const { loss } = mapping;
    const hasMistake = this.problems.slice(before).some(({ severity }) => severity === 'error');
    if (loss === undefined || !(hasMistake || this.#isBroken(value.range))) return data;
    this.#addLoss(before, loss);
    return undefined;
  }

  #readKey({ name, value, range }: Field, { keys, noun }: Mapping): Data | undefined {
    const key = Object.hasOwn(keys, name) ? keys[name] : undefined;
    if (key && isEmpty(value)) {
      if (!key.mayBeEmpty) this.#complain(range, `\`${value.path}\` is empty. Fill it in, or remove it.`);
      return undefined;
    }
    if (key) return this.read(value, key.shape);
    const near = nearestName(name, Object.keys(keys));
    const advice = near ? `Did you mean \`${near}\`?` : `Valid keys: ${Object.keys(keys).join(', ')}.`;
    this.#complain(range, `Unknown key \`${name}\` in ${noun}. ${advice}`, 'error', near);
    return undefined;
  }

  #readList(value: Value, { of }: List): Data | undefined {
    if (!this.#isA(value, 'list', 'a list, one `- item` a line')) return undefined;
    return value.items().flatMap((item) => {
      if (!item.isNull) return this.read(item, of) ?? [];
      this.#complain(this.placeOf(item), `\`${item.path}\` is empty. Fill it in, or remove it.`);
      return [];
    });
  }

  #readTable(value: Value, { key, value: shape }: Table): Data | undefined {
    if (!this.#isA(value, 'mapping', `a mapping of one \`${key.noun}: ${shape.noun}\` a line`)) return undefined;
    this.#complainOfRepeats(value);
    const data: Record<string, Data> = {};
    for (const field of value.fields()) {
      const name = this.#choose(field.name, field.range, key);
      const read = this.read(field.value, shape);
      if (name !== undefined && read !== undefined) data[name] = read;
    }
    return data;
  }

  #readChoice(value: Value, choice: Choice): Data | undefined {
    const { text } = value;
    if (text !== undefined) return this.#choose(text, value.range, choice);
    const values = Object.keys(choice.values);
    const names = values.length > 10 ? `the name of a ${choice.noun}` : `one of ${values.join(', ')}`;
    this.#complain(this.placeOf(value), `${nameOf(value)} must be ${names}.`);
    return undefined;
  }

  #choose(text: string, range: Range, { noun, values }: Choice): string | undefined {
    if (Object.hasOwn(values, text)) return text;
    const names = Object.keys(values);
    const near = nearestName(text, names);
    const all = names.length > 10 ? `docs/${noun}s.md lists them.` : `Valid values: ${names.join(', ')}.`;
    this.#complain(range, `Unknown ${noun} \`${text}\`. ${near ? `Did you mean \`${near}\`?` : all}`, 'error', near);
    return undefined;
  }

  #readText(value: Value, { pattern, what, example, severity, isWrong }: Text): Data | undefined {
    const { text } = value;
    if (text !== undefined && pattern.test(text) && !isWrong?.(text)) return text;
    const is = text ? `\`${text}\` is not` : `${nameOf(value)} must be`;
    this.#complain(this.placeOf(value), `${is} ${what}, such as \`${example}\`.`, severity);
    return undefined;
  }

  #isA(value: Value, kind: 'mapping' | 'list', what: string): boolean {
    const is = kind === 'mapping' ? value.isMapping : value.isSequence;
    if (!is) this.#complain(this.placeOf(value), `${nameOf(value)} must be ${what}.`);
    return is;
  }

  #isBroken({ start, end }: Range): boolean {
    return this.#broken.some((broken) => start <= broken.end && broken.start <= end);
  }

  #complainOfRepeats(value: Value): void {
    for (const { range, path } of value.repeatedKeys())
      this.#complain(range, `\`${path}\` stands here twice, and only the last one counts. Put them together.`);
  }

  #complain(range: Range, message: string, severity: 'error' | 'warning' = 'error', replacement?: string): void {
    this.problems.push({ severity, range, message, ...(replacement !== undefined && { replacement }) });
  }

  /** Says with every mistake from a problem on what it costs. */
  #addLoss(from: number, loss: string): void {
    for (let index = from; index < this.problems.length; index++) {
      const problem = this.problems[index]!;
      if (problem.severity === 'error') this.problems[index] = { ...problem, message: `${problem.message} ${loss}` };
    }
  }

  /** Where to point for a value: at the scalar, else at the key that holds it, else at its first line. */
  placeOf(value: Value): Range {
    const { range, parent, key } = value;
    if (!value.isMapping && !value.isSequence && !value.isNull) return range;
    const field = typeof key === 'string' ? parent?.field(key) : undefined;
    if (!field && parent && value.isNull) return this.placeOf(parent);
    return field?.range ?? { start: range.start, end: Math.min(range.end, lineEnd(this.#text, range.start)) };
  }
}

function isEmpty(value: Value): boolean {
  return (
    value.isNull || (value.isMapping && value.fields().length === 0) || (value.isSequence && value.items().length === 0)
  );
}

/** What a value is called in a message. */
function nameOf(value: Value): string {
  return value.path === '' ? 'The file' : `\`${value.path}\``;
}
