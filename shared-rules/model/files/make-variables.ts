import type { Replacement } from '../../language/derived-text.ts';

/** Facts: "How to Use Variables" and "Conditional Parts of Makefiles" in the manual of GNU make. */

const SETTING = /^ *(?:(?:export|override|private|unexport) +)*([\w.-]+)\s*(:{0,3}=|[?+!]=)\s*(.*)$/s;
/** A variable that only a target has: `target: NAME = value`. */
const OF_TARGET = /^[^\t#=:][^#=:]*::?\s*(?:(?:export|override|private) +)*([\w.-]+)\s*(?:[:?+!]?=)/;
const DEFINES = /^ *(?:override +|export +)*define +([\w.-]+)/;
const INCLUDES = /^ *[-s]?include\b/;
const REFERENCE = /\$\$|\$\(([\w.-]+)\)|\$\{([\w.-]+)\}/g;

/** Variables put into each other grow without limit; longer texts than this are not known. */
const LONGEST = 2000;

/** A variable that is set once; undefined where it is set again, or where a condition decides. */
type Setting = { readonly value: string; readonly isDefault: boolean } | undefined;

/** What make puts in the place of `$$`, `$(NAME)` and `${NAME}`; undefined where that is not known. */
export class MakeVariables {
  static readonly reference = REFERENCE;
  readonly #settings: ReadonlyMap<string, Setting>;
  readonly #known = new Map<string, Replacement | undefined>();

  /** @param lines those that are no recipes, joined where a backslash does so */
  constructor(lines: readonly string[]) {
    this.#settings = settingsIn(lines);
  }

  replacementOf(reference: string): Replacement | undefined {
    if (reference === '$$') return { text: '$', fromDefault: false };
    const name = reference.slice(2, -1);
    if (name === 'HOME' && !this.#settings.has(name)) return { text: '~', fromDefault: false };
    if (!this.#known.has(name)) {
      // A variable that refers to itself is not known.
      this.#known.set(name, undefined);
      this.#known.set(name, this.#read(this.#settings.get(name)));
    }
    return this.#known.get(name);
  }

  #read(setting: Setting): Replacement | undefined {
    if (!setting) return undefined;
    let fromDefault = setting.isDefault;
    const text = setting.value.replaceAll(REFERENCE, (reference) => {
      const replacement = this.replacementOf(reference);
      fromDefault ||= replacement?.fromDefault === true;
      return replacement?.text ?? reference;
    });
    return text.length > LONGEST ? undefined : { text, fromDefault };
  }
}

function settingsIn(lines: readonly string[]): Map<string, Setting> {
  const settings = new Map<string, Setting>();
  // What is included may set any variable again.
  const includesMore = lines.some((line) => INCLUDES.test(line));
  let [conditions, isDefinition] = [0, false];
  for (const line of lines) {
    if (isDefinition) {
      isDefinition = !/^ *endef\b/.test(line);
      continue;
    }
    if (/^ *ifn?(?:eq|def)\b/.test(line)) conditions++;
    else if (/^ *endif\b/.test(line)) conditions = Math.max(0, conditions - 1);
    const defined = DEFINES.exec(line)?.[1] ?? OF_TARGET.exec(line)?.[1];
    isDefinition = DEFINES.test(line);
    const [, name = defined, sign = '', written = ''] = SETTING.exec(line) ?? [];
    if (name === undefined) continue;
    const value = written
      .replace(/(?:^|\s)#.*$/s, '')
      .replaceAll(/\\\r?\n/g, ' ')
      .trim();
    const isKnown = defined === undefined && conditions === 0 && !settings.has(name) && !/[+!]/.test(sign);
    settings.set(name, isKnown ? { value, isDefault: sign === '?=' || includesMore } : undefined);
  }
  return settings;
}
