import type { Value } from '../../language/yaml/value.ts';
import { readSpecs } from './configurations.ts';
import type { BuildContext, Folder } from './context.ts';
import type { TransformerConfig } from './default-specs.ts';
import { type FieldSpec, mergeSpecs } from './field-specs.ts';
import { setImage } from './images.ts';
import { given, itemsIn } from './kustomization.ts';
import { applyMergeEntry, applyOperationsEntry, applyPatchEntry } from './patches.ts';
import { replaceFields } from './replacements.ts';
import type { ResourceList } from './resource.ts';
import { affixNames, setEntries, setNamespace, setReplicas } from './transformers.ts';

/** Changes objects as the fields of a kustomization say, in the order of Kustomize. */
export function transform(
  context: BuildContext,
  list: ResourceList,
  folder: Folder,
  root: Value,
  config: TransformerConfig,
): void {
  for (const entry of itemsIn(root, 'patchesStrategicMerge')) applyMergeEntry(context, list, folder, entry);
  for (const entry of itemsIn(root, 'patches')) applyPatchEntry(context, list, folder, entry);
  const namespace = given(root, 'namespace');
  if (namespace) setNamespace(context, list, namespace, config.namespace);
  const [prefix, suffix] = [given(root, 'namePrefix'), given(root, 'nameSuffix')];
  if (prefix?.text) affixNames(context, list, prefix, config.namePrefix, true);
  if (suffix?.text) affixNames(context, list, suffix, config.nameSuffix, false);
  for (const label of itemsIn(root, 'labels')) {
    const specs = labelSpecs(label, config);
    if (specs) setEntries(context, list, given(label, 'pairs'), specs);
    else context.note(label, 'this contradicts what is known of a field');
  }
  setEntries(context, list, given(root, 'commonLabels'), config.commonLabels);
  setEntries(context, list, given(root, 'commonAnnotations'), config.commonAnnotations);
  for (const entry of itemsIn(root, 'patchesJson6902')) applyOperationsEntry(context, list, folder, entry);
  for (const replica of itemsIn(root, 'replicas')) setReplicas(context, list, replica, config.replicas);
  for (const image of itemsIn(root, 'images', 'imageTags')) setImage(context, list, image, config.images);
  for (const entry of itemsIn(root, 'replacements')) replaceFields(context, list, folder, entry);
}

/** Where an entry of `labels` writes; undefined where its own fields contradict those that are known. */
function labelSpecs(label: Value, config: TransformerConfig): FieldSpec[] | undefined {
  const isSet = (name: string) => given(label, name)?.boolean === true;
  const own: FieldSpec = { group: '', version: '', kind: '', path: 'metadata/labels', create: true };
  const more = isSet('includeSelectors')
    ? [config.commonLabels]
    : [
        ...(isSet('includeTemplates') ? [config.templateLabels] : []),
        ...(isSet('includeVolumeClaimTemplates') ? [config.volumeClaimTemplateLabels] : []),
        [own],
      ];
  const lists: (readonly FieldSpec[])[] = [config.labels, ...more];
  return lists.reduce<FieldSpec[] | undefined>(
    (specs, list) => specs && mergeSpecs(specs, list),
    readSpecs(given(label, 'fields')),
  );
}
