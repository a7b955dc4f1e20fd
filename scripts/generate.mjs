/**
 * Writes what can be derived from the rule pages: the facts the rules know about themselves, the table of rules in
 * the docs, and the severity setting in package.json. With `--check` it writes nothing and fails when a file is
 * not up to date.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const rulesDirectory = join(root, 'shared-rules', 'rules');
const isCheck = process.argv.includes('--check');

const ALIAS_NAMES = [
  'datadog',
  'kics',
  'checkov',
  'trivy',
  'kubeLinter',
  'kubescape',
  'polaris',
  'kyverno',
  'pss',
  'cisKubernetes',
  'cisDocker',
  'cwe',
  'attack',
];

const pages = readdirSync(rulesDirectory)
  .filter((name) => name.endsWith('.md'))
  .sort()
  .map((name) => readPage(name.slice(0, -'.md'.length), readFileSync(join(rulesDirectory, name), 'utf8')));

const stale = [
  output('shared-rules/rules/facts.generated.ts', factsModule()),
  output('docs/rules.md', rulesTable()),
  output('package.json', manifestWithSeverities()),
].filter(Boolean);

if (isCheck && stale.length > 0) {
  console.error(`Not up to date: ${stale.join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
}

function readPage(id, text) {
  const match = /^---\n([\s\S]*?)\n---\n/.exec(text);
  if (!match) throw new Error(`${id}.md has no front matter.`);
  const { title, severity, profile, category, aliases = {} } = parse(match[1]);
  for (const [name, value] of Object.entries({ title, severity, profile, category }))
    if (typeof value !== 'string') throw new Error(`${id}.md: the front matter lacks ${name}.`);
  for (const name of Object.keys(aliases))
    if (!ALIAS_NAMES.includes(name)) throw new Error(`${id}.md: unknown kind of alias ${name}.`);
  const all = Object.fromEntries(ALIAS_NAMES.map((name) => [name, aliases[name] ?? []]));
  return { id, title, severity, profile, category, aliases: all, fixes: fixTitles(text) };
}

/** The titles of the fixed examples, each with the safety that the page's tests see. */
function fixTitles(text) {
  return [...text.matchAll(/^```\w+ fixed (.+)$/gm)].length > 0;
}

function factsModule() {
  const list = ALIAS_NAMES.map((name) => `  readonly ${name}: readonly string[];`).join('\n');
  const entries = pages.map(({ id, title, severity, profile, category, aliases }) => {
    const shown = Object.entries(aliases).map(([name, ids]) => `      ${name}: [${ids.map(quote).join(', ')}],`);
    return [
      `  ${quote(id)}: {`,
      `    title: ${quote(title)},`,
      `    severity: ${quote(severity)},`,
      `    profile: ${quote(profile)},`,
      `    category: ${quote(category)},`,
      '    aliases: {',
      ...shown,
      '    },',
      '  },',
    ].join('\n');
  });
  return `// Written by scripts/generate.mjs from the front matter of the rule pages. Do not edit.
import type { Severity } from '../engine/rule.ts';
import type { Profile } from '../engine/settings.ts';

/** The ids of the same danger in other tools and standards. */
export interface Aliases {
${list}
}

export interface Facts {
  readonly title: string;
  readonly severity: Severity;
  /** The smallest profile that holds the rule. */
  readonly profile: Profile;
  readonly category: string;
  readonly aliases: Aliases;
}

export type RuleId =
${pages.map(({ id }) => `  | ${quote(id)}`).join('\n')};

export const FACTS: Readonly<Record<RuleId, Facts>> = {
${entries.join('\n')}
};
`;
}

function quote(text) {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

function rulesTable() {
  const rows = pages.map(
    ({ id, title, severity, profile, category, fixes }) =>
      `| [\`${id}\`](../shared-rules/rules/${id}.md) | ${title} | ${severity} | ${profile} | ${category} | ${fixes ? 'yes' : 'no'} |`,
  );
  return `# Rules

Written by \`npm run generate\` from the rule pages.

| rule | what it finds | severity | profile | category | fix |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function manifestWithSeverities() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const setting = manifest.contributes?.configuration?.properties?.['bulkhead.severity'];
  if (!setting) throw new Error('package.json has no setting bulkhead.severity.');
  setting.properties = Object.fromEntries(
    pages.map(({ id, title }) => [id, { enum: ['high', 'medium', 'low', 'off'], description: `${title}.` }]),
  );
  return `${JSON.stringify(manifest, undefined, 2)}\n`;
}

/** Writes a file, or with `--check` compares it. @returns its path when it was not up to date */
function output(path, text) {
  let before;
  try {
    before = readFileSync(join(root, path), 'utf8');
  } catch {
    before = undefined;
  }
  if (before === text) return undefined;
  if (!isCheck) writeFileSync(join(root, path), text);
  return path;
}
