/** The rule pages: their facts, which stand in front matter, and the form in which they are shipped. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from './dependencies.mjs';

const directory = join(root, 'shared-rules', 'rules');

/** The kinds of ids that a page may name, with what they are called in print. */
export const ALIASES = {
  datadog: 'Datadog',
  kics: 'KICS',
  checkov: 'Checkov',
  trivy: 'Trivy',
  kubeLinter: 'kube-linter',
  kubescape: 'Kubescape',
  polaris: 'Polaris',
  kubeScore: 'kube-score',
  kubeaudit: 'kubeaudit',
  kyverno: 'Kyverno',
  pss: 'Pod Security Standards',
  cisKubernetes: 'CIS Kubernetes Benchmark 1.12',
  cisDocker: 'CIS Docker Benchmark 1.6',
  cwe: 'CWE',
  attack: 'MITRE ATT&CK',
};

/** @returns every page in the order of their ids: facts, `family`, and `body`, the text behind the front matter */
export function readRulePages() {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: family }) =>
      readdirSync(join(directory, family))
        .filter((name) => name.endsWith('.md'))
        .map((name) =>
          readPage(family, name.slice(0, -'.md'.length), readFileSync(join(directory, family, name), 'utf8')),
        ),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

function readPage(family, id, text) {
  const match = /^---\n([\s\S]*?)\n---\n/.exec(text);
  if (!match) throw new Error(`${id}.md has no front matter.`);
  const { title, severity, profile, security = true, fixes, aliases = {}, checks = {} } = parse(match[1]);
  for (const [name, value] of Object.entries({ title, severity, profile }))
    if (typeof value !== 'string') throw new Error(`${id}.md: the front matter lacks ${name}.`);
  if (!Array.isArray(fixes)) throw new Error(`${id}.md: the front matter lacks fixes.`);
  const inFull = (some) => {
    for (const name of Object.keys(some))
      if (!(name in ALIASES)) throw new Error(`${id}.md: unknown kind of alias ${name}.`);
    return Object.fromEntries(Object.keys(ALIASES).map((name) => [name, some[name] ?? []]));
  };
  const checksInFull = Object.fromEntries(Object.entries(checks).map(([check, some]) => [check, inFull(some)]));
  const body = text.slice(match[0].length).trimStart();
  return {
    id,
    family,
    title,
    severity,
    profile,
    isSecurity: security,
    fixes,
    aliases: inFull(aliases),
    checks: checksInFull,
    body,
  };
}

/** A page as people read it: the facts stand below the title and at the end. All pages lie in one folder then. */
export function toShippedPage({ severity, profile, family, aliases, checks, body }) {
  const facts = `Severity ${severity}, profile \`${profile}\`, category ${family}.`;
  const all = Object.keys(ALIASES).map((name) => [
    name,
    [...new Set([aliases, ...Object.values(checks)].flatMap((some) => some[name]))],
  ]);
  const others = all.filter(([, ids]) => ids.length > 0);
  const list = others.map(([name, ids]) => `- ${ALIASES[name]}: ${ids.map((id) => `\`${id}\``).join(', ')}`);
  const end = list.length > 0 ? `\n## In other tools and standards\n\n${list.join('\n')}\n` : '';
  const text = withShortMarks(body).replaceAll(/\]\(\.\.\/[\w-]+\/([\w-]+\.md)/g, ']($1');
  return `${text.replace('\n\n', `\n\n${facts}\n\n`).trimEnd()}\n${end}`;
}

/** Examples assert messages in whole, over several lines; a reader sees the first. */
function withShortMarks(body) {
  return body.replaceAll(/^( *# *\^+ (?:high|medium|low): .*)(?:\n *# {2,}.*)+/gm, '$1 …');
}
