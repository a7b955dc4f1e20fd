import type { Place } from '../../language/place.ts';
import type { CommandLine } from '../../language/shell/command-line.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';

/** The files that a command of Docker Compose is given, and where. */
export interface ComposeCommand {
  readonly files: readonly string[];
  /** Instead of `.env`. */
  readonly environmentFiles: readonly string[];
  /** Undefined where it is that of the first file. */
  readonly folder: string | undefined;
  readonly at: Place;
}

const PROGRAM = /(?:^|\/)(?:docker|podman|nerdctl)$/;
const COMPOSE_PROGRAM = /(?:^|\/)(?:docker|podman)-compose$/;
/** Options of `docker compose` with a value, beside those that are read. */
const WITH_VALUE = new Set(['-p', '--project-name', '--profile', '--ansi', '--progress', '--parallel']);

/**
 * The files of a command line such as `docker compose -f base.yaml -f dev.yaml up`; undefined for any other, one that names no
 * file, and one in which a variable decides about them. Facts: the reference of `docker compose`.
 */
export function composeCommand({ words, range }: CommandLine): ComposeCommand | undefined {
  const texts = words.map(({ text }) => text);
  const start = texts.findIndex((text) => PROGRAM.test(text) || COMPOSE_PROGRAM.test(text));
  if (start < 0) return undefined;
  const from = COMPOSE_PROGRAM.test(texts[start] as string) ? start : texts.indexOf('compose', start + 1);
  // Before the command are options alone, each with a value at most.
  const isOption = (at: number) => texts[at]?.startsWith('-') || (at > start + 1 && texts[at - 1]?.startsWith('-'));
  if (from < 0 || texts.slice(start + 1, from).some((_, index) => !isOption(start + 1 + index))) return undefined;
  const [files, environmentFiles, folders]: [string[], string[], string[]] = [[], [], []];
  for (let at = from + 1; at < texts.length; at++) {
    const [, flag = '', joined] = /^(--?[a-z][a-z-]*)(?:=(.*))?$/s.exec(texts[at] as string) ?? [];
    if (flag === '') break;
    const list = { '-f': files, '--file': files, '--env-file': environmentFiles, '--project-directory': folders }[flag];
    const value = joined ?? (list || WITH_VALUE.has(flag) ? texts[++at] : undefined);
    if (list && value !== undefined) list.push(value);
  }
  const all = [...files, ...environmentFiles, ...folders];
  if (files.length === 0 || all.some((text) => /^$|^-$|^[~/]/.test(text) || text.includes(UNKNOWN_CHARACTER)))
    return undefined;
  return { files, environmentFiles, folder: folders.at(-1), at: { range, path: '', file: undefined } };
}
