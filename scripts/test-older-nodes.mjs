/**
 * Runs the tests of the command line and the library under the older versions of Node that Bulkhead promises to run with;
 * the rest of the tests run under the one in the lock file. These versions cannot run TypeScript, so that the tests are
 * bundled for them; the programs are those in `dist/`. The versions come from npm and are kept in `out/`.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { root, run } from './dependencies.mjs';

const VERSIONS = ['20.20.2', '22.23.3'];
const TESTS = ['cli/*', 'library/*', 'report/*', 'workspace/walk', 'workspace/gitignore', 'parity'];
const bundled = join(root, 'out', 'tests');

rmSync(bundled, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: TESTS.map((name) => `test/server/${name}.test.ts`),
  outdir: bundled,
  outExtension: { '.js': '.mjs' },
  bundle: true,
  packages: 'external',
  platform: 'node',
  format: 'esm',
  target: 'node20',
  logLevel: 'warning',
  plugins: [{ name: 'where a file was', setup: ({ onLoad }) => onLoad({ filter: /\.(ts|mjs)$/ }, atItsPlace) }],
});
const files = readdirSync(bundled, { recursive: true }).filter((name) => name.endsWith('.test.mjs'));
for (const version of VERSIONS) {
  console.log(`Node ${version}`);
  run(installed(version), ['--test', '--test-reporter=dot', ...files.sort().map((name) => join(bundled, name))]);
}

/** A file in a bundle still finds what lies beside its source. */
function atItsPlace({ path }) {
  const contents = readFileSync(path, 'utf8')
    .replaceAll('import.meta.dirname', JSON.stringify(dirname(path)))
    .replaceAll('import.meta.url', JSON.stringify(pathToFileURL(path).href));
  return { contents, loader: path.endsWith('.ts') ? 'ts' : 'js' };
}

/** @returns the path of the program */
function installed(version) {
  const folder = join(root, 'out', 'node', version);
  const program = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true });
    const quiet = ['--no-save', '--no-audit', '--no-fund', '--loglevel', 'error'];
    run('npm', ['install', '--prefix', folder, ...quiet, `node@${version}`]);
  }
  return program;
}
