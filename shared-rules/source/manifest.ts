import { type ComposeFile, readCompose } from './compose.ts';
import { type KubernetesObject, readObjects } from './kubernetes.ts';
import { conditionBetween, readTemplate, type Template } from './template.ts';
import { overlaps, type Range } from './text.ts';
import { type ParseProblem, splitDocuments, YamlDocument } from './yaml-document.ts';

/** What a YAML document is to Bulkhead; a document that is neither is not looked at. */
export type Content =
  | { readonly dialect: 'kubernetes'; readonly objects: readonly KubernetesObject[] }
  | { readonly dialect: 'compose'; readonly compose: ComposeFile };

/** A file read for linting: its text, its documents and what they hold. Reading never fails. */
export interface Manifest {
  readonly text: string;
  /** The Go template the file is, if it is one. */
  readonly template: Template | undefined;
  readonly documents: readonly YamlDocument[];
  readonly contents: readonly Content[];
  /** What could not be read. Empty for a template, whose syntax is not YAML's. */
  readonly problems: readonly ParseProblem[];
}

/** A quick look for what every Kubernetes object and every Compose file must say; everything else is not parsed. */
const MAY_BE_OURS = /(?:^|[\s{,"'])(?:apiVersion|services)["']?\s*:/;
/** These carry schemas, data or policies and no workload; their text is long and their parsing slow. */
const NO_WORKLOAD =
  /^kind:[ \t]*["']?(?:CustomResourceDefinition|ConfigMap|Secret|PodSecurityPolicy)["']?[ \t]*(?:#.*)?$/m;

/**
 * Reads a file.
 * @param path only its last segments matter: they tell a Compose file by its name; any separator
 * @param text the whole text, at most a few MB; binary or foreign text gives a manifest without documents
 */
export function readManifest(path: string, text: string): Manifest {
  if (!MAY_BE_OURS.test(text) || text.includes('\0')) {
    return unreadManifest(text);
  }
  const template = readTemplate(text);
  const documents = (template?.readings ?? [text]).flatMap((reading) =>
    splitDocuments(reading)
      .filter((range) => {
        const source = reading.slice(range.start, range.end);
        return MAY_BE_OURS.test(source) && !NO_WORKLOAD.test(source);
      })
      .flatMap((range) => YamlDocument.parse(reading, range, template)),
  );
  const ours = documents.flatMap((document) => {
    const content = classify(path, document);
    return content ? { document, content } : [];
  });
  return {
    text,
    template,
    documents: ours.map(({ document }) => document),
    contents: ours.map(({ content }) => content),
    problems: template ? [] : ours.flatMap(({ document }) => document.problems),
  };
}

/** Every document of a text, ours or not, in each of a template's readings. */
export function parseReadings(text: string): YamlDocument[][] {
  const readings = readTemplate(text)?.readings ?? [text];
  return readings.map((reading) => splitDocuments(reading).flatMap((range) => YamlDocument.parse(reading, range)));
}

/** A manifest of which nothing is known but its text. */
export function unreadManifest(text: string): Manifest {
  return { text, template: undefined, documents: [], contents: [], problems: [] };
}

function classify(path: string, document: YamlDocument): Content | undefined {
  const root = document.root;
  if (!root?.isMapping) return undefined;
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
