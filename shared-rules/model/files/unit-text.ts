import { DerivedText, type Piece } from '../../language/derived-text.ts';
import type { KnownText } from '../../language/shell/word-text.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';

/** What systemd puts into the texts of a unit. Facts: "Specifiers" in systemd.unit(5), "Command lines" in systemd.service(5). */

const SPECIFIER = /%[%A-Za-z]/g;
const SPECIFIER_OR_VARIABLE = /%[%A-Za-z]|\$\$|\$\{\w+\}|\$\w+/g;

/** The lines of a command, with UNKNOWN_CHARACTER for specifiers, and `~` for the home. */
export function withoutSpecifiers(lines: readonly Piece[]): DerivedText {
  return new DerivedText(lines.flatMap((line) => replacedIn(line, SPECIFIER, specifier)));
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
  return new DerivedText(replacedIn(value, SPECIFIER_OR_VARIABLE, textOf));
}

function specifier(written: string): KnownText {
  const known: Readonly<Record<string, string>> = { '%%': '%', '%h': '~' };
  return { text: known[written] ?? UNKNOWN_CHARACTER, fromDefault: false };
}

function replacedIn({ text, offset }: Piece, pattern: RegExp, textOf: (written: string) => KnownText): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const { 0: written, index } of text.matchAll(pattern)) {
    const { text: known, fromDefault } = textOf(written);
    pieces.push({ text: text.slice(from, index), offset: offset + from });
    pieces.push({ text: known, offset: offset + index, written: written.length, isDefault: fromDefault });
    from = index + written.length;
  }
  return [...pieces, { text: text.slice(from), offset: offset + from }];
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
