import type { Place } from '../../language/place.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import type { Value } from '../../language/yaml/value.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import type { Found } from './signals.ts';

/** A command line as one text, read as a whole: `vllm` and `serve` may be two items, or one string for a shell. */
export interface JoinedCommandLine {
  readonly text: string;
  /** The item, or the whole script, that an offset of the text lies in. */
  readonly partAt: (offset: number) => Value;
  /** Where a found part of the text is written: never a script of several lines, but the key that holds it. */
  readonly placeOf: (found: Found) => Place;
}

/**
 * Reads the command line of a container or service; undefined where there is none.
 * @param names the keys that hold it, in the order of their parts
 */
export function readCommandLine(owner: Value, names: readonly string[]): JoinedCommandLine | undefined {
  const parts = names.flatMap((name) => {
    const field = owner.field(name);
    const value = field?.value.isNull ? undefined : field?.value;
    const items = value?.isSequence ? value.items() : (value ?? []);
    return [items].flat().map((part) => ({ part, key: field ? { ...keyPlace(field), path: part.path } : part }));
  });
  const [first] = parts;
  if (!first) return undefined;
  let text = '';
  const starts: number[] = [];
  for (const { part } of parts) {
    if (starts.length > 0) text += ' ';
    starts.push(text.length);
    text += part.rawText ?? UNKNOWN_CHARACTER;
  }
  const entryAt = (offset: number) => parts[starts.findLastIndex((start) => start <= offset)] ?? first;
  return {
    text,
    partAt: (offset) => entryAt(offset).part,
    placeOf: ({ 0: found, index }) => {
      const { part, key } = entryAt(index);
      return part.rawText?.includes('\n') ? key : part.placeOf(found);
    },
  };
}
