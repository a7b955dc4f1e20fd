import { Expression } from './expression.ts';
import { ExpressionError, ExpressionLimit } from './nodes.ts';

/** Says whether an expression is found in a text; undefined where it is none, is too large, or has a part that is not known. */
export function pattern(source: string): ((text: string) => boolean) | undefined {
  try {
    const expression = new Expression(source, Infinity);
    return (text) => expression.exec(text) !== undefined;
  } catch (error) {
    if (error instanceof ExpressionError || error instanceof ExpressionLimit) return undefined;
    throw error;
  }
}

/** Says whether an expression matches a whole text. Undefined as above. */
export function wholePattern(source: string): ((text: string) => boolean) | undefined {
  if (/^[\w-]*$/.test(source)) return (text) => text === source;
  return pattern(source) && pattern(`^(?:${source})$`);
}
