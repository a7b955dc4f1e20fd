import { resolvePath } from '../../language/paths.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { BuildContext, Folder } from './context.ts';
import { crdConfig } from './crds.ts';
import { DEFAULT_SPECS, type ReferenceSpec, type TransformerConfig } from './default-specs.ts';
import { type FieldSpec, mergeSpecs } from './field-specs.ts';
import type { Gvk } from './ids.ts';
import { itemsIn } from './kustomization.ts';

type SpecList = Exclude<keyof TransformerConfig, 'nameReference'>;

const LISTS = (Object.keys(DEFAULT_SPECS) as (keyof TransformerConfig)[]).filter(
  (name): name is SpecList => name !== 'nameReference',
);

/** What a kustomization adds to the fields that Kustomize knows: in files of `configurations`, and in `crds`. */
export function configOf(context: BuildContext, folder: Folder, root: Value): TransformerConfig {
  let config = DEFAULT_SPECS;
  for (const item of itemsIn(root, 'configurations')) {
    const path = resolvePath(folder.path, item.text ?? '');
    const documents = context.documentsOf(path);
    if (!documents) context.note(item, `${path} was not found`);
    for (const document of documents ?? [])
      if (document.root?.isMapping) config = merged(context, item, config, readConfig(document.root));
  }
  for (const item of itemsIn(root, 'crds')) {
    const path = resolvePath(folder.path, item.text ?? '');
    const definitions = context.documentsOf(path)?.[0]?.root;
    if (definitions?.isMapping) config = merged(context, item, config, crdConfig(definitions));
    else context.note(item, `${path} was not found`);
  }
  return config;
}

/** Two configurations as one; the first one where they contradict each other, which is noted. */
export function merged(
  context: BuildContext,
  at: Value,
  one: TransformerConfig,
  other: TransformerConfig,
): TransformerConfig {
  if (one === other || other === DEFAULT_SPECS) return one;
  const lists = LISTS.map((name) => [name, mergeSpecs(one[name], other[name])] as const);
  const nameReference = mergeReferences(one.nameReference, other.nameReference);
  if (nameReference && lists.every(([, specs]) => specs !== undefined))
    return { ...(Object.fromEntries(lists) as unknown as TransformerConfig), nameReference };
  context.note(at, 'this contradicts what is known of a field');
  return one;
}

function mergeReferences(one: readonly ReferenceSpec[], other: readonly ReferenceSpec[]): ReferenceSpec[] | undefined {
  const result = [...one];
  for (const more of other) {
    const index = result.findIndex(
      ({ group, version, kind }) => group === more.group && version === more.version && kind === more.kind,
    );
    const known = result[index];
    const referrers = mergeSpecs(known?.referrers ?? [], more.referrers);
    if (!referrers) return undefined;
    if (known) result[index] = { ...known, referrers };
    else result.push({ ...more, referrers });
  }
  return result;
}

function readConfig(root: Value): TransformerConfig {
  const lists = LISTS.map((name) => [name, readSpecs(root.get(name))] as const);
  const nameReference = (root.get('nameReference')?.items() ?? []).map((item) => ({
    ...gvkIn(item),
    referrers: readSpecs(item.get('fieldSpecs')),
  }));
  return { ...(Object.fromEntries(lists) as unknown as TransformerConfig), nameReference };
}

/** The specs in a list of a configuration, or of a transformer's own file. */
export function readSpecs(list: Value | undefined): FieldSpec[] {
  return (list?.items() ?? []).map((item) => ({
    ...gvkIn(item),
    path: item.get('path')?.text ?? '',
    create: item.get('create')?.boolean === true,
  }));
}

export function gvkIn(value: Value | undefined): Gvk {
  const text = (name: string) => value?.get(name)?.text ?? '';
  return { group: text('group'), version: text('version'), kind: text('kind') };
}
