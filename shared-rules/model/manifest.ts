import { type Commented, commentedDocument, isFreeOfYaml, yamlComments } from '../language/comments.ts';
import type { Part } from '../language/place.ts';
import { filled } from '../language/template/fill.ts';
import { conditionBetween, readTemplate, type Template } from '../language/template/template.ts';
import { nextLine, overlaps, type Range } from '../language/text.ts';
import { type Derivation, type DocumentSource, type ParseProblem, YamlDocument } from '../language/yaml/document.ts';
import { withLineFeeds } from '../language/yaml/line-ends.ts';
import { splitDocuments } from '../language/yaml/split.ts';
import { documentsOf, type ParsedReading, parseTemplate } from '../language/yaml/template-documents.ts';
import type { Value } from '../language/yaml/value.ts';
import { type ComposeFile, readCompose } from './compose/compose.ts';
import { type Fence, isDocumentation, manifestFences } from './files/documentation.ts';
import { isEnvironmentFile, type ScriptKind, scriptKind } from './files/file-kinds.ts';
import { MAY_HAND_MANIFESTS } from './files/handed-manifests.ts';
import { commentedScript } from './files/script-comments.ts';
import { parseScriptFile, readScriptFile, type ScriptFile } from './files/script-file.ts';
import { readFragment } from './kubernetes/fragments.ts';
import { type KubernetesObject, readObjects } from './kubernetes/objects.ts';
import { isOperations, patchesIn, patchTexts, readPatch } from './kubernetes/patches.ts';
import { mayBeOurs, mayBePatch, mayBePodPart, mayDefineParts, type Prefilter } from './prefilter.ts';
import { type InspectedContainer, readContainers } from './running/inspect.ts';

/** What stands in a block of documentation, or is handed to a command: nothing else is deployed together with it. */
interface Example {
  readonly example?: Fence;
}

/** What a YAML document, or a file with container commands, is to Bulkhead; what is neither is not looked at. */
export type Content =
  | ({ readonly dialect: 'kubernetes'; readonly objects: readonly KubernetesObject[] } & Example)
  | ({ readonly dialect: 'compose'; readonly compose: ComposeFile } & Example)
  | { readonly dialect: 'script'; readonly script: ScriptFile }
  | { readonly dialect: 'containers'; readonly containers: readonly InspectedContainer[] };

/** Where a text belongs. */
type TextOrigin = Pick<DocumentSource, 'part' | 'file'>;

/** A file read for linting: its text, its documents and what they hold. Reading never fails. */
export interface Manifest {
  readonly text: string;
  /** The same at the same length, as its lines are read: in YAML a line feed ends each. What finds lines takes this one. */
  readonly lines: string;
  /** The Go template the file is, if it is one. */
  readonly template: Template | undefined;
  readonly documents: readonly YamlDocument[];
  readonly contents: readonly Content[];
  /** What could not be read. Empty for a template, whose syntax is not YAML's. */
  readonly problems: readonly ParseProblem[];
}

/**
 * Reads a file, or a part of one.
 * @param path only its last segments matter: they tell a Compose file by its name; any separator
 * @param text the whole text, at most a few MB; binary or foreign text gives a manifest without documents
 * @param mayConcern which YAML documents have to be parsed
 * @param origin what the text is of a file, if it is not the whole; the file, if it is one of several
 */
export function readManifest(path: string, text: string, mayConcern: Prefilter, origin: TextOrigin = {}): Manifest {
  const kind = scriptKind(path, text);
  if (kind) return readScript(kind, path, { text, mayConcern, origin });
  const lines = withLineFeeds(text);
  if (isEnvironmentFile(path)) return unreadManifest(text);
  if (!mayBeOurs(lines) && !mayDefineParts(lines) && !mayBePatch(lines)) return unreadManifest(text);
  const template = readTemplate(lines);
  const ours = parseDocuments(lines, template, origin, mayConcern)
    .flat()
    .flatMap((parsed) => contentsOf(path, parsed));
  return {
    text,
    lines,
    template,
    documents: ours.map(({ document }) => document),
    contents: ours.map(({ content }) => content),
    problems: template ? [] : ours.flatMap(({ document }) => document.problems),
  };
}

/** The documents of a text that have to be parsed, once for each of a template's readings. */
function parseDocuments(
  text: string,
  template: Template | undefined,
  origin: TextOrigin,
  mayConcern: Prefilter,
): ParsedReading[][] {
  const mayBeLookedAt = (own: string) => mayConcern(own) || mayBePatch(own);
  if (template)
    return parseTemplate(template, origin, ({ text: reading, range: { start, end }, isDefined }) => {
      const own = reading.slice(start, end);
      return mayBeLookedAt(own) || (isDefined && mayBePodPart(own));
    });
  const ranges = splitDocuments(text).filter(({ start, end }) => mayBeLookedAt(text.slice(start, end)));
  const documents = ranges.flatMap((range) => YamlDocument.parse(text, range, origin));
  return [documents.map((document) => ({ document, isDefined: false }))];
}

/** A document and what it is. */
interface ReadDocument {
  readonly document: YamlDocument;
  readonly content: Content;
}

/** What a document is, if it is ours, and the patches that are written in it. */
function contentsOf(path: string, { document, isDefined }: ParsedReading): ReadDocument[] {
  const content = classify(path, document) ?? (isDefined ? objectsContent(readFragment(document)) : undefined);
  const patches = document.root && mayBePatch(document.ownText) ? patchesIn(document.root) : [];
  return [
    ...(content ? [{ document, content }] : []),
    ...patches.map(({ document, objects }) => ({ document, content: { dialect: 'kubernetes' as const, objects } })),
  ];
}

function objectsContent(objects: readonly KubernetesObject[]): Content | undefined {
  return objects.length > 0 ? { dialect: 'kubernetes', objects } : undefined;
}

/** Reads a file with container commands: documentation may hold manifests as well, and a script hand some to a command. */
function readScript(
  kind: ScriptKind,
  path: string,
  { text, mayConcern, origin }: { readonly text: string; readonly mayConcern: Prefilter; readonly origin: TextOrigin },
): Manifest {
  if (text.includes('\0')) return unreadManifest(text);
  const mayHoldManifests = mayBeOurs(text);
  const mayHand = mayHoldManifests && MAY_HAND_MANIFESTS.test(text);
  const fences = isDocumentation(kind) && mayHoldManifests ? manifestFences(kind, text) : [];
  const handing = mayHand ? parseScriptFile(kind, text) : undefined;
  const examples = [...fences, ...(handing?.handed ?? [])].flatMap((fence) =>
    readFence(fence, path, mayConcern, origin),
  );
  const script = handing && examples.length > 0 ? handing : scriptOf(kind, text, examples.length > 0);
  if (!script) return unreadManifest(text);
  return {
    ...unreadManifest(text),
    documents: examples.map(({ document }) => document),
    contents: [{ dialect: 'script', script }, ...examples.map(({ content }) => content)],
    problems: script.tooDeep.map((range) => ({
      range,
      message: 'commands are nested too deep, or have too many here-documents, to be read',
      isLimit: true,
    })),
  };
}

function scriptOf(kind: ScriptKind, text: string, holdsManifests: boolean): ScriptFile | undefined {
  return holdsManifests ? parseScriptFile(kind, text) : readScriptFile(kind, text);
}

function readFence(fence: Fence, path: string, mayConcern: Prefilter, origin: TextOrigin) {
  const { derived, language } = fence;
  const text = withLineFeeds(derived.text);
  const name = /compose$/i.test(language) ? 'compose.yaml' : path;
  return splitDocuments(text)
    .filter(({ start, end }) => mayConcern(text.slice(start, end)))
    .flatMap((range) => YamlDocument.parse(text, range, { ...origin, derived }))
    .flatMap((document) => {
      // A sketch of a manifest is none.
      const content = document.problems.length > 0 ? undefined : classify(name, document);
      return content ? [{ document, content: { ...content, example: fence } }] : [];
    });
}

/** The fence that a content stands in, if it is an example. */
export function exampleOf(content: Content): Fence | undefined {
  return 'example' in content ? content.example : undefined;
}

/** The YAML documents in the blocks of a text and among what its scripts hand to commands, ours or not. */
export function parseFences(kind: ScriptKind, text: string): YamlDocument[] {
  const fences = isDocumentation(kind) ? manifestFences(kind, text) : [];
  const handed = mayBeOurs(text) && MAY_HAND_MANIFESTS.test(text) ? parseScriptFile(kind, text).handed : [];
  return [...fences, ...handed].flatMap(({ derived }) => {
    const lines = withLineFeeds(derived.text);
    return splitDocuments(lines).flatMap((range) => YamlDocument.parse(lines, range, { derived }));
  });
}

/** The Kubernetes objects of a text. */
export function objectsOf({ contents }: Pick<Manifest, 'contents'>): KubernetesObject[] {
  return contents.flatMap((content) => (content.dialect === 'kubernetes' ? content.objects : []));
}

/**
 * Reads what a cluster or a container engine says about things that run: objects as `kubectl get -o yaml` or `-o json`
 * prints them, containers as `docker inspect` does. It is data, never a template, whatever its texts hold.
 */
export function readRunning(text: string, part?: Part): Manifest {
  const documents = parseData(text, part);
  return {
    ...unreadManifest(text),
    documents,
    contents: documents.flatMap((document) => classifyRunning(document) ?? []),
    problems: documents.flatMap(({ problems }) => problems),
  };
}

/** YAML documents, a JSON text, or several of these one after another, each from the start of a line. */
function parseData(text: string, part: Part | undefined): YamlDocument[] {
  const parse = (ranges: readonly Range[]) => ranges.flatMap((range) => YamlDocument.parse(text, range, { part }));
  const documents = parse(splitDocuments(text));
  if (!/^\s*[{[]/.test(text) || documents.every(({ problems }) => problems.length === 0)) return documents;
  const starts = [...text.matchAll(/^[{[]/gm)].map(({ index }) => index);
  return parse(starts.map((start, index) => ({ start, end: starts[index + 1] ?? text.length })));
}

function classifyRunning({ root }: YamlDocument): Content | undefined {
  if (!root) return undefined;
  if (root.field('apiVersion') && root.field('kind')) return { dialect: 'kubernetes', objects: readObjects(root) };
  const containers = readContainers(root);
  // An engine without containers says so by an empty list.
  const isEmptyList = root.isSequence && root.items().length === 0;
  return containers.length > 0 || isEmptyList ? { dialect: 'containers', containers } : undefined;
}

/** Every document of a text, ours or not, in each of a template's readings. */
export function parseReadings(text: string): YamlDocument[][] {
  const lines = withLineFeeds(text);
  const template = readTemplate(lines);
  return parseDocuments(lines, template, {}, () => true).map((parsed) => parsed.map(({ document }) => document));
}

/**
 * The same where patches are written in scalars, which are documents of their own here: those they are written in are
 * parsed without them.
 */
export function parseWithPatches(text: string): YamlDocument[][] {
  const roots = (documents: readonly YamlDocument[]) => documents.flatMap(({ root }) => root ?? []);
  const patched = parseReadings(text).map(roots);
  const scalars = patched.flat().flatMap(patchTexts);
  const lines = withLineFeeds(text);
  const hosts = filled(
    lines,
    scalars.map(({ range: { start, end } }) => ({ start: nextLine(lines, start), end, by: ' ' })),
  );
  const patchesOf = (own: readonly Value[] = []) => own.flatMap(patchesIn).map(({ document }) => document);
  return parseReadings(hosts).map((documents, index) => [...documents, ...patchesOf(patched[index])]);
}

/** The file with container commands that a manifest is, if it is one. */
export function scriptIn({ contents }: Manifest): ScriptFile | undefined {
  return contents.flatMap((content) => (content.dialect === 'script' ? content.script : []))[0];
}

/** The parts of a file that comments belong to, in each of a template's readings. */
export function commentedParts(manifest: Manifest): Commented[] {
  const script = scriptIn(manifest);
  if (script) return [commentedScript(script, manifest.text), ...commentedFences(manifest)];
  // A comment in one branch of a template stands in some of its readings only.
  const { template, lines: text } = manifest;
  const scopes = template
    ? template.readings.flatMap((reading) => documentsOf(template, reading))
    : splitDocuments(text).map((range) => ({ text, range }));
  return [...scopes.map(commentedDocument), ...commentedPatches(manifest)];
}

/** What a comment of a file begins with that decides about findings. */
const DECIDES = /^\s*(?:bulkhead:|kics-scan|dd-iac-scan|trivy:ignore:)/;
/** More decisions than somebody made by hand. Each is compared with what stands around it, and with every finding. */
export const MOST_DECISIONS = 1000;

/**
 * The parts of a file with the comments that may decide something.
 * @throws RangeError for more decisions than are read
 */
export function decidingParts(manifest: Manifest): Commented[] {
  let count = 0;
  return commentedParts(manifest).map((part) => {
    const comments = part.comments.filter(({ content }) => DECIDES.test(part.text.slice(content.start, content.end)));
    count += comments.length;
    checkDecisions(count);
    return { ...part, comments };
  });
}

/** @throws RangeError for more decisions than are read */
export function checkDecisions(count: number): void {
  if (count > MOST_DECISIONS) throw new RangeError(`the file has more than ${MOST_DECISIONS} exceptions`);
}

/** Comments in a fence are about what stands in it. */
function commentedFences({ text, contents }: Manifest): Commented[] {
  const fences = contents.flatMap((content) => exampleOf(content) ?? []);
  return [...new Set(fences)].map(({ derived, range }) => ({
    text,
    scope: range,
    comments: commentsIn(derived.text, derived),
    isFree: (line) => isFreeOfYaml(line.replace(/^[ \t>]*/, '')),
  }));
}

/** The comments of patches that are written in scalars. */
function commentedPatches({ text, documents }: Manifest): Commented[] {
  const patches = documents.filter(({ source }) => source.holder !== undefined);
  return patches.map((document) => ({
    text,
    scope: document.rangeInFile,
    comments: commentsIn(document.text, document, document.range),
    isFree: isFreeOfYaml,
  }));
}

/** The comments in a text that was made from a file, with their places there. */
function commentsIn(text: string, from: Pick<Derivation, 'inFile'>, range: Range = { start: 0, end: text.length }) {
  return yamlComments(text, range).map((comment) => ({
    range: from.inFile(comment.range),
    content: from.inFile(comment.content),
  }));
}

/** A manifest of which nothing is known but its text. */
export function unreadManifest(text: string): Manifest {
  return { text, lines: text, template: undefined, documents: [], contents: [], problems: [] };
}

function classify(
  path: string,
  document: YamlDocument,
): Exclude<Content, { readonly dialect: 'script' | 'containers' }> | undefined {
  const root = document.root;
  if (root && isOperations(root)) return { dialect: 'kubernetes', objects: readPatch(root) };
  if (!root?.isMapping || root.isNull) return undefined;
  if (root.field('apiVersion')) {
    return root.field('kind') ? { dialect: 'kubernetes', objects: readObjects(root) } : undefined;
  }
  const compose = readCompose(path, root);
  return compose && { dialect: 'compose', compose };
}

/** The template condition, such as `if .Values.debug`, that decides about `inner` inside `outer`. */
export function conditionOf(manifest: Manifest, outer: Range, inner: Range): string | undefined {
  return manifest.template && conditionBetween(manifest.template, outer, inner);
}

/** Whether a range takes in a part of a template action. */
export function touchesTemplate(manifest: Manifest, range: Range): boolean {
  return manifest.template?.actions.some((action) => overlaps(action, range)) ?? false;
}
