/** Stands for `yaml` in a bundle of the rules, and remembers every text that is parsed and how. */
import * as yaml from 'yaml';

export * from 'yaml';

type Options = Parameters<typeof yaml.parseAllDocuments>[1];

export interface Parsed {
  readonly source: string;
  readonly options: Options;
}

let parsed = new Map<string, Parsed>();

/** What was parsed since the last time it was asked for; a text that was parsed twice stands there once. */
export function takeParsed(): Parsed[] {
  const taken = [...parsed.values()];
  parsed = new Map();
  return taken;
}

let options: Options;

/** The options of what is parsed are those of the composer that was made last. */
export class Composer extends yaml.Composer {
  constructor(given?: Options) {
    super(given);
    options = given;
  }
}

export class Parser extends yaml.Parser {
  override parse(source: string, incomplete?: boolean) {
    parsed.set(source, { source, options });
    return super.parse(source, incomplete);
  }
}
