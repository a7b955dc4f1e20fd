import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, transform } from 'esbuild';
import { root } from './dependencies.mjs';

const OPTIONS = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minifySyntax: true,
  minifyIdentifiers: true,
  legalComments: 'none',
  logLevel: 'warning',
  // The ES modules of dependencies are smaller.
  mainFields: ['module', 'main'],
  // So is yaml's browser build, which starts sooner and parses faster, too.
  alias: { yaml: join(root, 'node_modules', 'yaml', 'browser', 'index.js') },
  write: false,
};

/** Bundles programs, made to start quickly. @param options those of esbuild that are to be added */
export async function bundle(options) {
  const { outputFiles } = await build({ ...OPTIONS, ...options });
  for (const { path, text } of outputFiles) {
    const { code } = await transform(compiledAtOnce(text), { minifyIdentifiers: true, minifyWhitespace: true });
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, code);
  }
}

/** @param options of a bundle @returns what esbuild says about its files and what went into each */
export async function inputsOf(options) {
  const { metafile } = await build({ ...OPTIONS, ...options, metafile: true });
  return metafile;
}

/**
 * A CommonJS module in a bundle is a function that is called once. V8 skips functions when it first reads them, and reads
 * them again when they are called; one in parentheses it takes to be called at once, and reads it only once.
 */
function compiledAtOnce(text) {
  const [, wrap] = /^var (\w+) = \(\w+, (\w+)\) => \(\) => \{\n {2}try \{\n {4}return \2 \|\|/m.exec(text) ?? [];
  if (wrap === undefined) return text;
  // What stands in a function is indented, so that it ends with the first line that begins with a brace.
  const module = new RegExp(`( = ${wrap}\\()(\\([\\w, ]*\\) => \\{\\n(?:(?!\\}).*\\n)*\\})(?=\\)[;,])`, 'g');
  return text.replace(module, '$1($2)');
}
