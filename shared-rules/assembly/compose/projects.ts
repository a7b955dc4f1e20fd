import { folderOf, resolvePath } from '../../language/paths.ts';
import type { Sources } from '../sources.ts';
import type { ComposeProject } from './project.ts';
import { DEFAULT_NAMES, ENVIRONMENT_NAME, OVERRIDE_NAMES } from './uses.ts';

/** Who uses a Compose file, by its path: files that include or extend it, and projects that have it among their files. */
export type ComposeUses = (path: string) => readonly (string | ComposeProject)[];

/** So many files that use each other are gone through for the projects of one, and so many projects are judged. */
const MOST_USERS = 200;
const MOST_PROJECTS = 20;

/** The projects that a Compose file is a part of; none where nobody combines it with anything. */
export function projectsWith(path: string, uses: ComposeUses, sources: Sources): ComposeProject[] {
  const projects = new Map<string, ComposeProject>();
  const users = new Set([path]);
  for (const user of users) {
    const found: ComposeProject[] = [];
    let isIncluded = false;
    for (const used of uses(user)) {
      isIncluded ||= typeof used === 'string';
      if (typeof used !== 'string') found.push(used);
      else if (users.size < MOST_USERS) users.add(used);
    }
    // What another file includes is not deployed by itself, whatever it is called.
    if (!isIncluded) found.push(...defaultProject(user, sources));
    for (const project of found) {
      // Every file is asked for, so that one that is not known yet does not hide the next.
      const isWhole = !project.files.map(sources).includes(undefined);
      if (isWhole && projects.size < MOST_PROJECTS) projects.set(JSON.stringify(project), project);
    }
  }
  return [...projects.values()].sort((a, b) => compareNames(a.files, b.files));
}

/** The project that Docker Compose finds in the folder of one of its files. */
function defaultProject(path: string, sources: Sources): ComposeProject[] {
  const folder = folderOf(path);
  const name = path.slice(folder === '' ? 0 : folder.length + 1);
  if (![...DEFAULT_NAMES, ...OVERRIDE_NAMES].includes(name)) return [];
  if (sources(resolvePath(folder, ENVIRONMENT_NAME))?.text.includes('COMPOSE_FILE=')) return [];
  const first = (names: readonly string[]) => {
    const paths = names.map((one) => resolvePath(folder, one));
    return paths.find((one) => one === path || sources(one) !== undefined);
  };
  const [base, override] = [first(DEFAULT_NAMES), first(OVERRIDE_NAMES)];
  const files = base === undefined ? [] : override === undefined ? [base] : [base, override];
  return files.includes(path) ? [{ files, folder }] : [];
}

function compareNames(a: readonly string[], b: readonly string[]): number {
  return a.join(' ') < b.join(' ') ? -1 : 1;
}
