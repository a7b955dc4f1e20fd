import { join } from 'node:path';
import { bundle as bundleInto } from '../scripts/bundle.mjs';

/** Bundles a program the way Bulkhead is bundled. @returns where it lies */
export async function bundle(name: string, entry: string, folder: string): Promise<string> {
  const outfile = join(folder, `${name}.cjs`);
  await bundleInto({ entryPoints: [join(import.meta.dirname, entry)], outfile });
  return outfile;
}
