import { isMap, isScalar, isSeq, type Node } from 'yaml';
import type { Value } from '../../language/yaml/value.ts';
import { gvkIn } from './configurations.ts';
import type { BuildContext, Folder } from './context.ts';
import { dottedNames, lookUp } from './field-paths.ts';
import type { Slot } from './field-specs.ts';
import { effectiveNamespace, isSelected } from './ids.ts';
import { given, itemsIn } from './kustomization.ts';
import { asString, isNull, isString, textOf } from './nodes.ts';
import { fileDocuments } from './patches.ts';
import { findFields } from './path-matcher.ts';
import type { Resource, ResourceList } from './resource.ts';
import { Selector } from './selector.ts';

/** How a text is split, and what of it is meant. */
interface FieldOptions {
  readonly delimiter: string;
  readonly index: number;
  readonly create: boolean;
}

const WHOLE: FieldOptions = { delimiter: '', index: 0, create: false };

/** Applies an entry of `replacements`, which may be a file with several. */
export function replaceFields(context: BuildContext, list: ResourceList, folder: Folder, entry: Value): void {
  const path = given(entry, 'path');
  if (!path) {
    replaceOne(context, list, entry);
    return;
  }
  for (const { root } of fileDocuments(context, folder, path) ?? [])
    if (root) for (const one of root.isSequence ? root.items() : [root]) replaceOne(context, list, one);
}

function replaceOne(context: BuildContext, list: ResourceList, entry: Value): void {
  const value = replacementValue(context, list, entry);
  if (!value) return;
  for (const target of itemsIn(entry, 'targets')) {
    const select = given(target, 'select');
    const selector = select && Selector.read(context, select);
    const rejects = itemsIn(target, 'reject').map((one) => Selector.read(context, one));
    if (!select) context.note(target, 'a target selects objects');
    if (!selector || rejects.includes(undefined)) continue;
    for (const resource of list.resources)
      if (isTarget(resource, selector, rejects as Selector[])) replaceIn(context, resource, value, target);
  }
  list.forgetIds();
}

/** As replacements know objects: the namespace is the one that is written. */
function isTarget(resource: Resource, selector: Selector, rejects: readonly Selector[]): boolean {
  const ids = [resource.id, ...resource.formerIds];
  if (!selector.matchesLabels(resource)) return false;
  if (rejects.some((reject) => reject.hasQueries && reject.matchesLabels(resource))) return false;
  if (rejects.some((reject) => !reject.isOfAnyId && ids.some((id) => reject.matchesId(id)))) return false;
  return ids.some((id) => selector.matchesId(id));
}

/** What is written to the targets: a text of the kustomization, or a field of an object. */
function replacementValue(context: BuildContext, list: ResourceList, entry: Value): Node | undefined {
  const fixed = given(entry, 'sourceValue');
  const source = given(entry, 'source');
  if (fixed?.rawText !== undefined && !source) return context.tree.item(fixed);
  if (!source) {
    context.note(entry, 'a replacement has a source');
    return undefined;
  }
  context.relatesObjects = true;
  const [object, other] = sourceObjects(list, source);
  const path = given(source, 'fieldPath')?.text ?? 'metadata.name';
  if (!object || other) {
    if (context.isWhole || other)
      context.note(source, other ? 'several objects are this source' : 'no object is this source');
    return undefined;
  }
  const found = lookUp(object.root, dottedNames(path));
  if (!found || isNull(found) || textOf(found) === '') {
    context.note(source, `the source has no field ${path}`);
    return undefined;
  }
  return partOf(context, found, source);
}

function sourceObjects(list: ResourceList, source: Value): Resource[] {
  const by = gvkIn(source);
  const [name, namespace] = ['name', 'namespace'].map((field) => given(source, field)?.text ?? '');
  return list.resources.filter((resource) =>
    [resource.id, ...resource.formerIds].some(
      (id) =>
        (name === '' || id.name === name) &&
        (namespace === '' || effectiveNamespace(id) === namespace) &&
        isSelected(id, by),
    ),
  );
}

function partOf(context: BuildContext, found: Node, source: Value): Node | undefined {
  const { delimiter, index } = optionsOf(source);
  if (delimiter === '') return found;
  const part = textOf(found)?.split(delimiter)[index];
  if (part === undefined) context.note(source, 'the source has no part of that index');
  return part === undefined ? undefined : context.tree.reworded(found, part);
}

function optionsOf(value: Value): FieldOptions {
  const options = given(value, 'options');
  if (!options) return WHOLE;
  return {
    delimiter: given(options, 'delimiter')?.text ?? '',
    index: given(options, 'index')?.integer ?? 0,
    create: given(options, 'create')?.boolean === true,
  };
}

function replaceIn(context: BuildContext, resource: Resource, value: Node, target: Value): void {
  const options = optionsOf(target);
  const paths = itemsIn(target, 'fieldPaths');
  const written =
    paths.length > 0
      ? paths.map((path) => ({ path: path.text ?? '', at: path }))
      : [{ path: 'metadata.name', at: target }];
  for (const { path, at } of written) {
    const names = dottedNames(path);
    const making = options.create ? { tree: context.tree, at, leaf: emptyLike(context, value, at) } : undefined;
    const fields = findFields(resource.root, names, making);
    if (typeof fields === 'string') context.note(at, fields);
    else if (fields.length === 0) context.note(at, `${resource.kind} ${resource.name} has no field ${path}`);
    else for (const slot of fields) writeField(context, slot, value, options);
  }
}

/** What is made where nothing is, before the value is written there. */
function emptyLike({ tree }: BuildContext, value: Node, at: Value): () => Node {
  if (isMap(value)) return () => tree.mapping(at, []);
  return isSeq(value) ? () => tree.sequence(at, []) : () => tree.text('', at);
}

/** A scalar keeps how it is written, so that a text stays one; anything else is replaced as a whole. */
function writeField({ tree }: BuildContext, slot: Slot, value: Node, { delimiter, index }: FieldOptions): void {
  const { node } = slot;
  if (!isScalar(node)) {
    slot.replace(tree.copy(value));
    return;
  }
  let text = textOf(value) ?? '';
  if (delimiter !== '') {
    const parts = isNull(node) ? [''] : String(node.value).split(delimiter);
    if (index < 0) parts.unshift(text);
    else if (index >= parts.length) parts.push(text);
    else parts[index] = text;
    text = parts.join(delimiter);
  }
  const written = tree.textFrom(node, text, value);
  slot.replace(isString(node) ? asString(written) : written);
}
