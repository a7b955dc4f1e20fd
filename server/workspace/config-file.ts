import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { CONFIG_NAME } from '../../shared-rules/index.ts';
import { type FileText, MOST_OF, readNamedFile, readTextFile } from './read-file.ts';
import { foldersOfRepository, repositoryOf } from './repository.ts';

/** The configuration in a folder or, inside a git repository, in the nearest folder above it, up to the repository's. */
export function nearestConfig(folder: string): string | undefined {
  const path = resolve(folder);
  for (const one of foldersOfRepository(path) ?? [path]) {
    const file = join(one, CONFIG_NAME);
    if (existsSync(file)) return relative('.', file);
  }
  return undefined;
}

/** Reads a configuration that was found in a folder. A link may lead to a file in the same repository. */
export function readFoundConfig(file: string): Promise<FileText> {
  return readTextFile(file, { most: MOST_OF.configuration, links: { within: repositoryOf(dirname(file)) } });
}

/** Reads a configuration that the user named. */
export function readNamedConfig(file: string): Promise<FileText> {
  return readNamedFile(file, MOST_OF.configuration);
}
