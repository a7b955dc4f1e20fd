import { existsSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { CONFIG_NAME } from '../../shared-rules/index.ts';
import { foldersOfRepository } from './repository.ts';

/** The configuration in a folder or, inside a git repository, in the nearest folder above it, up to the repository's. */
export function nearestConfig(folder: string): string | undefined {
  const path = resolve(folder);
  for (const one of foldersOfRepository(path) ?? [path]) {
    const file = join(one, CONFIG_NAME);
    if (existsSync(file)) return relative('.', file);
  }
  return undefined;
}
