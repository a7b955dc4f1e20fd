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

/**
 * @returns the page of every rule in the order of their ids: its facts, `family`, `file` (the name of its page, and of the
 * module beside that), `anchor` (of its section, where the page has several rules), `body` (the text behind the front
 * matter) and `line` (where that begins in the file). A section's headings are raised: it reads as a page of its own.
 */
export function readRulePages() {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name: family }) =>
      readdirSync(join(directory, family))
        .filter((name) => name.endsWith('.md'))
        .flatMap((name) =>
          readPages(family, name.slice(0, -'.md'.length), readFileSync(join(directory, family, name), 'utf8')),
        ),
    )
    .sort((a, b) => (a.id < b.id ? -1 : 1));
}

/** A page is that of the rule it is named after, or has `rules` in its front matter and a section for each of them. */
function readPages(family, file, text) {
  const match = /^---\n([\s\S]*?)\n---\n\s*/.exec(text);
  if (!match) throw new Error(`${file}.md has no front matter.`);
  const { rules, ...facts } = parse(match[1]);
  const body = text.slice(match[0].length);
  const line = lineAt(text, match[0].length);
  if (!rules) return [{ family, file, line, body, ...factsOf(file, facts) }];
  return rules.map(({ id, ...own }) => {
    const aliases = { ...facts.aliases, ...own.aliases };
    const known = factsOf(id, { ...facts, ...own, aliases });
    const heading = `${known.title} (\`${id}\`)`;
    const { offset, section } = sectionOf(body, heading, `${file}.md`);
    const start = match[0].length + offset;
    return { family, file, anchor: anchorOf(heading), line: lineAt(text, start), body: raised(section), ...known };
  });
}

/** What lies between the heading of a rule and that of the next. */
function sectionOf(body, heading, page) {
  const offset = `\n${body}`.indexOf(`\n## ${heading}\n`);
  if (offset < 0) throw new Error(`${page} has no section "## ${heading}".`);
  const [section] = body.slice(offset).split(/(?<=\n)(?=## .* \(`[\w-]+`\)\n)/, 1);
  return { offset, section };
}

/** The same text with its headings one level higher. Examples have no headings: theirs are comments. */
function raised(section) {
  const outside = /(^```[\s\S]*?^```$)/m;
  return section
    .split(outside)
    .map((part) => (part.startsWith('```') ? part : part.replaceAll(/^#(#+ )/gm, '$1')))
    .join('');
}

/** What GitHub makes of a heading. */
function anchorOf(heading) {
  return heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');
}

function lineAt(text, offset) {
  return text.slice(0, offset).split('\n').length;
}

const SEVERITIES = ['high', 'medium', 'low'];
const PROFILES = ['recommended', 'strict', 'all'];
const SAFETIES = ['safe', 'review'];

/** Checks the facts of a rule and completes them. */
function factsOf(id, { title, severity, profile, security = true, fixes, aliases = {}, checks = {}, ...others }) {
  const isOneOf = (name, value, values) => {
    if (!values.includes(value)) throw new Error(`${id}: ${name} must be one of ${values.join(', ')}.`);
  };
  if (typeof title !== 'string') throw new Error(`${id}: the front matter lacks title.`);
  isOneOf('severity', severity, SEVERITIES);
  isOneOf('profile', profile, PROFILES);
  isOneOf('security', security, [true, false]);
  if (!Array.isArray(fixes)) throw new Error(`${id}: the front matter lacks fixes; write [] where there is none.`);
  for (const { title: fix, safety } of fixes) isOneOf(`the safety of "${fix}"`, safety, SAFETIES);
  for (const name of Object.keys(others)) throw new Error(`${id}: unknown key ${name} in the front matter.`);
  const inFull = (some) => {
    for (const name of Object.keys(some))
      if (!(name in ALIASES)) throw new Error(`${id}: unknown kind of alias ${name}.`);
    return Object.fromEntries(Object.keys(ALIASES).map((name) => [name, some[name] ?? []]));
  };
  const checksInFull = Object.fromEntries(Object.entries(checks).map(([check, some]) => [check, inFull(some)]));
  return { id, title, severity, profile, isSecurity: security, fixes, aliases: inFull(aliases), checks: checksInFull };
}

/**
 * A page as people read it: the facts stand below the title and at the end. All pages lie in one folder then.
 * @param pages all of them, to which links may lead
 */
export function toShippedPage({ severity, profile, family, aliases, checks, body }, pages) {
  const facts = `Severity ${severity}, profile \`${profile}\`, category ${family}.`;
  const all = Object.keys(ALIASES).map((name) => [
    name,
    [...new Set([aliases, ...Object.values(checks)].flatMap((some) => some[name]))],
  ]);
  const others = all.filter(([, ids]) => ids.length > 0);
  const list = others.map(([name, ids]) => `- ${ALIASES[name]}: ${ids.map((id) => `\`${id}\``).join(', ')}`);
  const end = list.length > 0 ? `\n## In other tools and standards\n\n${list.join('\n')}\n` : '';
  return `${withFlatLinks(withShortMarks(body), pages).replace('\n\n', `\n\n${facts}\n\n`).trimEnd()}\n${end}`;
}

function withFlatLinks(text, pages) {
  return text.replaceAll(/\]\((?:\.\.\/[\w-]+\/)?([\w-]+\.md)?(#[\w-]+)?\)/g, (_, page = '', hash = '') => {
    const section = pages.find(({ anchor }) => `#${anchor}` === hash);
    return `](${section ? `${section.id}.md` : page + hash})`;
  });
}

/** Examples assert messages in whole, over several lines; a reader sees the first. */
function withShortMarks(body) {
  return body.replaceAll(/^( *# *\^+ (?:high|medium|low): .*)(?:\n *# {2,}.*)+/gm, '$1 …');
}
