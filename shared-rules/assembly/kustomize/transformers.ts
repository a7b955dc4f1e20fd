import { isMap, isScalar, type Node, type YAMLMap } from 'yaml';
import type { Value } from '../../language/yaml/value.ts';
import type { BuildContext } from './context.ts';
import { type FieldSpec, itemSlots, type Making, type Slot, visitPath, visitSpec } from './field-specs.ts';
import { isClusterScoped, isSelected, keyOf } from './ids.ts';
import { asString, copyOf, isNull, putPair, textIn } from './nodes.ts';
import type { ResourceList } from './resource.ts';

/** Kinds whose names get no prefix and no suffix. */
const KEEPING_NAMES = [
  { group: '', version: '', kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', version: '', kind: 'APIService' },
  { group: '', version: '', kind: 'Namespace' },
];

/** Puts a text before or behind names. They are still written where they were. */
export function affixNames(
  context: BuildContext,
  list: ResourceList,
  affix: Value,
  specs: readonly FieldSpec[],
  isPrefix: boolean,
): void {
  const text = affix.text ?? '';
  const put = (slot: Slot) => {
    if (!isScalar(slot.node)) return;
    const name = isNull(slot.node) ? '' : String(slot.node.value);
    slot.replace(context.tree.reworded(slot.node, isPrefix ? text + name : name + text));
  };
  for (const resource of list.resources) {
    const first = resource.originalId;
    if (KEEPING_NAMES.some((kind) => isSelected(first, kind))) continue;
    for (const spec of specs) {
      if (!isSelected(first, spec)) continue;
      if (spec.path === 'metadata/name' && text !== '') {
        (isPrefix ? resource.prefixes : resource.suffixes).push(text);
        resource.storeId();
      }
      visitSpec(resource.root, spec, put, making(context, affix));
    }
  }
  list.forgetIds();
}

/** What is made where nothing is: the value as it is written, as a string. */
function making({ tree }: BuildContext, at: Value): Making {
  return { tree, at, leaf: () => asString(tree.text(at.text ?? '', at)) };
}

/** Whether namespaces are given to subjects of role bindings: to those of that name, to service accounts, or to none. */
type SubjectMode = 'defaultOnly' | 'allServiceAccounts' | 'none';

export interface NamespaceOptions {
  readonly onlyUnset?: boolean;
  readonly subjects?: string | undefined;
}

/** Gives objects a namespace, and fields that name it. */
export function setNamespace(
  context: BuildContext,
  list: ResourceList,
  namespace: Value,
  specs: readonly FieldSpec[],
  { onlyUnset = false, subjects = 'defaultOnly' }: NamespaceOptions = {},
): void {
  if (!namespace.text) return;
  const set = (slot: Slot) => {
    if (slot.node !== null && !isScalar(slot.node)) return;
    if (!onlyUnset || isNull(slot.node) || String(slot.node?.value) === '') slot.replace(asText(context, namespace));
  };
  const made = making(context, namespace);
  for (const resource of list.resources) {
    const { root } = resource;
    resource.storeId();
    if (!isClusterScoped(resource.id)) visitPath(root, 'metadata/namespace', set, made);
    const isBinding = resource.kind === 'RoleBinding' || resource.kind === 'ClusterRoleBinding';
    if (isBinding) setSubjects(root, subjects as SubjectMode, set, made);
    const { apiVersion } = resource;
    for (const spec of specs) {
      const isOfMetadata = spec.path === 'metadata/namespace' || (spec.path === 'metadata/name' && apiVersion !== 'v1');
      const isOfSubjects =
        isBinding && spec.path === 'subjects/namespace' && /^(?:Cluster)?RoleBinding$/.test(spec.kind);
      if (!isOfMetadata && !isOfSubjects) visitSpec(root, spec, set, made);
    }
  }
  list.forgetIds();
  noteConflicts(context, list, namespace, 'with this namespace');
}

function setSubjects(root: YAMLMap, mode: SubjectMode, set: (slot: Slot) => void, made: Making): void {
  const [name, text] = mode === 'defaultOnly' ? ['name', 'default'] : ['kind', 'ServiceAccount'];
  if (mode === 'none') return;
  visitPath(root, 'subjects', ({ node }) => {
    const subjects = isMap(node) ? [node] : itemSlots(node as never).map((slot) => slot.node);
    for (const subject of subjects)
      if (isMap(subject) && textIn(subject, name) === text) visitPath(subject as YAMLMap, 'namespace', set, made);
  });
}

/** Notes objects that cannot be told apart any more. */
export function noteConflicts(context: BuildContext, list: ResourceList, at: Value, why: string): void {
  const keys = new Set<string>();
  for (const { id } of list.resources) {
    const key = keyOf(id);
    if (keys.has(key)) context.note(at, `${why}, several objects are ${id.kind} ${id.name}`);
    keys.add(key);
  }
}

/** A value as it is written, as a string. */
function asText({ tree }: BuildContext, value: Value): Node {
  const copy = copyOf(tree, value);
  return isScalar(copy) && value.text !== undefined ? copy : tree.text(value.text ?? '', value);
}

/** Gives objects labels or annotations, where specs say. */
export function setEntries(
  context: BuildContext,
  list: ResourceList,
  entries: Value | undefined,
  specs: readonly FieldSpec[],
): void {
  const fields = [...(entries?.fields() ?? [])].sort((a, b) => (a.name < b.name ? -1 : 1));
  if (!entries || fields.length === 0) return;
  const { tree } = context;
  const made: Making = { tree, at: entries, leaf: () => tree.mapping(entries, []) };
  for (const { root } of list.resources)
    for (const spec of specs)
      visitSpec(
        root,
        spec,
        ({ node }) => {
          if (!isMap(node)) return;
          for (const field of fields) putPair(node as YAMLMap, tree.pair(field, asText(context, field.value)));
        },
        made,
      );
}

/** Gives objects of a name a number of replicas. */
export function setReplicas(
  context: BuildContext,
  list: ResourceList,
  replica: Value,
  specs: readonly FieldSpec[],
): void {
  const [name, count] = [replica.get('name'), replica.get('count')];
  if (!name?.text) return;
  const { tree } = context;
  const leaf = () => (count ? copyOf(tree, count) : tree.text('0', replica));
  let isFound = false;
  for (const spec of specs)
    for (const resource of list.resources) {
      if (!resource.ids.some((id) => id.name === name.text && isSelected(id, spec))) continue;
      isFound = true;
      visitSpec(resource.root, spec, (slot) => slot.replace(leaf()), { tree, at: count ?? replica, leaf });
    }
  if (!isFound && context.isWhole) context.note(name, `nothing with replicas is called ${name.text}`);
}
