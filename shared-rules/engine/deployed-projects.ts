import { type AssembledProject, assembleProject, type ComposeProject, MOST_TEXT } from '../assembly/compose/project.ts';
import { projectsWith } from '../assembly/compose/projects.ts';
import type { Sources } from '../assembly/sources.ts';
import type { KnownFacts } from '../facts/fact.ts';
import { isComposeLike } from '../model/compose/compose.ts';
import { exampleOf, type Manifest } from '../model/manifest.ts';
import type { LintSettings } from './settings.ts';

/** What is known beyond a file. */
export interface Surroundings {
  readonly known: KnownFacts;
  readonly settings: Pick<LintSettings, 'composeProjects' | 'kubernetesVersion' | 'chartValues'>;
}

/** A Compose project, and what it is put together to. */
export type DeployedProject = ComposeProject & AssembledProject;

/** Whether a text is one Compose file, or may be a part of one that does not tell by itself. */
export function mayBeInProject({ contents, template, text }: Manifest): boolean {
  const [content, ...others] = contents;
  if (template || others.length > 0) return false;
  return content ? content.dialect === 'compose' && !exampleOf(content) : isComposeLike(text);
}

/**
 * The projects that a Compose file may be a part of.
 * @param own its path, with forward slashes
 * @returns all of them, and those that it was read for and that are put together as a whole
 */
export function projectsOf(sources: Sources, own: string, { known, settings }: Surroundings) {
  const uses = (file: string) => [
    ...known.anywhere('composeUse', file).map(({ fact }) => fact.by),
    ...settings.composeProjects.filter(({ files }) => files.includes(file)),
  ];
  let left = MOST_TEXT;
  const projects = projectsWith(own, uses, sources).map((project) => {
    const one = deployed(project, sources, left);
    left -= one.characters - (sources(own)?.text.length ?? 0);
    return one;
  });
  return { projects, withIt: projects.filter(({ read, isCut }) => read.has(own) && !isCut) };
}

export function deployed(project: ComposeProject, sources: Sources, most?: number): DeployedProject {
  return { ...project, ...assembleProject(project, sources, most) };
}

/** A text, and what is parsed from it, if that will do. */
type OwnText = Pick<Manifest, 'text'> & Partial<Pick<Manifest, 'documents'>>;

/** The texts of other files are facts, so that who asked for one is linted again when it changes. */
export function sourcesFor(own: string, { text, documents = [] }: OwnText, known: KnownFacts): Sources {
  return (path) => {
    if (path === own) return { text, file: undefined, ...(documents.length > 0 && { documents }) };
    const parts = known.anywhere('source', path);
    const file = parts[0]?.file;
    return file === undefined ? undefined : { text: parts.map(({ fact }) => fact.text).join(''), file };
  };
}
