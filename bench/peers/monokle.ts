/**
 * Validates the YAML files of a folder with `@monokle/validation`, and prints how many resources it took and found wrong:
 * `monokle.ts PACKAGE FOLDER`. Its schemas of Kubernetes come from the network, so that plugin is left out.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Document, parseAllDocuments } from 'yaml';

const PLUGINS = {
  'yaml-syntax': true,
  'pod-security-standards': true,
  practices: true,
  'resource-links': true,
  'kubernetes-schema': false,
};

const [, , packageFolder = '', folder = ''] = process.argv;
const { createDefaultMonokleValidator } = await import(pathToFileURL(join(packageFolder, 'lib', 'node.js')).href);
const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
const resources = paths.flatMap((path) => resourcesOf(path, readFileSync(join(folder, path), 'utf8')));
const validator = createDefaultMonokleValidator();
await validator.preload({ plugins: PLUGINS });
const failed: string[] = validator.getFailedPlugins();
if (failed.length > 0) throw new Error(`These plugins could not be loaded: ${failed.join(', ')}.`);
const { runs } = await validator.validate({ resources });
const results = runs.reduce((sum: number, run: { results: unknown[] }) => sum + run.results.length, 0);
console.log(JSON.stringify({ resources: resources.length, results }));

/** What is looked at of an object. */
interface Content {
  readonly apiVersion?: unknown;
  readonly kind?: unknown;
  readonly metadata?: { readonly name?: unknown; readonly namespace?: unknown };
}

/** Undefined for what cannot be read, such as a template. */
function contentOf(document: Document.Parsed): Content | null | undefined {
  try {
    return document.toJS();
  } catch {
    return undefined;
  }
}

/** The shape that the library asks for. */
function resourcesOf(path: string, text: string): object[] {
  const documents = parseAllDocuments(text);
  if (!Array.isArray(documents)) return [];
  return documents.flatMap((document, index) => {
    const content = contentOf(document);
    if (!content?.kind || !content.apiVersion) return [];
    const [start, , end] = document.range;
    return {
      id: `${path}#${index}`,
      fileId: path,
      filePath: path,
      fileOffset: start,
      name: content.metadata?.name ?? path,
      namespace: content.metadata?.namespace,
      apiVersion: content.apiVersion,
      kind: content.kind,
      content,
      text: text.slice(start, end),
    };
  });
}
