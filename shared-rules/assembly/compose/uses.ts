import { folderOf, resolvePath } from '../../language/paths.ts';
import type { Value } from '../../language/yaml/value.ts';
import { composeText } from '../../model/compose/interpolation.ts';

/** The names under which Docker Compose finds a project, the first that exists; facts: the package `cli` of compose-go. */
export const DEFAULT_NAMES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];
export const OVERRIDE_NAMES = [
  'compose.override.yml',
  'compose.override.yaml',
  'docker-compose.override.yml',
  'docker-compose.override.yaml',
];
export const ENVIRONMENT_NAME = '.env';

/** A file that a Compose file includes, or whose services it extends, and where it says so. */
export interface UsedFile {
  readonly path: string;
  readonly at: Value;
}

/**
 * The files that a Compose file names. Which folder its paths are relative to depends on who reads it: here its own.
 * @param path the file's
 */
export function usedFiles(path: string, root: Value): UsedFile[] {
  const folder = folderOf(path);
  const included = (root.get('include')?.items() ?? []).flatMap((entry) => {
    const paths = entry.isMapping ? entry.get('path') : entry;
    return paths?.isSequence ? paths.items() : (paths ?? []);
  });
  const extended = (root.get('services')?.fields() ?? []).flatMap(({ value }) => value.at('extends', 'file') ?? []);
  return [...included, ...extended].flatMap((at) => {
    const text = composeText(at)?.text;
    return text === undefined ? [] : { path: resolvePath(folder, text), at };
  });
}
