declare const SINK: unique symbol;

/**
 * A text that may be written to a kind of sink: a terminal, Markdown, XML and so on. Only the functions of this folder make
 * one, and what writes to the sink takes nothing else, so that no text from a workspace is written as it is.
 */
export type SinkText<Kind extends string> = string & { readonly [SINK]: Kind };

/** Template literals of a sink: the literal is Bulkhead's own, and every value in it is a text of the sink or a number. */
export type Template<Kind extends string> = (
  literals: TemplateStringsArray,
  ...values: readonly (SinkText<Kind> | number)[]
) => SinkText<Kind>;

export function templateFor<Kind extends string>(): Template<Kind> {
  return (literals, ...values) =>
    literals.map((literal, index) => literal + (values[index] ?? '')).join('') as SinkText<Kind>;
}

/** Texts of a sink, one behind the other. */
export function joined<Kind extends string>(
  texts: readonly SinkText<Kind>[],
  separator: '' | ' ' | ',' | ', ' | ' | ' | '\n' | '\n\n' = '',
): SinkText<Kind> {
  return texts.join(separator) as SinkText<Kind>;
}
