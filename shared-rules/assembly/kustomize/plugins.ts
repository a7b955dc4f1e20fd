import type { Value } from '../../language/yaml/value.ts';
import { readSpecs } from './configurations.ts';
import type { BuildContext, Folder } from './context.ts';
import { generate } from './generators.ts';
import { setImage } from './images.ts';
import { given, itemsIn } from './kustomization.ts';
import { applyMergeEntry, applyOperationsEntry, applyPatchEntry } from './patches.ts';
import { replaceFields } from './replacements.ts';
import type { Resource, ResourceList } from './resource.ts';
import { affixNames, setEntries, setNamespace, setReplicas } from './transformers.ts';

type Run = (context: BuildContext, list: ResourceList, folder: Folder, root: Value) => void;

/** Transformers that come with Kustomize, by the kind of the object that configures one. */
const TRANSFORMERS: ReadonlyMap<string, Run> = new Map<string, Run>([
  ['PatchTransformer', (context, list, folder, root) => applyPatchEntry(context, list, folder, root)],
  ['PatchJson6902Transformer', (context, list, folder, root) => applyOperationsEntry(context, list, folder, root)],
  [
    'PatchStrategicMergeTransformer',
    (context, list, folder, root) => {
      const text = given(root, 'patches');
      for (const entry of [...itemsIn(root, 'paths'), ...(text ? [text] : [])])
        applyMergeEntry(context, list, folder, entry);
    },
  ],
  ['PrefixTransformer', affixing('prefix', true)],
  [
    'PrefixSuffixTransformer',
    (...given) => {
      affixing('prefix', true)(...given);
      affixing('suffix', false)(...given);
    },
  ],
  ['SuffixTransformer', affixing('suffix', false)],
  [
    'NamespaceTransformer',
    (context, list, _, root) => {
      const namespace = given(given(root, 'metadata'), 'namespace');
      const options = {
        onlyUnset: given(root, 'unsetOnly')?.boolean === true,
        subjects: given(root, 'setRoleBindingSubjects')?.text,
      };
      if (namespace) setNamespace(context, list, namespace, specsOf(root), options);
    },
  ],
  ['LabelTransformer', (context, list, _, root) => setEntries(context, list, given(root, 'labels'), specsOf(root))],
  [
    'AnnotationsTransformer',
    (context, list, _, root) => setEntries(context, list, given(root, 'annotations'), specsOf(root)),
  ],
  [
    'ImageTagTransformer',
    (context, list, _, root) => {
      const image = given(root, 'imageTag');
      if (image) setImage(context, list, image, specsOf(root));
    },
  ],
  [
    'ReplicaCountTransformer',
    (context, list, _, root) => {
      const replica = given(root, 'replica');
      if (replica) setReplicas(context, list, replica, specsOf(root));
    },
  ],
  [
    'ReplacementTransformer',
    (context, list, folder, root) => {
      for (const entry of itemsIn(root, 'replacements')) replaceFields(context, list, folder, entry);
    },
  ],
]);

function specsOf(root: Value) {
  return readSpecs(given(root, 'fieldSpecs'));
}

function affixing(name: string, isPrefix: boolean): Run {
  return (context, list, _, root) => {
    const affix = given(root, name);
    if (affix) affixNames(context, list, affix, specsOf(root), isPrefix);
  };
}

/** Runs transformers that objects configure; none that does not come with Kustomize. */
export function runTransformers(
  context: BuildContext,
  list: ResourceList,
  folder: Folder,
  plugins: readonly Resource[],
): void {
  for (const plugin of plugins) {
    const root = context.valueOf(plugin);
    const run = plugin.apiVersion === 'builtin' ? TRANSFORMERS.get(plugin.kind) : undefined;
    if (run) run(context, list, folder, root);
    else context.note(root, `the transformer ${plugin.kind} is not run`);
  }
}

/** Makes what generators make that objects configure; those that do not come with Kustomize make nothing. */
export function runGenerators(
  context: BuildContext,
  list: ResourceList,
  folder: Folder,
  plugins: readonly Resource[],
): void {
  for (const plugin of plugins) {
    const root = context.valueOf(plugin);
    const kind = /^(ConfigMap|Secret)Generator$/.exec(plugin.kind)?.[1];
    if (plugin.apiVersion === 'builtin' && kind)
      generate(context, list, folder, kind as 'ConfigMap' | 'Secret', root, undefined);
    else context.note(root, `the generator ${plugin.kind} is not run`);
  }
}
