import { type Instruction, isArg, isEnv, isFrom } from '../../language/grammars.ts';
import { lastAtOrBefore } from '../../language/search.ts';
import type { GivenVariables } from '../../language/shell/command-line.ts';
import type { KnownText } from '../../language/shell/word-text.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';

const REFERENCE = /\$(?:\{(\w+)\}|(\w+)|\{[^{}]*\}?)?/g;

/** What instructions set, each with its number. */
class Settings {
  readonly #byName = new Map<string, { readonly at: number; readonly known: KnownText }[]>();

  set(name: string, at: number, known: KnownText): void {
    const earlier = this.#byName.get(name);
    if (earlier) earlier.push({ at, known });
    else this.#byName.set(name, [{ at, known }]);
  }

  /** What the last one before an instruction set. */
  get(name: string, before: number): KnownText | undefined {
    const all = this.#byName.get(name) ?? [];
    const last = all[lastAtOrBefore(all.length, (index) => all[index]!.at, before - 1)];
    return last && last.at < before ? last.known : undefined;
  }
}

interface Stage {
  readonly env: Settings;
  readonly args: Settings;
  /** The stage it is built from, as it is in the end. */
  readonly base: Stage | undefined;
}

/**
 * What a Dockerfile says of variables, up to an instruction: values of `ENV`, also those of the stage that a stage is built
 * from, and defaults of `ARG`, of which a build may set others. What the base image sets is not known.
 * Facts: the Dockerfile reference, "ARG", "ENV" and "Environment replacement".
 */
export class DockerfileVariables {
  /** Before the first stage there are defaults alone, of which a stage has those that it names. */
  readonly #global = newStage();
  readonly #stages = new Map<string, Stage>();
  #stage = this.#global;
  #at = 0;

  /** Those of the instructions that were read. */
  get given(): GivenVariables {
    const [stage, at] = [this.#stage, this.#at];
    return (name) => {
      for (let one: Stage | undefined = stage; one; one = one.base) {
        const known = one.env.get(name, one === stage ? at : Infinity);
        if (known) return known;
      }
      return stage.args.get(name, at);
    };
  }

  read(instruction: Instruction): void {
    const { given } = this;
    this.#at++;
    if (isFrom(instruction)) {
      this.#stage = newStage(this.#stages.get(instruction.getImage()?.toLowerCase() ?? ''));
      const name = instruction.getBuildStage();
      if (name !== null) this.#stages.set(name.toLowerCase(), this.#stage);
    } else if (isArg(instruction) || isEnv(instruction)) {
      for (const property of instruction.getProperties()) {
        const [name, value] = [property.getName(), property.getValue()];
        const isVerbatim = property.getUnescapedValue()?.startsWith("'") ?? false;
        const known = value === null ? undefined : isVerbatim ? certain(value) : expanded(value, given);
        if (isEnv(instruction)) this.#stage.env.set(name, this.#at - 1, known ?? certain(''));
        else this.#setArgument(name, known);
      }
    }
  }

  #setArgument(name: string, own: KnownText | undefined): void {
    const text = (own ?? this.#global.args.get(name, Infinity))?.text ?? UNKNOWN_CHARACTER;
    this.#stage.args.set(name, this.#at - 1, { text, fromDefault: true });
  }
}

function newStage(base?: Stage): Stage {
  return { env: new Settings(), args: new Settings(), base };
}

function certain(text: string): KnownText {
  return { text, fromDefault: false };
}

function expanded(value: string, given: GivenVariables): KnownText {
  let fromDefault = false;
  const text = value.replaceAll(REFERENCE, (_, braced: string | undefined, bare: string | undefined) => {
    const known = given(braced ?? bare ?? '');
    fromDefault ||= known?.fromDefault ?? false;
    return known?.text ?? UNKNOWN_CHARACTER;
  });
  return { text, fromDefault };
}
