import { type AssembledProject, assembleProject, type ComposeProject } from '../assembly/compose/project.ts';
import { projectsWith } from '../assembly/compose/projects.ts';
import type { Sources } from '../assembly/sources.ts';
import type { KnownFacts } from '../facts/fact.ts';
import { slashedPath } from '../language/paths.ts';
import type { ParseProblem } from '../language/yaml/document.ts';
import { isComposeLike, readCompose } from '../model/compose/compose.ts';
import { type Content, exampleOf, type Manifest } from '../model/manifest.ts';
import { listed } from '../model/wording.ts';

/** What is deployed of a text, once. */
export interface Deployment {
  /** What it is called for people; undefined for a text that is deployed as it stands. */
  readonly name: string | undefined;
  readonly contents: readonly Content[];
}

export interface Deployments {
  readonly all: readonly Deployment[];
  /** What could not be put together, in the text. */
  readonly unassembled: readonly ParseProblem[];
  /** The length of what was read of other files. */
  readonly characters: number;
}

export function asItStands({ contents }: Manifest): Deployments {
  return { all: [{ name: undefined, contents }], unassembled: [], characters: 0 };
}

/** The deployments that a text is a part of: Compose projects, or the text as it stands. */
export function deploymentsOf(path: string, manifest: Manifest, known: KnownFacts): Deployments {
  const alone = asItStands(manifest);
  if (!mayBeInProject(manifest)) return alone;
  const own = slashedPath(path);
  const sources = sourcesFor(own, manifest, known);
  if (!sources) return alone;
  const uses = (file: string) => known.anywhere('composeUse', file).map(({ fact }) => fact.by);
  const projects = projectsWith(own, uses, sources);
  const assembled = projects.map((project) => ({ project, ...assembleProject(project, sources) }));
  const all = assembled.filter(({ read }) => read.has(own)).flatMap((one) => toDeployment(own, one) ?? []);
  return all.length === 0
    ? alone
    : {
        all,
        unassembled: problemsOf(assembled),
        characters: assembled.reduce((sum, { characters }) => sum + characters, 0),
      };
}

/** Whether a text is one Compose file, or may be a part of one that does not tell by itself. */
function mayBeInProject({ contents, template, text }: Manifest): boolean {
  const [content, ...others] = contents;
  if (template || others.length > 0) return false;
  return content ? content.dialect === 'compose' && !exampleOf(content) : isComposeLike(text);
}

/** The texts of other files are facts, so that who asked for one is linted again when it changes. */
function sourcesFor(own: string, { text, documents }: Manifest, known: KnownFacts): Sources | undefined {
  // A file of several documents is judged by each.
  if (known.anywhere('source', own).length > 1) return undefined;
  return (path) => {
    if (path === own) return { text, file: undefined, ...(documents.length > 0 && { documents }) };
    const parts = known.anywhere('source', path);
    const file = parts[0]?.file;
    return file === undefined ? undefined : { text: parts.map(({ fact }) => fact.text).join(''), file };
  };
}

function toDeployment(
  own: string,
  { project, tree }: AssembledProject & { readonly project: ComposeProject },
): Deployment | undefined {
  const compose = tree?.root && readCompose(project.files[0] ?? own, tree.root);
  return compose && { name: listed(project.files.map(nameOf)), contents: [{ dialect: 'compose', compose }] };
}

function problemsOf(assembled: readonly AssembledProject[]): ParseProblem[] {
  const own = assembled.flatMap(({ missing }) => missing).filter(({ at }) => at.file === undefined);
  const problems = own.map(({ at, message }) => ({ range: at.range, message, isLimit: true }));
  return [...new Map(problems.map((problem) => [`${problem.range.start} ${problem.message}`, problem])).values()];
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
