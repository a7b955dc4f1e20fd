/**
 * Bundles Bulkhead into `dist/`: the client, the program that is both language server and command line, the library, the
 * pages.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './dependencies.mjs';
import { readRulePages, toShippedPage } from './rule-pages.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const dist = join(root, 'dist');

const common = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minify: true,
  legalComments: 'none',
  logLevel: 'warning',
  // The ES modules of dependencies are smaller, and yaml's browser build is the one that parses faster.
  mainFields: ['module', 'main'],
};

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'rules'), { recursive: true });
await build({ ...common, entryPoints: ['client/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] });
await build({
  ...common,
  entryPoints: ['server/start.ts'],
  outfile: 'dist/bulkhead.cjs',
  define: {
    BULKHEAD_VERSION: JSON.stringify(version),
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
});
for (const format of ['esm', 'cjs']) {
  const outfile = `dist/library.${format === 'esm' ? 'mjs' : 'cjs'}`;
  // It runs anywhere: an import of Node's own modules ends the build.
  await build({ ...common, entryPoints: ['server/library.ts'], outfile, format, platform: 'neutral' });
}
writeLibraryTypes();
chmodSync(join(dist, 'bulkhead.cjs'), 0o755);
for (const page of readRulePages()) writeFileSync(join(dist, 'rules', `${page.id}.md`), toShippedPage(page));
copyFileSync(join(root, 'docs', 'configuration.md'), join(dist, 'configuration.md'));

/** The library's types as one file that imports nothing, for each way of importing. */
function writeLibraryTypes() {
  const ids = readRulePages().map(({ id }) => `  | '${id}'`);
  const api = readFileSync(join(root, 'server', 'library-api.ts'), 'utf8');
  const types = api.replace(/^import .*\n/m, `/** The id of a rule. */\nexport type RuleId =\n${ids.join('\n')};\n`);
  for (const name of ['library.d.mts', 'library.d.cts']) writeFileSync(join(dist, name), types);
}
