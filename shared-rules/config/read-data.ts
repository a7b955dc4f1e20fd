import type { Data } from './read-shape.ts';
import type { Choice, List, Mapping, Shape, Table, Text } from './shape.ts';

/** What a piece of data is called, and what it costs when it is wrong, as a sentence. */
interface Named {
  readonly name: string;
  readonly loss: string;
  /** What a mistake anywhere inside costs, where that is more than itself. */
  readonly whole?: string | undefined;
}

const NO_EFFECT = 'It has no effect.';

function inside(name: string, whole: string | undefined): Named {
  return { name, loss: whole ?? NO_EFFECT, whole };
}

/** Reads plain data by its shape, as an editor sends its settings. What is wrong becomes a problem and is left out. */
export class DataReader {
  /** As sentences. */
  readonly problems: string[] = [];

  /** @returns undefined for nothing, and for what has to be left out, after a problem says so */
  read(value: unknown, shape: Shape, named: Named): Data | undefined {
    if (value === undefined || value === null || value === '') return undefined;
    switch (shape.type) {
      case 'mapping':
        return this.#readMapping(value, shape, named);
      case 'list':
        return this.#readList(value, shape, named);
      case 'table':
        return this.#readTable(value, shape, named);
      case 'choice':
        return this.#readChoice(value, shape, named);
      case 'text':
        return this.#readText(value, shape, named);
    }
  }

  #readMapping(value: unknown, { keys, needs, noun, loss }: Mapping, named: Named): Data | undefined {
    if (!isRecord(value)) return this.#complain(value, noun, named);
    const { name, whole = loss } = named;
    const before = this.problems.length;
    const data: Record<string, Data> = {};
    for (const [key, { shape }] of Object.entries(keys)) {
      const read = this.read(value[key], shape, inside(`${name}.${key}`, whole));
      if (read !== undefined) data[key] = read;
    }
    for (const { oneOf, message } of needs)
      if (!oneOf.some((key) => value[key])) this.problems.push(`${name}: ${message} ${whole ?? ''}`.trimEnd());
    return loss !== undefined && this.problems.length > before ? undefined : data;
  }

  #readList(value: unknown, { of }: List, named: Named): Data | undefined {
    if (!Array.isArray(value)) return this.#complain(value, 'a list', named);
    const { name, whole } = named;
    return value.flatMap((item, index) => this.read(item, of, inside(`${name}[${index}]`, whole)) ?? []);
  }

  #readTable(value: unknown, { key: keys, value: shape }: Table, named: Named): Data | undefined {
    if (!isRecord(value)) return this.#complain(value, `a mapping of ${keys.noun} to ${shape.noun}`, named);
    const { name, whole } = named;
    const data: Record<string, Data> = {};
    for (const [key, item] of Object.entries(value)) {
      const isKnown = Object.hasOwn(keys.values, key);
      if (!isKnown) this.problems.push(`${name} names "${key}", which is no ${keys.noun}. ${whole ?? NO_EFFECT}`);
      const read = isKnown ? this.read(item, shape, inside(`${name}.${key}`, whole)) : undefined;
      if (read !== undefined) data[key] = read;
    }
    return data;
  }

  #readChoice(value: unknown, { noun, values }: Choice, named: Named): Data | undefined {
    const text = typeof value === 'boolean' ? String(value) : value;
    if (typeof text === 'string' && Object.hasOwn(values, text)) return text;
    const names = Object.keys(values);
    return this.#complain(value, names.length > 10 ? `the name of a ${noun}` : `one of ${names.join(', ')}`, named);
  }

  #readText(value: unknown, { pattern, what, example, isWrong }: Text, named: Named): Data | undefined {
    if (typeof value === 'string' && pattern.test(value) && !isWrong?.(value)) return value;
    return this.#complain(value, `${what}, such as "${example}"`, named);
  }

  #complain(value: unknown, what: string, { name, loss }: Named): undefined {
    this.problems.push(`${name} is ${JSON.stringify(value)}, but must be ${what}. ${loss}`);
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
