import { isMap, isScalar, isSeq, type Node, type YAMLMap } from 'yaml';
import type { BuildContext } from './context.ts';
import type { ReferenceSpec } from './default-specs.ts';
import { type FieldSpec, itemSlots, type Slot, slotOf, visitPath } from './field-specs.ts';
import { effectiveNamespace, type Gvk, isClusterScoped, isSelected } from './ids.ts';
import { isNull, itemsOf, nodeAt, nodeIn, pairIn, putPair, textIn, textOf } from './nodes.ts';
import type { Resource, ResourceList } from './resource.ts';

/** Gives references the names that objects have by now. They are still written where they were. */
export function fixReferences(context: BuildContext, list: ResourceList, specs: readonly ReferenceSpec[]): void {
  const names = new FormerNames(list);
  // A field may refer to several kinds, and a kind is referred to in many fields.
  const byKind = new Map<string, { target: Gvk; spec: FieldSpec }[]>();
  for (const { referrers, ...target } of specs)
    for (const spec of referrers) addTo(byKind, spec.kind, { target, spec });
  for (const referrer of list.resources) {
    const first = referrer.originalId;
    const referring = [...(byKind.get(first.kind) ?? []), ...(first.kind === '' ? [] : (byKind.get('') ?? []))];
    for (const { target, spec } of referring)
      if (isSelected(first, spec)) new Reference(context, referrer, target, spec, names).fix();
  }
}

/** The objects of a build by what they were called. */
class FormerNames {
  readonly byName = new Map<string, Resource[]>();
  readonly byFirstNamespace = new Map<string, Resource[]>();

  constructor({ resources }: ResourceList) {
    for (const resource of resources) {
      for (const name of new Set(resource.formerIds.map((id) => id.name))) addTo(this.byName, name, resource);
      addTo(this.byFirstNamespace, effectiveNamespace(resource.originalId), resource);
    }
  }
}

function addTo<Item>(map: Map<string, Item[]>, key: string, item: Item): void {
  const known = map.get(key);
  if (known) known.push(item);
  else map.set(key, [item]);
}

/** One field of an object, which may hold names of objects of a kind. */
class Reference {
  readonly #context: BuildContext;
  readonly #referrer: Resource;
  readonly #target: Gvk;
  readonly #spec: FieldSpec;
  readonly #names: FormerNames;

  constructor(context: BuildContext, referrer: Resource, target: Gvk, spec: FieldSpec, names: FormerNames) {
    this.#context = context;
    this.#referrer = referrer;
    this.#target = target;
    this.#spec = spec;
    this.#names = names;
  }

  fix(): void {
    visitPath(this.#referrer.root, this.#spec.path, (slot) => {
      const { node } = slot;
      if (isSeq(node)) for (const item of itemSlots(node)) this.#fixOne(item);
      else this.#fixOne(slot);
    });
  }

  #fixOne(slot: Slot): void {
    if (isNull(slot.node)) return;
    if (isScalar(slot.node)) this.#fixName(slot);
    else if (isMap(slot.node)) this.#fixMapping(slot.node as YAMLMap);
  }

  #fixName(slot: Slot): void {
    const name = textOf(slot.node) as string;
    const found = this.#find(
      name,
      () => true,
      (one) => one.name,
    );
    if (found && found.name !== name) slot.replace(this.#context.tree.reworded(slot.node as Node, found.name));
  }

  /** A mapping with a name, and often a namespace: both are given. */
  #fixMapping(map: YAMLMap): void {
    const pair = pairIn(map, 'name');
    const name = textOf(pair?.value);
    if (!pair || name === undefined) return;
    const namespace = textIn(map, 'namespace');
    const isThere = namespace === undefined ? () => true : this.#inNamespace(namespace);
    const found = this.#find(name, isThere, (one) => `${one.namespace}/${one.name}`);
    if (!found || (found.name === name && found.namespace === '')) return;
    slotOf(pair).replace(this.#context.tree.reworded(pair.value as Node, found.name));
    const given = pairIn(nodeAt(found.root, 'metadata'), 'namespace');
    if (given) putPair(map, given);
  }

  /** By the first namespaces of all that could be meant, and by those of now where none has it. */
  #inNamespace(namespace: string): (one: Resource) => boolean {
    const first = (one: Resource) => effectiveNamespace(one.originalId) === namespace;
    const isFirst = (this.#names.byFirstNamespace.get(namespace) ?? []).some((one) => this.#isReachable(one));
    return isFirst ? first : (one) => effectiveNamespace(one.id) === namespace;
  }

  /** Whether it is where the referrer may refer to. */
  #isReachable(one: Resource): boolean {
    const from = this.#referrer.id;
    const id = one.id;
    if (isClusterScoped(from) || isClusterScoped(id) || effectiveNamespace(from) === effectiveNamespace(id))
      return true;
    return this.#referrer.kind === 'RoleBinding' && this.#subjectNamespaces().has(one.namespace);
  }

  #subjectNamespaces(): Set<string> {
    const subjects = itemsOf(nodeIn(this.#referrer.root, 'subjects'));
    const accounts = subjects.filter((subject) => textIn(subject, 'kind') === 'ServiceAccount');
    return new Set(accounts.flatMap((subject) => textIn(subject, 'namespace') ?? []));
  }

  /** @param sameness what objects that are as good as each other have in common */
  #find(name: string, isThere: (one: Resource) => boolean, sameness: (one: Resource) => string): Resource | undefined {
    const isMeant = (one: Resource) =>
      this.#isReachable(one) &&
      isThere(one) &&
      one.formerIds.some((id) => isSelected(id, this.#target)) &&
      this.#isOfRole(one) &&
      this.#isBeside(one);
    let found = (this.#names.byName.get(name) ?? []).filter(isMeant);
    if (found.length === 1) return found[0];
    found = found.filter((one) => this.#hasAffixesOf(one, true));
    if (found.length > 1) found = found.filter((one) => this.#hasAffixesOf(one, false));
    const isSame = found.every((one) => sameness(one) === sameness(found[0] as Resource));
    if (!isSame)
      this.#context.note(this.#context.valueOf(this.#referrer), `several objects may be meant by the name ${name}`);
    return isSame ? found[0] : undefined;
  }

  /** A role is of the kind that stands beside its name. */
  #isOfRole(one: Resource): boolean {
    if (!this.#spec.path.endsWith('roleRef/name')) return true;
    const role = nodeIn(this.#referrer.root, 'roleRef');
    const [group, kind] = [textIn(role, 'apiGroup'), textIn(role, 'kind')];
    if (group === undefined || kind === undefined) return true;
    return one.formerIds.some((id) => isSelected(id, { group, version: '', kind }));
  }

  #isBeside(one: Resource): boolean {
    const [from, id] = [this.#referrer.id, one.id];
    if (isClusterScoped(from) || isClusterScoped(id) || one.kind === 'ServiceAccount') return true;
    return effectiveNamespace(from) === effectiveNamespace(id);
  }

  /** Whether the same kustomizations have given both prefixes and suffixes, as far as one of them has some. */
  #hasAffixesOf(one: Resource, isNothingAnything: boolean): boolean {
    return (['prefixes', 'suffixes'] as const).every((affixes) => {
      const [own, other] = [this.#referrer[affixes], one[affixes]];
      const isEmpty = own.length === 0 || other.length === 0;
      return (isNothingAnything && isEmpty) || haveSameEnd(own, other);
    });
  }
}

function haveSameEnd(a: readonly string[], b: readonly string[]): boolean {
  const length = Math.min(a.length, b.length);
  if (length === 0) return a.length === b.length;
  return a.slice(a.length - length).every((text, index) => text === b[b.length - length + index]);
}
