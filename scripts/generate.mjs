/**
 * Writes what can be derived from the rule pages: the facts the rules know about themselves, the table of rules in
 * the docs, the severity setting in package.json, and the schema of the configuration. With `--check` it writes nothing and fails when a file is
 * not up to date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from './dependencies.mjs';
import { ALIASES, readRulePages } from './rule-pages.mjs';

const isCheck = process.argv.includes('--check');
const pages = readRulePages();

const outputs = [
  output('shared-rules/rules/facts.generated.ts', factsModule()),
  output('docs/rules.md', rulesTable()),
  output('docs/fixes.md', fixesTable()),
];
// These modules know the facts, which therefore have to be written first.
const { configSchema } = await import('./config-schema.mjs');
const { KUBERNETES_VERSION } = await import('../shared-rules/engine/settings.ts');
outputs.push(output('package.json', manifestWithSettings()));
outputs.push(output('schemas/bulkhead.schema.json', `${JSON.stringify(configSchema(), undefined, 2)}\n`));
const stale = outputs.filter(Boolean);

if (isCheck && stale.length > 0) {
  console.error(`Not up to date: ${stale.join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
}

function factsModule() {
  const list = Object.keys(ALIASES)
    .map((name) => `  readonly ${name}: readonly string[];`)
    .join('\n');
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
      `| [\`${id}\`](../shared-rules/rules/${id}.md) | ${title} | ${severity} | ${profile} | ${category} | ${fixes.length > 0 ? 'yes' : 'no'} |`,
  );
  return `# Rules

Written by \`npm run generate\` from the rule pages.

| rule | what it finds | severity | profile | category | fix |
| --- | --- | --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function fixesTable() {
  const rows = pages.flatMap(({ id, fixes }) =>
    fixes.map(
      ({ title, safety, why }) => `| [\`${id}\`](../shared-rules/rules/${id}.md) | ${title} | ${safety} | ${why} |`,
    ),
  );
  return `# Fixes

Written by \`npm run generate\` from the rule pages. A \`safe\` fix cannot change what a working workload does; it may be
applied on save and in bulk. A \`review\` fix may, so a person looks at it. Every fix is tried before it is offered: the
edited text parses as well as before, only what the fix is about differs, the finding is gone and nothing as
severe has come. A fix in an anchor says so in its title and is always for review. "…" stands for what depends
on the file.

| rule | fix | safety | why |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
}

function manifestWithSettings() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const settings = manifest.contributes.configuration.properties;
  settings['bulkhead.kubernetesVersion'].pattern = `^$|${KUBERNETES_VERSION.source}`;
  settings['bulkhead.severity'].properties = Object.fromEntries(
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
  if (!isCheck) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  return path;
}
