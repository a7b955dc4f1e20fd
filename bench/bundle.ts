import { join } from 'node:path';
import { build } from 'esbuild';

/** Bundles a program the way `scripts/build.mjs` bundles Bulkhead. @returns where it lies */
export async function bundle(name: string, entry: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.cjs`);
  await build({
    entryPoints: [join(import.meta.dirname, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minify: true,
    legalComments: 'none',
    logLevel: 'warning',
    mainFields: ['module', 'main'],
    alias: { yaml: join(import.meta.dirname, '..', 'node_modules', 'yaml', 'browser', 'index.js') },
  });
  return outfile;
}
