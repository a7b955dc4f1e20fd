import { bool, type Call, type Data, list, text, unknown } from '../../../language/go-template/data.ts';
import { Rope } from '../../../language/go-template/rope.ts';
import { TemplateError } from '../../../language/go-template/template-error.ts';
import { Expression, type Match } from '../../../language/re2/expression.ts';
import { ExpressionError, ExpressionLimit } from '../../../language/re2/nodes.ts';
import { type FunctionTable, fn } from './define.ts';

/** As many expressions as one chart may well use. */
const MAX_COMPILED = 500;
const compiled = new Map<string, Expression>();

function compile(source: string): Expression {
  let expression = compiled.get(source);
  if (!expression) {
    expression = new Expression(source);
    if (compiled.size >= MAX_COMPILED) compiled.clear();
    compiled.set(source, expression);
  }
  return expression;
}

/**
 * What an expression gives; unknown where it is more than is read here, or the text too long for it.
 * @param panics how the function fails for what is no expression: the runtime of Go says so
 */
function matching(source: Rope, panics: boolean, { spend }: Call, use: (expression: Expression) => Data): Data {
  try {
    const expression = compile(source.text);
    const result = use(expression);
    spend(expression.work / 4);
    return result;
  } catch (error) {
    if (error instanceof ExpressionLimit) return unknown(`a regular expression: ${error.message}`);
    if (!(error instanceof ExpressionError)) throw error;
    throw new TemplateError(
      panics ? `regexp: Compile(${quotedForPanic(source.text)}): ${error.message}` : error.message,
    );
  }
}

function quotedForPanic(source: string): string {
  return source.includes('`') ? JSON.stringify(source) : `\`${source}\``;
}

function matchesIn(rope: Rope, matches: readonly Match[]): Data {
  const found = matches.map(([start = 0, end = 0]) => text(rope.slice(start, end)));
  return { ...list(found, 'string'), isNil: found.length === 0 };
}

/** `ReplaceAllString`: of what is left, the pieces are the same. */
function replacedIn(rope: Rope, expression: Expression, replacement: (match: Match) => Rope): Rope {
  const matches = expression.all(rope.text);
  return rope.replaceRanges(
    matches.map((match) => ({ start: match[0] ?? 0, end: match[1] ?? 0, by: replacement(match) })),
  );
}

/** A template of a replacement: `$1`, `${name}`, and `$$` for a dollar sign. */
function expanded(template: Rope, rope: Rope, match: Match, { groups }: Expression): Rope {
  const parts: (Rope | string)[] = [];
  let done = 0;
  for (const found of template.text.matchAll(/\$(?:\$|\{(\w+)\}|(\w+))/g)) {
    parts.push(template.slice(done, found.index));
    done = found.index + found[0].length;
    const name = found[1] ?? found[2];
    if (name === undefined) parts.push('$');
    else {
      const index = /^\d+$/.test(name) ? Number(name) : groups.indexOf(name);
      const [start = -1, end = -1] = index < 0 ? [] : [match[2 * index], match[2 * index + 1]];
      if (start >= 0) parts.push(rope.slice(start, end));
    }
  }
  return Rope.join([...parts, template.slice(done)]);
}

function split(rope: Rope, expression: Expression, source: Rope, limit: number): Data {
  if (limit === 0) return { ...list([], 'string'), isNil: true };
  if (source.length > 0 && rope.length === 0) return list([text('')], 'string');
  const parts: Rope[] = [];
  let [begin, last] = [0, 0];
  for (const [start = 0, end = 0] of expression.all(rope.text, limit)) {
    if (limit > 0 && parts.length === limit - 1) break;
    last = start;
    if (end !== 0) parts.push(rope.slice(begin, last));
    begin = end;
  }
  if (last !== rope.length) parts.push(rope.slice(begin));
  return list(parts.map(text), 'string');
}

function functions(panics: boolean) {
  const use = (source: Rope, call: Call, run: (expression: Expression) => Data) => matching(source, panics, call, run);
  return {
    findAll: fn(['string', 'string', 'int'], ([source, rope, limit], call) =>
      use(source, call, (expression) => matchesIn(rope, expression.all(rope.text, limit))),
    ),
    find: fn(['string', 'string'], ([source, rope], call) =>
      use(source, call, (expression) => {
        const match = expression.exec(rope.text);
        return text(match ? rope.slice(match[0] ?? 0, match[1] ?? 0) : Rope.empty);
      }),
    ),
    replaceAll: fn(['string', 'string', 'string'], ([source, rope, template], call) =>
      use(source, call, (expression) =>
        text(replacedIn(rope, expression, (match) => expanded(template, rope, match, expression))),
      ),
    ),
    replaceAllLiteral: fn(['string', 'string', 'string'], ([source, rope, literal], call) =>
      use(source, call, (expression) => text(replacedIn(rope, expression, () => literal))),
    ),
    split: fn(['string', 'string', 'int'], ([source, rope, limit], call) =>
      use(source, call, (expression) => split(rope, expression, source, limit)),
    ),
  };
}

const [panicking, failing] = [functions(true), functions(false)];

function isMatch(source: Rope, rope: Rope, call: Call): Data {
  return matching(source, false, call, (expression) => bool(expression.exec(rope.text) !== undefined));
}

export const REGEX_FUNCTIONS: FunctionTable = {
  // What is no expression matches nothing.
  regexMatch: fn(['string', 'string'], ([source, rope], call) => {
    try {
      return isMatch(source, rope, call);
    } catch (error) {
      if (error instanceof TemplateError) return bool(false);
      throw error;
    }
  }),
  mustRegexMatch: fn(['string', 'string'], ([source, rope], call) => isMatch(source, rope, call)),
  regexFind: panicking.find,
  mustRegexFind: failing.find,
  regexFindAll: panicking.findAll,
  mustRegexFindAll: failing.findAll,
  regexReplaceAll: panicking.replaceAll,
  mustRegexReplaceAll: failing.replaceAll,
  regexReplaceAllLiteral: panicking.replaceAllLiteral,
  mustRegexReplaceAllLiteral: failing.replaceAllLiteral,
  regexSplit: panicking.split,
  mustRegexSplit: failing.split,
  regexQuoteMeta: fn(['string'], ([rope]) =>
    text(rope.spelled((part) => part.replaceAll(/[\\.+*?()|[\]{}^$]/g, '\\$&'))),
  ),
};
