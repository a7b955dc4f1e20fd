import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inputsOf } from './bundle.mjs';
import { bundles } from './bundles.mjs';
import { root } from './dependencies.mjs';

/** What may be shipped with a program under Apache-2.0 and asks for no more than its notice. Each by its SPDX id. */
const ALLOWED = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'ISC', 'MIT'];

const locked = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;

/**
 * The packages that a bundle holds code of, by what esbuild says. A package may be there in two versions.
 * @returns `packages`, by their package URLs in order: name, version, license, integrity (of the lock file), texts (of
 *   licence and notices), files (of `dist/`) and imports (package URLs); `own`: those that Bulkhead itself imports
 * @throws where a licence is not one of those allowed, has no text, or what is installed is not what is locked
 */
export async function bundledPackages() {
  const packages = new Map();
  const own = new Set();
  const edges = [];
  for (const options of await bundles()) {
    const { inputs, outputs } = await inputsOf(options);
    for (const [file, { inputs: parts }] of Object.entries(outputs))
      for (const folder of foldersOf(Object.keys(parts))) add(packages, folder, file);
    for (const [path, { imports }] of Object.entries(inputs))
      edges.push([folderOf(path), foldersOf(imports.map((it) => it.path))]);
  }
  for (const [from, targets] of edges)
    for (const to of [...targets].map(urlOf))
      if (packages.has(to) && to !== urlOf(from)) (packages.get(urlOf(from))?.imports ?? own).add(to);
  return { packages: new Map([...packages].sort(([a], [b]) => (a < b ? -1 : 1))), own };
}

/** https://github.com/package-url/purl-spec/blob/main/types-doc/npm-definition.md */
export function packageUrl(name, version) {
  return `pkg:npm/${name.replace('@', '%40')}@${version}`;
}

/** @returns undefined for no folder, which is that of Bulkhead itself */
function urlOf(folder) {
  if (folder === undefined) return undefined;
  const { name, version } = manifestOf(folder);
  return packageUrl(name, version);
}

/** The folder of the package that a file is in, or undefined for one of Bulkhead's own. */
function folderOf(path) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

function foldersOf(paths) {
  return new Set(paths.map(folderOf).filter((folder) => folder !== undefined));
}

function manifestOf(folder) {
  return JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8'));
}

function add(packages, folder, file) {
  const url = urlOf(folder);
  if (!packages.has(url)) packages.set(url, read(folder));
  packages.get(url).files.add(file);
}

function read(folder) {
  const { name, version, license } = manifestOf(folder);
  const { version: wanted, integrity } = locked[folder] ?? {};
  if (wanted !== version) throw new Error(`${folder} is ${version}, and ${wanted} is locked. Run: npm ci`);
  if (!ALLOWED.includes(license))
    throw new Error(`${name} ${version} has the licence ${license}, which is not allowed.`);
  const texts = licenceTexts(folder);
  if (texts.length === 0) throw new Error(`${name} ${version} has no licence text.`);
  return { name, version, license, integrity, texts, files: new Set(), imports: new Set() };
}

/** @throws where a package may not be shipped. An expression such as `MIT OR GPL-2.0` is for a person to decide about. */
export function checkLicence(name, license, texts) {
  if (!ALLOWED.includes(license)) throw new Error(`${name} has the licence ${license}, which is not allowed.`);
  if (texts.length === 0) throw new Error(`${name} has no licence text.`);
}

function licenceTexts(folder) {
  const names = readdirSync(join(root, folder)).filter((name) =>
    /^(licen[cs]e|copying|(thirdparty)?notice)/i.test(name),
  );
  return names.sort().map((name) =>
    readFileSync(join(root, folder, name), 'utf8')
      .replaceAll('\r\n', '\n')
      .trim(),
  );
}
