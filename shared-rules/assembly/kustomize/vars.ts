import { isMap, isScalar, isSeq, Scalar } from 'yaml';
import type { Value } from '../../language/yaml/value.ts';
import type { BuildContext } from './context.ts';
import { fieldAtPath } from './field-paths.ts';
import { type FieldSpec, itemSlots, type Slot, slotOf, visitSpec } from './field-specs.ts';
import { gvkOf, isClusterScoped, type ResourceId } from './ids.ts';
import { given } from './kustomization.ts';
import { isNull, isString, pairsOf } from './nodes.ts';
import type { ResourceList } from './resource.ts';

/** Remembers, in the objects that `vars` name, that they have their values. */
export function findVars(context: BuildContext, list: ResourceList, vars: readonly Value[]): void {
  for (const one of vars) {
    const id = objectOf(one);
    const isExact = id.namespace !== '' || isClusterScoped(id);
    const found = isExact ? list.withId(id) : list.withName(id);
    if (found.length > 1) context.note(one, `several objects may be meant by ${id.kind} ${id.name}`);
    else found[0]?.varNames.push(one.get('name')?.text ?? '');
  }
}

function objectOf(one: Value): ResourceId {
  const reference = given(one, 'objref');
  const text = (name: string) => reference?.get(name)?.text ?? '';
  const apiVersion = text('apiVersion');
  const gvk =
    apiVersion === ''
      ? { group: text('group'), version: text('version'), kind: text('kind') }
      : gvkOf(apiVersion, text('kind'));
  return { ...gvk, name: text('name'), namespace: text('namespace') };
}

/** Replaces `$(NAME)` where specs say, by what the vars have as their values. */
export function resolveVars(
  context: BuildContext,
  list: ResourceList,
  vars: readonly Value[],
  specs: readonly FieldSpec[],
): void {
  const values = new Map<string, Scalar>();
  if (vars.length > 0) context.relatesObjects = true;
  for (const one of vars) {
    const name = one.get('name')?.text ?? '';
    const path = given(given(one, 'fieldref'), 'fieldpath')?.text ?? 'metadata.name';
    const object = list.resources.find(({ varNames }) => varNames.includes(name));
    const value = object && fieldAtPath(object.root, path);
    if (isScalar(value)) values.set(name, value);
    else if (context.isWhole) context.note(one, `there is no value for the variable ${name}`);
  }
  if (values.size === 0) return;
  const expand = (slot: Slot) => {
    const { node } = slot;
    if (!isScalar(node) || isNull(node) || !isString(node)) return;
    const text = String(node.value);
    const whole = /^\$\(([^)]*)\)$/.exec(text)?.[1];
    const only = whole === undefined ? undefined : values.get(whole);
    const replaced = only ? String(only.value) : expanded(text, values);
    if (replaced === text) return;
    const scalar = context.tree.reworded(node, replaced) as Scalar;
    // A variable by itself keeps its type.
    scalar.type = only && !isString(only) ? Scalar.PLAIN : Scalar.QUOTE_DOUBLE;
    slot.replace(scalar);
  };
  for (const { root } of list.resources)
    for (const spec of specs)
      visitSpec(root, spec, (slot) => {
        if (isMap(slot.node)) for (const pair of pairsOf(slot.node)) expand(slotOf(pair));
        else if (isSeq(slot.node)) for (const item of itemSlots(slot.node)) expand(item);
        else expand(slot);
      });
}

/** `$$` is `$`, and a name that has no value stays. */
function expanded(text: string, values: ReadonlyMap<string, Scalar>): string {
  const lastClose = text.lastIndexOf(')');
  let [result, at] = ['', 0];
  for (let dollar = text.indexOf('$'); dollar >= 0 && dollar + 1 < text.length; dollar = text.indexOf('$', at)) {
    result += text.slice(at, dollar);
    const isName = text[dollar + 1] === '(' && dollar < lastClose;
    at = isName ? text.indexOf(')', dollar) + 1 : dollar + 2;
    const written = text.slice(dollar, at);
    const value = isName ? values.get(written.slice(2, -1)) : undefined;
    result += value ? String(value.value) : written === '$$' ? '$' : written;
  }
  return result + text.slice(at);
}
