/**
 * Writes what can be derived from the rule pages and tables: the facts the rules know about themselves, the tables in
 * the docs, the settings in package.json that name rules, and the schemas of the configuration and the policy; and from what is bundled,
 * the notices and the bill of materials. With `--check` it writes nothing and fails when a file is not up to date.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { KNOWN_HOST_USERS } from '../shared-rules/engine/known-host-users/catalogue.ts';
import { root } from './dependencies.mjs';
import { ALIASES, readRulePages } from './rule-pages.mjs';

const isCheck = process.argv.includes('--check');
const pages = readRulePages();
const families = [...new Set(pages.map(({ family }) => family))].sort();
const pageOf = new Map(pages.map((page) => [page.id, page]));

const outputs = [
  output('shared-rules/rules/catalogue.generated.ts', catalogueModule()),
  output('shared-rules/rules/index.generated.ts', indexModule()),
  output('docs/rules.md', rulesTable()),
  output('docs/fixes.md', fixesTable()),
  output('docs/known-host-users.md', knownHostUsers()),
];
// These modules know the facts, which therefore have to be written first.
const { configSchema, policySchema } = await import('./config-schema.mjs');
const { KUBERNETES_VERSION } = await import('../shared-rules/model/kubernetes/version.ts');
outputs.push(output('package.json', manifestWithSettings()));
for (const [name, schema] of [
  ['bulkhead', configSchema()],
  ['bulkhead-policy', policySchema()],
])
  outputs.push(output(`schemas/${name}.schema.json`, `${JSON.stringify(schema, undefined, 2)}\n`));
// So does what is bundled.
const { billOfMaterials, notices } = await import('./third-party.mjs');
outputs.push(output('THIRD-PARTY-NOTICES.txt', notices()));
outputs.push(output('bulkhead.cdx.json', billOfMaterials()));
const stale = outputs.filter(Boolean);

if (isCheck && stale.length > 0) {
  console.error(`Not up to date: ${stale.join(', ')}. Run: npm run generate`);
  process.exitCode = 1;
}

function catalogueModule() {
  const list = Object.keys(ALIASES)
    .map((name) => `  readonly ${name}: readonly string[];`)
    .join('\n');
  const entries = pages.map(({ id, family, title, severity, profile, isSecurity, fixes, aliases, checks }) => {
    return [
      `  ${quote(id)}: {`,
      `    title: ${quote(title)},`,
      `    severity: ${quote(severity)},`,
      `    profile: ${quote(profile)},`,
      `    category: ${quote(family)},`,
      `    isSecurity: ${isSecurity},`,
      `    isFixable: ${fixes.length > 0},`,
      `    aliases: ${aliasesLiteral(aliases, () => true)},`,
      `    checks: {${Object.entries(checks)
        .map(([check, some]) => ` ${quote(check)}: ${aliasesLiteral(some)},`)
        .join('')} },`,
      '  },',
    ].join('\n');
  });
  return `// Written by scripts/generate.mjs from the front matter of the rule pages. Do not edit.
import type { Profile, Severity } from './severity.ts';

/** The ids of the same danger in other tools and standards. */
export interface Aliases {
${list}
}

/** What the page of a rule says about it. */
export interface CatalogueEntry {
  readonly title: string;
  readonly severity: Severity;
  /** The smallest profile that holds the rule. */
  readonly profile: Profile;
  readonly category: Category;
  /** Whether it is about security, and not about availability or hygiene. */
  readonly isSecurity: boolean;
  /** Whether there are fixes for findings of the rule. */
  readonly isFixable: boolean;
  /** Those of every finding of the rule. */
  readonly aliases: Aliases;
  /** By the check that a finding is: the ids that only such findings have beside those of the rule. */
  readonly checks: Readonly<Record<string, Partial<Aliases>>>;
}

/** The family of a rule, which is the folder that holds it. */
export type Category =
${families.map((family) => `  | ${quote(family)}`).join('\n')};

export type RuleId =
${pages.map(({ id }) => `  | ${quote(id)}`).join('\n')};

export const CATALOGUE: Readonly<Record<RuleId, CatalogueEntry>> = {
${entries.join('\n')}
};
`;
}

/** The list of rules. A module lies beside its page and has what it exports under the page's name in camel case. */
function indexModule() {
  const modules = new Map(pages.map(({ file, family, anchor }) => [file, { family, isList: anchor !== undefined }]));
  const nameOf = (file) => file.replaceAll(/-(\w)/g, (_, letter) => letter.toUpperCase());
  const imports = [...modules].map(([file, { family }]) => `import { ${nameOf(file)} } from './${family}/${file}.ts';`);
  const entries = [...modules].map(([file, { isList }]) => `  ${isList ? '...' : ''}${nameOf(file)},`);
  return `// Written by scripts/generate.mjs from the rule pages. Do not edit.
import type { Rule } from './api.ts';
${imports.join('\n')}

const all: readonly Rule[] = [
${entries.join('\n')}
];

/** Every rule, in the order of their ids. */
export const rules: readonly Rule[] = all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
`;
}

function aliasesLiteral(aliases, isShown = (ids) => ids.length > 0) {
  const entries = Object.entries(aliases).filter(([, ids]) => isShown(ids));
  return `{ ${entries.map(([name, ids]) => `${name}: [${ids.map(quote).join(', ')}]`).join(', ')} }`;
}

function quote(text) {
  return text.includes("'") ? JSON.stringify(text) : `'${text}'`;
}

function rulesTable() {
  const rows = pages.map(
    ({ id, title, severity, profile, family, fixes }) =>
      `| ${linkTo(id)} | ${title} | ${severity} | ${profile} | ${family} | ${fixes.length > 0 ? 'yes' : 'no'} |`,
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
    fixes.map(({ title, safety, why }) => `| ${linkTo(id)} | ${title} | ${safety} | ${why} |`),
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

function knownHostUsers() {
  const groups = Object.entries(KNOWN_HOST_USERS).map(([group, users]) => {
    const rows = users.map(
      ({ what, images, kinds, needs, source }) =>
        `| ${what} | ${list(images)} | ${kinds.join(', ')} | ${needs.map(linkTo).join(', ')} | ${source} |`,
    );
    return `## ${group}\n\n| what it is | images | runs as | needs | source |\n| --- | --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  return `# Known host users

Written by \`npm run generate\` from the catalogue.

Some programs have their job on the node: network plugins, log collectors, drivers. Their findings are \`low\` and say so,
and fixes that would break them are not offered. A program is known by its image **and** the kind it runs as, never by
a name: the same image in another kind, or another image under the same name, is reported as ever. An image may stand
behind any registry or mirror. Where a finding is about one container or one volume, the images of that container, or
of all containers that mount the volume, have to be known. A workload that is an AI workload is never eased. What a
program needs is what its own manifest asks for, whose repository on GitHub is the source: anything else that its pod
has is reported as ever.

The reason still belongs into the file: accept the finding from the light bulb and write it down.

The setting \`bulkhead.knownHostUsers\` adds to the list:

\`\`\`json
"bulkhead.knownHostUsers": [
  {
    "image": "ghcr.io/acme/node-agent",
    "kinds": ["DaemonSet"],
    "rules": ["host-pid"],
    "reason": "It reports the processes of each node."
  }
]
\`\`\`

Without \`kinds\` an entry counts for any kind, without \`rules\` for all rules in the tables below.

${groups.join('\n')}`;
}

/** From a page in `docs/`. */
function linkTo(id) {
  const { family, file, anchor } = pageOf.get(id);
  return `[\`${id}\`](../shared-rules/rules/${family}/${file}.md${anchor ? `#${anchor}` : ''})`;
}

function list(names) {
  return names.map((name) => `\`${name}\``).join(', ');
}

function manifestWithSettings() {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const settings = manifest.contributes.configuration.properties;
  settings['bulkhead.kubernetesVersion'].pattern = `^$|${KUBERNETES_VERSION.source}`;
  settings['bulkhead.severity'].properties = Object.fromEntries(
    pages.map(({ id, title }) => [id, { enum: ['high', 'medium', 'low', 'off'], description: `${title}.` }]),
  );
  const hostUsers = manifest.contributes.configuration.properties['bulkhead.knownHostUsers'];
  if (!hostUsers) throw new Error('package.json has no setting bulkhead.knownHostUsers.');
  hostUsers.items.properties.rules.items = { enum: pages.map(({ id }) => id) };
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
