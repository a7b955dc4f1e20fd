import { resolvePath } from '../../language/paths.ts';
import { YamlDocument } from '../../language/yaml/document.ts';
import { scalarText } from '../../language/yaml/scalar-text.ts';
import { splitDocuments } from '../../language/yaml/split.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { BuildContext, Folder } from './context.ts';
import { applyOperations } from './json-patch.ts';
import { objectsIn, treeOf } from './objects.ts';
import { Resource, type ResourceList } from './resource.ts';
import { Selector } from './selector.ts';
import { mergePatch } from './strategic-merge.ts';

/** What a patch may change that else stays. */
interface PatchOptions {
  readonly allowNameChange: boolean;
  readonly allowKindChange: boolean;
}

const NOTHING_ALLOWED: PatchOptions = { allowNameChange: false, allowKindChange: false };

/** Where a patch is used, and what it is for. */
interface PatchUse {
  readonly at: Value;
  readonly target: Value | undefined;
  readonly options: PatchOptions;
  /** Whether it is one of `patchesStrategicMerge`. */
  readonly isSelected?: boolean;
}

/** Applies an entry of `patches`: a strategic merge patch or operations, in a file or as a text. */
export function applyPatchEntry(context: BuildContext, list: ResourceList, folder: Folder, entry: Value): void {
  const target = entry.get('target');
  const options = entry.get('options');
  const use: PatchUse = {
    at: entry.get('path') ?? entry.get('patch') ?? entry,
    target,
    options: {
      allowNameChange: options?.get('allowNameChange')?.boolean === true,
      allowKindChange: options?.get('allowKindChange')?.boolean === true,
    },
  };
  const documents = patchDocuments(context, folder, entry, 'patch');
  if (!documents) return;
  const [operations] = documents;
  if (operations?.root?.isSequence) applyJsonPatch(context, list, use, operations.root, true);
  else applyMergePatches(context, list, use, documents);
}

/** Applies an entry of `patchesStrategicMerge`, a path or a text. */
export function applyMergeEntry(context: BuildContext, list: ResourceList, folder: Folder, entry: Value): void {
  const use: PatchUse = { at: entry, target: undefined, options: NOTHING_ALLOWED, isSelected: true };
  const inline = /[\n{]/.test(entry.rawText ?? '') ? textDocuments(entry) : undefined;
  const documents = inline ?? fileDocuments(context, folder, entry);
  if (documents) applyMergePatches(context, list, use, documents);
}

/** Applies an entry of `patchesJson6902`. */
export function applyOperationsEntry(context: BuildContext, list: ResourceList, folder: Folder, entry: Value): void {
  const use: PatchUse = { at: entry, target: entry.get('target'), options: NOTHING_ALLOWED };
  const documents = patchDocuments(context, folder, entry, 'patch', 'jsonOp');
  const root = documents?.[0]?.root;
  if (root?.isSequence) applyJsonPatch(context, list, use, root, false);
  else if (documents) context.note(use.at, 'this patch is no list of operations');
}

/** The documents of a patch that is in a file or in one of some fields. */
function patchDocuments(
  context: BuildContext,
  folder: Folder,
  entry: Value,
  ...names: readonly string[]
): readonly YamlDocument[] | undefined {
  const path = entry.get('path');
  const text = names.map((name) => entry.get(name)).find((value) => value !== undefined);
  if (path && text) context.note(path, 'a patch has either a path or a text');
  else if (path) return fileDocuments(context, folder, path);
  else if (text) return textDocuments(text);
  else context.note(entry, 'a patch has a path or a text');
  return undefined;
}

export function fileDocuments(context: BuildContext, folder: Folder, path: Value): readonly YamlDocument[] | undefined {
  const resolved = resolvePath(folder.path, path.text ?? '');
  const documents = context.documentsOf(resolved);
  if (!documents) context.note(path, `${resolved} was not found`);
  return documents;
}

const inline = new WeakMap<object, readonly YamlDocument[]>();

/** The documents in a text; the list of operations that is written there as it is, where it is no text. */
export function textDocuments(value: Value): readonly YamlDocument[] | undefined {
  const known = inline.get(value.node);
  if (known) return known;
  const derived = scalarText(value);
  const text = derived?.text ?? value.rawText;
  if (text === undefined) return undefined;
  const { part, file } = value;
  const source = { part, file, holder: value, derived };
  const documents = splitDocuments(text).flatMap((range) => YamlDocument.parse(text, range, source));
  inline.set(value.node, documents);
  return documents;
}

function applyMergePatches(
  context: BuildContext,
  list: ResourceList,
  use: PatchUse,
  documents: readonly YamlDocument[],
): void {
  const patches = objectsIn(documents);
  if (typeof patches === 'string') context.note(use.at, `this patch ${patches}`);
  else if (use.target && patches.length > 1) context.note(use.at, 'a patch with a target is one document');
  else for (const patch of patches) applyMergePatch(context, list, use, patch);
}

function applyMergePatch(context: BuildContext, list: ResourceList, use: PatchUse, patch: Value): void {
  const gone = new Set<Resource>();
  for (const resource of targetsOf(context, list, use, patch))
    if (!mergeInto(context, resource, use, patch)) gone.add(resource);
  if (gone.size > 0) list.remove(gone);
  list.forgetIds();
}

/** The objects that a patch is for: those of its target, or the one that it names itself. */
function targetsOf(context: BuildContext, list: ResourceList, use: PatchUse, patch: Value): readonly Resource[] {
  if (use.target) return Selector.read(context, use.target)?.select(list) ?? [];
  const tree = treeOf(context, patch);
  const named = tree ? list.withId(new Resource(tree).id) : [];
  if (named.length === 1) return named;
  const { kind, name } = namesOf(patch);
  if (named.length > 1) context.note(use.at, `${kind} ${name} is the name of several objects`);
  else if (context.isWhole) context.note(use.at, `there is no ${kind} ${name} for this patch`);
  return [];
}

function namesOf(patch: Value): { kind: string; name: string } {
  return { kind: patch.get('kind')?.text ?? 'object', name: patch.at('metadata', 'name')?.text ?? '' };
}

/** @returns false where the patch deletes the object */
function mergeInto(
  context: BuildContext,
  resource: Resource,
  { target, isSelected, options }: PatchUse,
  patch: Value,
): boolean {
  if (options.allowNameChange || options.allowKindChange) resource.storeId();
  const use = { isSelected: isSelected || target !== undefined, ...options };
  const patched = mergePatch(context.tree, resource.root, patch, use);
  if ('refused' in patched) context.note(patched.at, patched.refused);
  else if (patched.result) resource.root = patched.result;
  else return false;
  return true;
}

function applyJsonPatch(
  context: BuildContext,
  list: ResourceList,
  { at, target }: PatchUse,
  operations: Value,
  remembersId: boolean,
): void {
  if (!target) {
    context.note(at, 'a list of operations has a target');
    return;
  }
  for (const resource of Selector.read(context, target)?.select(list) ?? []) {
    if (remembersId) resource.storeId();
    const outcome = applyOperations(context.tree, resource.root, operations);
    if ('result' in outcome) resource.root = outcome.result;
    else context.note(outcome.at, outcome.refused);
  }
  list.forgetIds();
}
