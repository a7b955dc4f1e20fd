import type { Place } from '../../language/place.ts';
import { remembered } from '../../language/remembered.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { keyPlace, type Value } from '../../language/yaml/value.ts';
import type { Container } from '../../model/kubernetes/objects.ts';
import { type ArgumentWord, type CommandWords, commandLinesOf } from './words.ts';

/** One use of a flag on a command line. */
export interface FlagUse {
  /** `--flag` or `--flag=value`. */
  readonly word: ArgumentWord;
  /** Behind the `=`; undefined where there is none. */
  readonly attached: string | undefined;
  /** The word behind it, unless that is a flag: the value of a flag that needs one. */
  readonly next: ArgumentWord | undefined;
}

/** A program of the control plane and what it is started with. */
export interface ControlPlaneProgram {
  /** Such as `kube-apiserver`. */
  readonly program: string;
  /** Every use of each flag, in their order, by the name without dashes. */
  readonly flags: ReadonlyMap<string, readonly FlagUse[]>;
  /** Whether it may be given flags that are not among them. */
  readonly mayHaveMore: boolean;
  /** Where a flag is missing: the key of the list that holds the last ones. */
  readonly missingAt: Place;
  /** The list that a flag can be added to; undefined for a script. */
  readonly list: Value | undefined;
}

/** Start the program that is named behind them. */
const WRAPPERS = new Set(['exec', 'hyperkube', 'go-runner']);

/** The programs of the control plane that a container starts. */
export const programsOf = remembered((container: Container): readonly ControlPlaneProgram[] =>
  commandLinesOf(container).flatMap((line) => toProgram(line) ?? []),
);

function toProgram({ words, mayHaveMore, field }: CommandWords): ControlPlaneProgram | undefined {
  const first = words[0] && baseName(words[0]);
  const isWrapped = first !== undefined && WRAPPERS.has(first);
  const start = isWrapped ? words.findIndex((word) => !isFlag(word) && !WRAPPERS.has(baseName(word))) : 0;
  const own = words[start];
  if (!own) return undefined;
  const rest = words.slice(start + 1);
  return {
    program: baseName(own),
    flags: usesByName(rest.flatMap(toUse)),
    mayHaveMore: mayHaveMore || rest.some(mayBeAnyFlag),
    missingAt: keyPlace(field),
    list: own.item && field.value.isSequence ? field.value : undefined,
  };
}

function usesByName(uses: readonly FlagUse[]): Map<string, FlagUse[]> {
  const byName = new Map<string, FlagUse[]>();
  for (const use of uses) {
    const name = flagName(use.word);
    const known = byName.get(name);
    if (known) known.push(use);
    else byName.set(name, [use]);
  }
  return byName;
}

function toUse(word: ArgumentWord, index: number, words: readonly ArgumentWord[]): FlagUse[] {
  if (!isFlag(word)) return [];
  const equals = word.text.indexOf('=');
  const next = words[index + 1];
  const attached = equals < 0 ? undefined : word.text.slice(equals + 1);
  return [{ word, attached, next: next && !isFlag(next) ? next : undefined }];
}

function isFlag({ text }: ArgumentWord): boolean {
  return text.startsWith('--');
}

/** The programs take `_` for `-` (WordSepNormalizeFunc of k8s.io/component-base/cli/flag). */
function flagName({ text }: ArgumentWord): string {
  return text.slice(2).split('=', 1)[0]!.replaceAll('_', '-');
}

/** Whether a template or a variable decides which flag a word is. */
function mayBeAnyFlag(word: ArgumentWord): boolean {
  return word.text.startsWith(UNKNOWN_CHARACTER) || (isFlag(word) && flagName(word).includes(UNKNOWN_CHARACTER));
}

function baseName({ text }: ArgumentWord): string {
  return text.slice(text.lastIndexOf('/') + 1);
}
