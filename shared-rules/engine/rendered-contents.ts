import type { RenderedChart } from '../assembly/helm/render.ts';
import { readRendered } from '../assembly/helm/rendered.ts';
import type { Sources } from '../assembly/sources.ts';
import type { Piece, Rope, TemplatePlace } from '../language/go-template/rope.ts';
import { readObjects } from '../model/kubernetes/objects.ts';
import type { Content } from '../model/manifest.ts';
import { mayConcern } from './views.ts';

/** What a template prints, and what it was read as. */
interface ReadOutput {
  readonly output: Rope;
  readonly contents: readonly Content[];
}

/** So many characters that templates print are read for a file, in all environments; what is printed alike counts once. */
const MOST_PRINTED = 4 * 1024 * 1024;

/** Reads what templates print in one environment after the other: what is printed again is read once. */
export class RenderedContents {
  readonly #own: string;
  readonly #sources: Sources;
  /** By the template's name and what it prints. */
  readonly #known = new Map<string, ReadOutput[]>();
  #left = MOST_PRINTED;
  /** Whether more is printed than is read. */
  isCut = false;

  /** @param own the file that is linted: only what has something of it is read */
  constructor(own: string, sources: Sources) {
    this.#own = own;
    this.#sources = sources;
  }

  of({ templates, sourceOf }: RenderedChart): Content[] {
    const fileOf = workspaceFiles(this.#own, this.#sources, sourceOf);
    return templates.flatMap(({ name, output }) => {
      if (!output?.pieces.some((piece) => isWrittenHere(piece, fileOf))) return [];
      const key = `${name}\n${output.text}`;
      const alike = this.#known.get(key) ?? [];
      this.#known.set(key, alike);
      const known = alike.find((one) => areSame(one.output, output));
      if (known) return known.contents;
      if (output.length > this.#left) {
        this.isCut = true;
        return [];
      }
      this.#left -= output.length;
      const contents = contentsOf(output, fileOf);
      alike.push({ output, contents });
      return contents;
    });
  }
}

/** What the workspace calls the files of templates; undefined for the one that is linted. */
export function workspaceFiles(
  own: string,
  sources: Sources,
  sourceOf: RenderedChart['sourceOf'],
): (template: string) => string | undefined {
  return (template) => {
    const path = sourceOf(template)?.path;
    if (path === own) return undefined;
    // What is in a package has no file in the workspace.
    return (path === undefined ? undefined : sources(path)?.file) ?? template;
  };
}

/** The objects that a template prints. */
export function contentsOf(output: Rope, fileOf: (template: string) => string | undefined): Content[] {
  return readRendered(output, fileOf, mayConcern).documents.flatMap(({ root }) =>
    root?.field('apiVersion') && root.field('kind') ? { dialect: 'kubernetes', objects: readObjects(root) } : [],
  );
}

/** Whether a piece is literal text of the file that is linted, or one of its values. */
function isWrittenHere({ from }: Piece, fileOf: (template: string) => string | undefined): boolean {
  if (from?.value) return from.value.document.file === undefined;
  return from?.place !== undefined && fileOf(from.place.file) === undefined;
}

/** Whether the same text is from the same places. */
function areSame(a: Rope, b: Rope): boolean {
  return (
    a.pieces.length === b.pieces.length &&
    a.pieces.every(({ from }, index) => {
      const other = b.pieces[index]?.from;
      return from?.value === other?.value && from?.offset === other?.offset && isSamePlace(from?.place, other?.place);
    })
  );
}

function isSamePlace(a: TemplatePlace | undefined, b: TemplatePlace | undefined): boolean {
  if (a === b) return true;
  if (!a || !b || a.file !== b.file || a.range.start !== b.range.start) return false;
  return isSamePlace(a.caller, b.caller);
}
