import { DerivedText, type Piece } from '../../language/derived-text.ts';
import type { KnownText } from '../../language/shell/word-text.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';

/** What systemd puts into the texts of a unit. Facts: "Specifiers" in systemd.unit(5), "Command lines" in systemd.service(5). */

const SPECIFIER = /%[%A-Za-z]/g;
const SPECIFIER_OR_VARIABLE = /%[%A-Za-z]|\$\$|\$\{\w+\}|\$\w+/g;

/** The lines of a command, with UNKNOWN_CHARACTER for specifiers, and `~` for the home. */
export function withoutSpecifiers(lines: readonly Piece[]): DerivedText {
  return new DerivedText(lines).replacing(SPECIFIER, specifier);
}

/** A value that ends on a command line which systemd writes, with variables as well. */
export function expandedValue(value: Piece, variables: ReadonlyMap<string, KnownText>): DerivedText {
  const textOf = (written: string): KnownText => {
    if (written.startsWith('%')) return specifier(written);
    if (written === '$$') return { text: '$', fromDefault: false };
    const name = written.replaceAll(/\W/g, '');
    const text = name === 'HOME' ? '~' : UNKNOWN_CHARACTER;
    return variables.get(name) ?? { text, fromDefault: false };
  };
  return new DerivedText([value]).replacing(SPECIFIER_OR_VARIABLE, textOf);
}

function specifier(written: string): KnownText {
  const known: Readonly<Record<string, string>> = { '%%': '%', '%h': '~' };
  return { text: known[written] ?? UNKNOWN_CHARACTER, fromDefault: false };
}

/**
 * The variables that a unit sets for its commands.
 * @param isOverridden whether a file of variables may say otherwise
 */
export function unitVariables(environment: readonly string[], isOverridden: boolean): ReadonlyMap<string, KnownText> {
  const words = environment.flatMap((text) => [...text.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)]);
  return new Map(
    words.flatMap(([, double, single, bare]) => {
      const [, name, value = ''] = /^(\w+)=(.*)$/s.exec(double ?? single ?? bare ?? '') ?? [];
      const { text } = withoutSpecifiers([{ text: value, offset: 0 }]);
      return name === undefined ? [] : [[name, { text, fromDefault: isOverridden }] as const];
    }),
  );
}
