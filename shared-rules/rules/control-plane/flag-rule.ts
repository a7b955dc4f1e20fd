import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { append, replace } from '../../language/yaml/change.ts';
import { defineRule, type Fix, type Problem, type Rule, type View } from '../api.ts';
import type { RuleId } from '../catalogue.generated.ts';
import { review } from '../fixes.ts';
import type { Demand } from './demands.ts';
import type { FlagUse } from './program.ts';
import type { ProgramItem } from './views.ts';

/** What a program takes a flag for: the last use of a boolean counts, the uses of a list add up. */
export interface FlagSpec {
  /** Without dashes. */
  readonly flag: string;
  readonly type: 'boolean' | 'list';
  /** What the program takes where the flag is absent. */
  readonly default: string;
  /** Whether another flag makes the default void. */
  readonly hasNoDefault?: (program: ProgramItem) => boolean;
}

/** A rule about a flag. The message is made of `what`, the flag as it is written, `why` and `advice`. */
export interface FlagRow extends FlagSpec {
  readonly id: RuleId;
  readonly on: View<ProgramItem>;
  readonly demand: Demand;
  /** Whether the program ignores the flag. */
  readonly isIgnored?: (program: ProgramItem) => boolean;
  /** Whether a program does not work any more with the flag as it should be: then there is no fix. */
  readonly breaks?: (program: ProgramItem) => boolean;
  /** As a sentence goes on behind the program. */
  readonly what: string;
  readonly why: string;
  readonly advice: string;
}

export function flagRule(row: FlagRow): Rule {
  return defineRule({
    id: row.id,
    on: row.on,
    *detect(program) {
      const values = valuesOf(program, row);
      if (values && !row.demand.isMet(values) && !row.isIgnored?.(program)) yield toProblem(program, row, values);
    },
  });
}

/** The values that a flag has, its default among them; undefined where they are not known. */
export function valuesOf(program: ProgramItem, spec: FlagSpec): readonly string[] | undefined {
  const uses = program.flags.get(spec.flag);
  if (!uses) return program.mayHaveMore || spec.hasNoDefault?.(program) ? undefined : [spec.default];
  const texts = uses.map((use) => textOf(use, spec));
  if (spec.type === 'list')
    return texts.includes(undefined) ? undefined : texts.flatMap((text) => text?.split(',') ?? []);
  const last = readBoolean(texts.at(-1));
  return last === undefined ? undefined : [last];
}

/** A boolean never takes the next word for its value. */
function textOf({ attached, next }: FlagUse, { type }: FlagSpec): string | undefined {
  const text = attached ?? (type === 'boolean' ? 'true' : next?.text);
  return text?.includes(UNKNOWN_CHARACTER) ? undefined : text;
}

/** As strconv.ParseBool reads it. */
function readBoolean(text: string | undefined): string | undefined {
  if (/^(?:1|t|T|TRUE|true|True)$/.test(text ?? '')) return 'true';
  return /^(?:0|f|F|FALSE|false|False)$/.test(text ?? '') ? 'false' : undefined;
}

function toProblem(program: ProgramItem, row: FlagRow, values: readonly string[]): Problem {
  const { what, why, advice, flag } = row;
  const use = program.flags.get(flag)?.at(-1);
  const spelling = use ? spellingOf(use, row) : `--${flag} is not set, which means ${row.default}`;
  return {
    at: use ? (valueWord(use, row) ?? use.word).at : program.missingAt,
    message: `${program.name} ${what} (${spelling}). ${why} ${advice}`,
    fixes: row.breaks?.(program) ? [] : fixesFor(program, row, values),
  };
}

/** The word that is the value, where that is a word of its own. */
function valueWord({ attached, next }: FlagUse, { type }: FlagSpec) {
  return attached === undefined && type !== 'boolean' ? next : undefined;
}

function spellingOf(use: FlagUse, spec: FlagSpec): string {
  return [use.word.text, valueWord(use, spec)?.text].filter((text) => text !== undefined).join(' ');
}

/** Sets the flag, or adds it at the end of the list that holds the others. */
function fixesFor(program: ProgramItem, row: FlagRow, values: readonly string[]): Fix[] {
  const uses = program.flags.get(row.flag);
  const value = row.demand.corrected(uses ? values : []);
  const title = `Set --${row.flag} to ${value}`;
  if (!uses) return program.list ? [review(title, append(program.list, `--${row.flag}=${value}`))] : [];
  const use = uses.at(-1)!;
  const own = valueWord(use, row);
  const item = (own ?? use.word).item;
  const isOnly = row.type === 'boolean' || uses.length === 1;
  return item && isOnly ? [review(title, replace(item, own ? value : `--${row.flag}=${value}`))] : [];
}
