/** The kinds of files beside manifests in which people write container commands. */
export type ScriptKind =
  | 'shell'
  | 'makefile'
  | 'dockerfile'
  | 'markdown'
  | 'mdx'
  | 'rst'
  | 'unit'
  | 'workflow'
  | 'gitlab'
  | 'devcontainer';

/** By the file's path, with forward slashes and in lower case; the first that fits counts. */
const KINDS: readonly (readonly [RegExp, ScriptKind])[] = [
  [/\.(?:sh|bash|zsh|ksh)$/, 'shell'],
  [/(?:^|\/)(?:gnu)?makefile$|\.mk$/, 'makefile'],
  [/(?:^|\/)(?:dockerfile|containerfile)(?:\.[^/]*)?$|\.(?:dockerfile|containerfile)$/, 'dockerfile'],
  [/\.(?:md|markdown|mkdn?|mdown|qmd|rmd)$/, 'markdown'],
  [/\.mdx$/, 'mdx'],
  [/\.rst$/, 'rst'],
  [/\.(?:service|container|pod|kube|build)$/, 'unit'],
  [/(?:^|\/)\.(?:github|gitea|forgejo)\/workflows\/[^/]+\.ya?ml$|(?:^|\/)action\.ya?ml$/, 'workflow'],
  [/(?:^|[/.])gitlab-ci(?:(?!\.gitlab-ci)[^/])*\.ya?ml$/, 'gitlab'],
  [/(?:^|\/)\.?devcontainer\.json$/, 'devcontainer'],
];

const SHEBANG = /^#![^\n]*\b(?:sh|bash|dash|ash|zsh|ksh)\b/;

/** Manifests, and the templates of Helm that are no manifests by themselves, by their name. */
const MANIFEST = /\.(?:ya?ml|json|tpl)$/;
/** Scripts need no name that says so. */
const WITHOUT_EXTENSION = /(?:^|\/)[^./]+$/;

/** What sets variables for Compose files. */
const ENVIRONMENT = /(?:^|\/)\.env(?:\.[^/]*)?$|\.env$/;

/** Whether a file may hold something of ours, by its path alone. */
export function mayBeRead(path: string): boolean {
  const normal = normalPath(path);
  return (
    [MANIFEST, WITHOUT_EXTENSION, ENVIRONMENT].some((pattern) => pattern.test(normal)) ||
    namedKind(normal) !== undefined
  );
}

/** Whether a file sets variables, by its path. Nothing is found in it. */
export function isEnvironmentFile(path: string): boolean {
  return ENVIRONMENT.test(normalPath(path));
}

/**
 * What kind of script file a file is; undefined for any other.
 * @param path any separator; only the last segments matter
 * @param text its text, since a script needs no name: the first line says which program runs it
 */
export function scriptKind(path: string, text: string): ScriptKind | undefined {
  const normal = normalPath(path);
  const isNameless = WITHOUT_EXTENSION.test(normal);
  return namedKind(normal) ?? (isNameless && SHEBANG.test(text) ? 'shell' : undefined);
}

function normalPath(path: string): string {
  return path.replaceAll('\\', '/').toLowerCase();
}

function namedKind(path: string): ScriptKind | undefined {
  return KINDS.find(([pattern]) => pattern.test(path))?.[1];
}
