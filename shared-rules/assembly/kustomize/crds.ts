import type { Value } from '../../language/yaml/value.ts';
import { DEFAULT_SPECS, type ReferenceSpec, type TransformerConfig } from './default-specs.ts';
import type { FieldSpec } from './field-specs.ts';

/** So deep types of definitions are followed, which may be of themselves. */
const DEEPEST = 20;
const MOST_PROPERTIES = 10_000;

const NOTHING = Object.fromEntries(
  Object.keys(DEFAULT_SPECS).map((name) => [name, []]),
) as unknown as TransformerConfig;

/** What OpenAPI definitions of own resources say of their fields, by the extensions that Kustomize knows. */
export function crdConfig(definitions: Value): TransformerConfig {
  const found = { ...NOTHING, commonAnnotations: [], commonLabels: [], namePrefix: [], nameReference: [] } as {
    commonAnnotations: FieldSpec[];
    commonLabels: FieldSpec[];
    namePrefix: FieldSpec[];
    nameReference: ReferenceSpec[];
  };
  for (const { name, value } of definitions.fields()) {
    const properties = propertiesOf(value);
    if (!['kind', 'apiVersion', 'metadata'].every((field) => properties?.field(field))) continue;
    let left = MOST_PROPERTIES;
    const visit = (type: Value | undefined, names: readonly string[]): void => {
      for (const field of propertiesOf(type)?.fields() ?? []) {
        if (left-- <= 0 || names.length > DEEPEST) return;
        const path = [...names, field.name];
        const spec = (more: readonly string[] = []): FieldSpec => ({
          ...{ group: '', version: '', kind: name.split('.').at(-1) as string },
          path: [...path, ...more].join('/'),
          create: false,
        });
        const extension = (key: string) => field.value.field(`x-kubernetes-${key}`)?.value.rawText;
        if (extension('annotation') !== undefined) found.commonAnnotations.push(spec());
        if (extension('label-selector') !== undefined) found.commonLabels.push(spec());
        if (extension('identity') !== undefined) found.namePrefix.push(spec());
        const [version, kind] = [extension('object-ref-api-version'), extension('object-ref-kind')];
        if (version !== undefined && kind !== undefined)
          found.nameReference.push({
            group: '',
            version,
            kind,
            referrers: [spec([extension('object-ref-name-key') ?? 'name'])],
          });
        const reference = field.value.get('$ref')?.text;
        if (reference !== undefined) visit(definitions.get(reference), path);
      }
    };
    visit(value, []);
  }
  return { ...NOTHING, ...found };
}

function propertiesOf(type: Value | undefined): Value | undefined {
  return type?.at('Schema', 'properties');
}
