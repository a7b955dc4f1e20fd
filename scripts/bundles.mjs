/** What is bundled into `dist/`, as options of esbuild: the build makes files of it, the lists of packages ask what is in it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from './dependencies.mjs';

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

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

/** One for the client, one for the programs, two for the library. */
export async function bundles() {
  return [
    {
      entryPoints: ['client/extension.ts'],
      outfile: 'dist/client.cjs',
      external: ['vscode'],
      // The client starts the server, and talks to it over a pipe that the process is started with.
      plugins: [libraryModulesLeftOut('net')],
    },
    {
      entryPoints: { ...PROGRAMS, ...LATER },
      outdir: 'dist',
      outExtension: { '.js': '.cjs' },
      plugins: [
        libraryModulesLeftOut('child_process', 'net'),
        requireEachOther(PROGRAMS),
        ...(await Promise.all(Object.entries(LATER).map(requireLater))),
      ],
      // A file that is loaded later is required, too.
      supported: { 'dynamic-import': false },
      define: {
        BULKHEAD_VERSION: JSON.stringify(version),
        'import.meta.dirname': '__dirname',
        'import.meta.filename': '__filename',
      },
    },
    ...['esm', 'cjs'].map((format) => ({
      entryPoints: ['server/library/library.ts'],
      outfile: `dist/library.${format === 'esm' ? 'mjs' : 'cjs'}`,
      format,
      // It runs anywhere: an import of Node's own modules ends the build.
      platform: 'neutral',
    })),
  ];
}

/**
 * Gives the packages in a bundle an empty module for one of Node's. They import it for what Bulkhead does not use (sockets
 * between an editor and its server, programs as subcommands); without it nothing in the bundle can.
 */
function libraryModulesLeftOut(...names) {
  return {
    name: 'modules left out',
    setup({ onResolve, onLoad }) {
      onResolve({ filter: new RegExp(`^(node:)?(${names.join('|')})$`) }, ({ path, importer }) =>
        importer.includes('node_modules') ? { path, namespace: 'left-out' } : undefined,
      );
      onLoad({ filter: /./, namespace: 'left-out' }, () => ({ contents: 'module.exports = {};' }));
    },
  };
}

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
