import { globPath, matchesPath, type PathPattern } from '../../language/glob.ts';

/** A line of `.helmignore`, as `helm.sh/helm/v3/pkg/ignore` reads it. */
interface Rule {
  readonly pattern: PathPattern | undefined;
  readonly isNegated: boolean;
  readonly isForFolders: boolean;
  /** Whether it is about names wherever they are, since it has no slash. */
  readonly isForNames: boolean;
}

/** What every chart leaves out. */
const DEFAULT = 'templates/.?*';

/** Of the files of a chart those that its `.helmignore` does not leave out. */
export function notIgnored(paths: readonly string[], ignoreFile: string): string[] {
  const rules = [...ignoreFile.replace(/^\ufeff/, '').split('\n'), DEFAULT].flatMap(parseRule);
  const folders = new Map<string, boolean>();
  const isFolderIgnored = (folder: string): boolean => {
    const known = folders.get(folder);
    if (known !== undefined) return known;
    const parent = folder.lastIndexOf('/');
    const isIgnored = (parent > 0 && isFolderIgnored(folder.slice(0, parent))) || matches(rules, folder, true);
    folders.set(folder, isIgnored);
    return isIgnored;
  };
  return paths.filter((path) => {
    const slash = path.lastIndexOf('/');
    return !(slash > 0 && isFolderIgnored(path.slice(0, slash))) && !matches(rules, path, false);
  });
}

function parseRule(line: string): Rule | [] {
  let glob = line.trim();
  // Helm refuses a chart with `**` here; what it would mean is not known.
  if (glob === '' || glob.startsWith('#') || glob.includes('**')) return [];
  const isNegated = glob.startsWith('!');
  if (isNegated) glob = glob.slice(1);
  const isForFolders = glob.endsWith('/');
  if (isForFolders) glob = glob.slice(0, -1);
  const isForNames = !glob.includes('/');
  return { pattern: globPath(glob.replace(/^\//, '')), isNegated, isForFolders, isForNames };
}

/** The first rule that says so decides; one with `!` leaves out whatever it does not match. */
function matches(rules: readonly Rule[], path: string, isFolder: boolean): boolean {
  const names = path.split('/');
  for (const { pattern, isNegated, isForFolders, isForNames } of rules) {
    const isMatch = pattern !== undefined && matchesPath(pattern, isForNames ? names.slice(-1) : names);
    if (isNegated ? (isForFolders && !isFolder) || !isMatch : isMatch && (isFolder || !isForFolders)) return true;
  }
  return false;
}
