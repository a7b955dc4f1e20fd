/**
 * Bundles Bulkhead into `dist/`: the client, the program that is both language server and command line, the library, the
 * pages.
 */
import { chmodSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundle } from './bundle.mjs';
import { bundles } from './bundles.mjs';
import { root } from './dependencies.mjs';
import { readRulePages, toShippedPage } from './rule-pages.mjs';

const dist = join(root, 'dist');

process.umask(0o022);
rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'rules'), { recursive: true });
for (const options of await bundles()) await bundle(options);
writeLibraryTypes();
chmodSync(join(dist, 'bulkhead.cjs'), 0o755);
const pages = readRulePages();
for (const page of pages) writeFileSync(join(dist, 'rules', `${page.id}.md`), toShippedPage(page, pages));
writeFileSync(join(dist, 'configuration.md'), readFileSync(join(root, 'docs', 'configuration.md')));
for (const folder of ['.', 'media', 'schemas']) giveModesOfGit(join(root, folder));

/** The library's types as one file that imports nothing, for each way of importing. */
function writeLibraryTypes() {
  const ids = readRulePages().map(({ id }) => `  | '${id}'`);
  const api = readFileSync(join(root, 'server', 'library', 'library-api.ts'), 'utf8');
  const types = api.replace(/^import .*\n/m, `/** The id of a rule. */\nexport type RuleId =\n${ids.join('\n')};\n`);
  for (const name of ['library.d.mts', 'library.d.cts']) writeFileSync(join(dist, name), types);
}

/** Packages hold the modes of files, which git leaves to the umask of who clones. None of these files can be run. */
function giveModesOfGit(folder) {
  const files = readdirSync(folder, { withFileTypes: true }).filter((it) => it.isFile() && !it.name.startsWith('.'));
  for (const { name } of files) chmodSync(join(folder, name), 0o644);
}
