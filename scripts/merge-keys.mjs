/**
 * Writes which lists of the kinds of Kubernetes a strategic merge patch merges, and by which keys, from the OpenAPI document
 * that Kustomize has built in. It is run when Bulkhead follows another version of Kustomize:
 *
 *     node scripts/merge-keys.mjs KYAML/openapi/kubernetesapi/data/*.bundle-v1.json.gz
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { root } from './dependencies.mjs';

const STRATEGY = 'x-kubernetes-patch-strategy';
const MERGE_KEY = 'x-kubernetes-patch-merge-key';
const MERGE_KEYS = 'x-kubernetes-list-map-keys';

const bundle = JSON.parse(gunzipSync(readFileSync(process.argv[2])).toString());
/** By definition, what is left of it: its lists that are merged, and the mappings that lead to one. */
const pruned = new Map();
/** By what a type has, its name: versions of an API mostly have the same. */
const names = new Map();
const types = {};

const kinds = {};
for (const { apiVersion, kind, definition } of bundle.resources) {
  const type = definition && typeOf(definition);
  if (!type || kind.endsWith('List')) continue;
  kinds[apiVersion] ??= {};
  kinds[apiVersion][type] ??= [];
  kinds[apiVersion][type].push(kind);
}
for (const byType of Object.values(kinds))
  for (const [type, names] of Object.entries(byType)) byType[type] = names.join(' ');

writeFileSync(
  join(root, 'shared-rules/assembly/kustomize/merge-keys.generated.ts'),
  `// Written by scripts/merge-keys.mjs from the OpenAPI document of Kubernetes ${bundle.coverage.ceiling}; do not edit.

/** Of a mapping its type; of a list its merge keys, none where its items are texts, and the type of its items. */
export type MergedField = string | readonly [keys: readonly string[], items?: string];

/** By type, the lists that a patch merges and the mappings that lead to one. */
export const TYPES: Readonly<Record<string, Readonly<Record<string, MergedField>>>> = ${literal(types)};

/** By API version and type, the kinds. */
export const KINDS: Readonly<Record<string, Readonly<Record<string, string>>>> = ${literal(kinds)};
`,
);

/** @returns the name of the type, undefined where nothing in it is merged */
function typeOf(definition) {
  if (pruned.has(definition)) return pruned.get(definition);
  pruned.set(definition, undefined);
  const fields = {};
  for (const [name, schema] of Object.entries(bundle.definitions[definition].properties ?? {})) {
    const items = schema.items?.$ref && typeOf(schema.items.$ref.slice('#/definitions/'.length));
    const type = schema.$ref && typeOf(schema.$ref.slice('#/definitions/'.length));
    if (schema.type === 'array' && schema[STRATEGY]?.split(',').includes('merge')) {
      const keys = schema[MERGE_KEYS] ?? (schema[MERGE_KEY] ? [schema[MERGE_KEY]] : []);
      fields[name] = items ? [keys, items] : [keys];
    } else if (type) fields[name] = type;
  }
  if (Object.keys(fields).length === 0) return undefined;
  const content = JSON.stringify(fields);
  if (!names.has(content)) {
    const short = Object.keys(fields).join() === 'metadata' ? 'Metadata' : definition.split('.').at(-1);
    const name = short in types ? definition.split('.').slice(-2).join('.') : short;
    names.set(content, name);
    types[name] = fields;
  }
  pruned.set(definition, names.get(content));
  return names.get(content);
}

/** An object with a line for each of its entries. */
function literal(value) {
  return `{\n${Object.entries(value)
    .map(([name, entry]) => `  ${JSON.stringify(name)}: ${JSON.stringify(entry)},\n`)
    .join('')}}`;
}
