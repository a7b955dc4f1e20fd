/**
 * Bundles Bulkhead into `dist/`: the client, the program that is both language server and command line, the library, the
 * pages.
 */
import { chmodSync, copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundle } from './bundle.mjs';
import { root } from './dependencies.mjs';
import { readRulePages, toShippedPage } from './rule-pages.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const dist = join(root, 'dist');

/**
 * The files that make up the language server and the command line. Each loads the others it needs, so that the rules lie
 * there once and nobody waits for what it does not use.
 */
const PROGRAMS = {
  bulkhead: 'server/cli/start.ts',
  program: 'server/cli/program.ts',
  server: 'server/lsp/serve.ts',
  thread: 'server/workspace/lint/thread.ts',
  core: 'shared-rules/index.ts',
};
/** Files of functions that are loaded when the first of them is called. */
const LATER = { grammars: 'shared-rules/language/grammars.ts' };

rmSync(dist, { recursive: true, force: true });
mkdirSync(join(dist, 'rules'), { recursive: true });
await bundle({ entryPoints: ['client/extension.ts'], outfile: 'dist/client.cjs', external: ['vscode'] });
await bundle({
  entryPoints: { ...PROGRAMS, ...LATER },
  outdir: 'dist',
  outExtension: { '.js': '.cjs' },
  plugins: [requireEachOther(PROGRAMS), ...(await Promise.all(Object.entries(LATER).map(requireLater)))],
  // A file that is loaded later is required, too.
  supported: { 'dynamic-import': false },
  define: {
    BULKHEAD_VERSION: JSON.stringify(version),
    'import.meta.dirname': '__dirname',
    'import.meta.filename': '__filename',
  },
});
for (const format of ['esm', 'cjs']) {
  const outfile = `dist/library.${format === 'esm' ? 'mjs' : 'cjs'}`;
  // It runs anywhere: an import of Node's own modules ends the build.
  await bundle({ entryPoints: ['server/library/library.ts'], outfile, format, platform: 'neutral' });
}
writeLibraryTypes();
chmodSync(join(dist, 'bulkhead.cjs'), 0o755);
const pages = readRulePages();
for (const page of pages) writeFileSync(join(dist, 'rules', `${page.id}.md`), toShippedPage(page, pages));
copyFileSync(join(root, 'docs', 'configuration.md'), join(dist, 'configuration.md'));

/** Lets an import of another entry point be one of the file that is made of it. */
function requireEachOther(entryPoints) {
  const names = new Map(Object.entries(entryPoints).map(([name, path]) => [join(root, path), name]));
  return {
    name: 'require each other',
    setup({ onResolve }) {
      onResolve({ filter: /^\..*\.ts$/ }, ({ path, resolveDir, kind }) => {
        const name = kind === 'entry-point' ? undefined : names.get(join(resolveDir, path));
        return name && { path: `./${name}.cjs`, external: true };
      });
    },
  };
}

/** Lets the functions of an entry point load the file that is made of it. An import can wait, but only a promise does. */
async function requireLater([name, path]) {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [path],
    bundle: true,
    platform: 'node',
    format: 'esm',
    metafile: true,
    write: false,
  });
  const [{ exports }] = Object.values(metafile.outputs);
  const functions = exports.map(
    (it) => `export const ${it} = (...args) => (file ??= require('./${name}.cjs')).${it}(...args);`,
  );
  const contents = ['let file;', ...functions].join('\n');
  return {
    name: `require ${name} later`,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /^\..*\.ts$/ }, ({ path: imported, resolveDir, kind }) => {
        if (kind === 'entry-point' || join(resolveDir, imported) !== join(root, path)) return undefined;
        return { path: name, namespace: 'later' };
      });
      onResolve({ filter: /\.cjs$/, namespace: 'later' }, (file) => ({ path: file.path, external: true }));
      onLoad({ filter: new RegExp(`^${name}$`), namespace: 'later' }, () => ({ contents }));
    },
  };
}

/** The library's types as one file that imports nothing, for each way of importing. */
function writeLibraryTypes() {
  const ids = readRulePages().map(({ id }) => `  | '${id}'`);
  const api = readFileSync(join(root, 'server', 'library', 'library-api.ts'), 'utf8');
  const types = api.replace(/^import .*\n/m, `/** The id of a rule. */\nexport type RuleId =\n${ids.join('\n')};\n`);
  for (const name of ['library.d.mts', 'library.d.cts']) writeFileSync(join(dist, name), types);
}
