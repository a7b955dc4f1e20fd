/**
 * Fails where a regular expression of the product may need more than linear time, since the texts it meets are written by
 * strangers. Every literal is looked at, and what `new RegExp` made while the product was loaded; where else it is called
 * has to be listed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parse } from 'acorn';
import { check } from 'recheck';
import { analyse } from 'scslre';
import { root } from './dependencies.mjs';

/** Why an expression that is not linear does no harm. */
const HARMLESS = {
  'server/cli/explain.ts': 'it reads the pages of rules, which are in the package',
  'server/report/sarif.ts': 'it reads the pages of rules, which are in the package',
};

/** Where expressions are made of texts, and of which. */
const MADE = {
  'shared-rules/config/shape.ts': 'a literal',
  'shared-rules/language/template/template.ts': 'the number of a column',
  'shared-rules/language/yaml/outline.ts': 'literals',
  'shared-rules/model/ai/classify.ts': 'literals',
  'shared-rules/model/ai/signals.ts': 'a literal',
  'shared-rules/model/prefilter.ts': 'names of kinds that stand in the code',
  'shared-rules/rules/ai/server-options.ts': 'literals',
};

/** In milliseconds, for the automaton of one expression. */
const TIMEOUT = 10_000;

const files = ['shared-rules', 'server', 'client'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name).split(sep).join('/')),
);
const made = await madeByLoading('shared-rules/index.ts');
const found = [...files.flatMap(literalsOf), ...made];
const problems = files.flatMap(unlisted);
// One after the other: to wait for others would count as time that an expression takes.
for (const expression of found) problems.push(...(await problemOf(expression)));
problems.push(...needless());
console.log(`${found.length} regular expressions, ${made.length} of them made of texts.`);
for (const problem of problems) console.error(problem);
process.exit(problems.length > 0 ? 1 : 0);

function tokensOf(file) {
  const tokens = [];
  const code = stripTypeScriptTypes(readFileSync(join(root, file), 'utf8'));
  parse(code, { ecmaVersion: 'latest', sourceType: 'module', locations: true, onToken: tokens });
  return tokens;
}

function literalsOf(file) {
  return tokensOf(file)
    .filter(({ type }) => type.label === 'regexp')
    .map(({ value, loc }) => ({ file, line: loc.start.line, source: value.pattern, flags: value.flags }));
}

/** What `new RegExp` makes while a module and all it imports are loaded. */
async function madeByLoading(module) {
  const all = [];
  const original = globalThis.RegExp;
  globalThis.RegExp = new Proxy(original, {
    construct(target, args, newTarget) {
      const expression = Reflect.construct(target, args, newTarget);
      all.push({ file: module, line: 'made while it is loaded', source: expression.source, flags: expression.flags });
      return expression;
    },
  });
  await import(pathToFileURL(join(root, module)));
  globalThis.RegExp = original;
  return all;
}

/** A place where an expression is made of texts that nobody has looked at. */
function unlisted(file) {
  const makes = tokensOf(file).some(({ value }, index, all) => value === 'RegExp' && all[index - 1]?.value === 'new');
  if (makes && !MADE[file]) return [`${file}: makes an expression of a text. Match the text with language/glob.ts.`];
  return !makes && MADE[file] ? [`${file} makes no expression; take it off the list of scripts/expressions.mjs.`] : [];
}

async function problemOf(expression) {
  const { file, line, source, flags } = expression;
  const why = await fault(source, flags, made.includes(expression));
  if (why === undefined) return [];
  expression.isHarmful = true;
  return HARMLESS[file] ? [] : [`${file}:${line}: /${source}/${flags} ${why}`];
}

/**
 * Automata decide exactly, where they can be made and are not too large. Of assertions and references back to groups they
 * cannot: there a search for loops that can exchange characters has to do.
 */
async function fault(source, flags, isMade) {
  const options = { timeout: TIMEOUT, checker: 'automaton' };
  const { status, complexity, attack } = isMade ? {} : await check(source, flags, options);
  if (status === 'safe') return undefined;
  if (status === 'vulnerable') return `takes ${complexity.summary} time, as for ${attack.pattern}`;
  const [report] = analyse({ source, flags }).reports;
  return report && `has loops that can exchange characters: ${(report.startQuant ?? report.quant).raw}`;
}

function needless() {
  const harmful = new Set(found.filter(({ isHarmful }) => isHarmful).map(({ file }) => file));
  return Object.keys(HARMLESS).flatMap((file) =>
    harmful.has(file) ? [] : `${file} has linear expressions only; take it off the list of scripts/expressions.mjs.`,
  );
}
