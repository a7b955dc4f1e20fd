import { realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { type Policy, readPolicy } from '../../shared-rules/index.ts';
import { slashed } from '../sinks/uri.ts';
import { MOST_OF, readNamedFile } from '../workspace/read-file.ts';
import { foldersOfRepository, repositoryOf } from '../workspace/repository.ts';
import type { Messages } from './messages.ts';
import { problemsIn, sayProblem } from './problems.ts';

/**
 * Reads the policy of a run. What is wrong with it is complained of.
 * @param paths what is checked beside the current folder: a policy that lies among it could be changed with it
 * @returns undefined where it cannot be used; then nothing may be done
 */
export async function policyOf(
  file: string,
  paths: readonly string[],
  messages: Messages,
): Promise<Policy | undefined> {
  const repository = checkedFolders(paths).find((folder) => liesIn(folder, file));
  if (repository !== undefined) {
    messages.error(
      `the policy ${file} lies in what is checked, so whoever changes that can change the policy, too. Nothing was done. Keep it in another repository, or take it from a protected branch: --policy <(git show origin/main:./${slashed(relative('.', file))})`,
    );
    return undefined;
  }
  const read = await readNamedFile(file, MOST_OF.configuration);
  if ('refused' in read) {
    messages.error(`the policy ${file} ${read.refused}. Nothing was done.`);
    return undefined;
  }
  const { policy, problems } = readPolicy(file, read.text);
  for (const problem of problemsIn(file, read.text, problems)) sayProblem(problem, messages);
  if (problems.length === 0) return policy;
  messages.error(`the policy ${file} has errors; nothing was done.`);
  return undefined;
}

/** The repositories, or else the folders, that a run looks into. */
function checkedFolders(paths: readonly string[]): string[] {
  const isInRepository = foldersOfRepository(resolve('.')) !== undefined;
  const named = paths.flatMap((path) => {
    const stats = statSync(path, { throwIfNoEntry: false });
    return stats ? (stats.isDirectory() ? path : dirname(path)) : [];
  });
  return [...(isInRepository || named.length === 0 ? ['.'] : []), ...named].map(repositoryOf);
}

/** Whether a file, or the link that leads to it, lies in a folder, and in no other repository within. */
function liesIn(folder: string, file: string): boolean {
  const root = realPath(folder);
  return [resolve(file), realPath(file)].some((path) => {
    const names = relative(root, path).split(sep);
    if (names[0] === '..' || isAbsolute(names.join(sep))) return false;
    // A file of that name may be a submodule's: which commit of it is checked out is said by the repository around it.
    return !names.slice(0, -1).some((_, index) => isFolder(join(root, ...names.slice(0, index + 1), '.git')));
  });
}

function realPath(path: string): string {
  try {
    return realpathSync.native(path);
  } catch {
    // A pipe has no other name.
    return resolve(path);
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
