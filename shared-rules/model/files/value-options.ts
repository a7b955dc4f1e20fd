import { plainWord } from '../../language/shell/command-line.ts';
import type { KnownText } from '../../language/shell/word-text.ts';
import { applyEdits, moved, partIn } from '../../language/text.ts';
import { readable, UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { remove, replace } from '../../language/yaml/change.ts';
import type { Field, Value } from '../../language/yaml/value.ts';
import type { Option, WordList } from '../commands/container-command.ts';
import { defaultOf } from './expressions.ts';

/** An option that is a value of a YAML or JSON document: a field, or an item of a list. */
export function listOption(name: string, entry: Field | Value): Option {
  const value = 'pair' in entry ? entry.value : entry;
  const { text, fromDefault } = withoutExpressions(value.rawText ?? '');
  const key = 'pair' in entry ? `${entry.name}: ` : '';
  return {
    name,
    value: text,
    at: value,
    spelling: `${key}${readable(text)}`,
    fromDefault,
    removal: [remove(entry)],
    withValue: (other) => [replace(value, other)],
    withPart: (part, newText) => {
      const range = partIn(value.text ?? '', text, part);
      return range ? [replace(value, applyEdits(value.text ?? '', [{ range, newText }]))] : [];
    },
    followedBy: () => [],
    replacedBy: () => [],
    rangeOf: (part, start = 0) => {
      const raw = value.rawText ?? '';
      const found = partIn(raw, text, { text: part, start, end: start + part.length });
      return found ? value.rangeOf(raw.slice(found.start, found.end), found.start) : value.range;
    },
  };
}

/** A list of words, such as the `runArgs` of a dev container. */
export function wordsOfList(list: Value): WordList {
  const items = list.items();
  const words = items.map((item) => {
    const raw = item.rawText ?? UNKNOWN_CHARACTER;
    return { ...plainWord(raw, item.rangeOf(raw)), ...withoutExpressions(raw) };
  });
  return {
    words,
    remove: (from, to) => items.slice(from, to).map((item) => remove(item)),
    replaceIn: (index, range, text) => {
      const item = items[index] as Value;
      const edit = { range: moved(range, -(words[index]?.range.start ?? 0)), newText: text };
      return [replace(item, applyEdits(item.text ?? '', [edit]))];
    },
    add: () => [],
  };
}

/** `${{ … }}`, `${localEnv:…}` and `$VARIABLE`: the default where there is one, else what they stand for is not known. */
function withoutExpressions(written: string): KnownText {
  let fromDefault = false;
  const text = written.replaceAll(/\$\{\{(?:(?!\$\{\{|\}\}).)*\}\}|\$\{[^}$]*\}|\$\w+/g, (one) => {
    if (/^\$\{(?:localEnv:)?HOME\}$|^\$HOME$/.test(one)) return '~';
    const fallback = one.startsWith('${{') ? defaultOf(one) : /^\$\{localEnv:\w+:([^:}]*)\}$/.exec(one)?.[1];
    fromDefault ||= fallback !== undefined;
    return fallback ?? UNKNOWN_CHARACTER;
  });
  return { text, fromDefault };
}
