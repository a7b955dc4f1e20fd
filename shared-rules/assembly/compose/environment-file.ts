import type { Variables } from '../../language/variables.ts';
import { interpolate } from '../../model/compose/interpolation.ts';

/** A statement: its name, and its value in single or double quotes or up to the end of the line. */
const STATEMENT =
  /^[ \t]*(?:export[ \t]+)?([\w.\-[\]]+)[ \t]*[=:][ \t]*(?:'((?:[^'\\]|\\[\s\S])*)'|"((?:[^"\\]|\\[\s\S])*)"|([^'"\r\n][^\r\n]*)?)/gm;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$$' };

/** An environment file, and what the workspace calls it. */
interface EnvironmentFile {
  readonly text: string;
  readonly file: string | undefined;
}

/**
 * The variables that environment files set, as Docker Compose reads them (the package `dotenv` of compose-go): quotes,
 * comments, and variables in values that are not in single quotes. The last file wins. A value that depends on a variable
 * that nobody sets is left out.
 * @param outer variables that are set around them: these win over all files
 */
export function readEnvironmentFiles(files: readonly EnvironmentFile[], outer: Variables = new Map()): Variables {
  const variables = new Map(outer);
  for (const { text, file } of files)
    for (const match of text.matchAll(STATEMENT)) {
      const [statement, name = '', single, double, plain = ''] = match;
      if (outer.has(name)) continue;
      const start = match.index + statement.indexOf(name);
      const range = { start, end: match.index + statement.length };
      const value = valueIn(single, double, plain, variables);
      if (value === undefined) variables.delete(name);
      else variables.set(name, { text: value, at: { range, path: name, file } });
    }
  return variables;
}

function valueIn(single: string | undefined, double: string | undefined, plain: string, variables: Variables) {
  if (single !== undefined) return single.replaceAll("\\'", "'");
  const text =
    double === undefined
      ? (plain.split(' #', 1)[0] as string).trimEnd()
      : double.replace(/\\([nrt"\\$])/g, (_, escaped: string) => ESCAPES[escaped] as string);
  return interpolate(text, variables)?.text;
}
