import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, Scalar, type YAMLMap } from 'yaml';
import type { Part, Place } from '../place.ts';
import { moved, type Range } from '../text.ts';
import { UNKNOWN_CHARACTER } from '../unknown.ts';
import type { YamlDocument } from './document.ts';

/** A key of a mapping with its value. Reached through `Value.field`. */
export class Field {
  readonly name: string;
  /** The mapping that holds it. */
  readonly owner: Value;
  readonly pair: Pair;
  /** The mapping it is written in: the owner's own, or one that a merge key names. */
  readonly holder: YAMLMap;
  /** The document it is written in, which is another one than its owner's where the owner is put together from several. */
  readonly document: YamlDocument;
  /** Whether it was reached through an alias or a merge key. */
  readonly shared: boolean;
  /** The field as it is written, where its owner was put together from several documents. */
  readonly origin: Field | undefined;
  #value: Value | undefined;

  constructor(name: string, owner: Value, pair: Pair, holder: YAMLMap, shared: boolean) {
    this.origin = owner.tree.fieldOrigin(pair);
    this.name = name;
    this.owner = owner;
    this.pair = pair;
    this.holder = this.origin?.holder ?? holder;
    this.document = this.origin?.document ?? owner.document;
    this.shared = shared || this.origin?.shared === true;
  }

  /** Where the key stands in the text of its document. */
  get span(): Range {
    const [start, end] = (this.pair.key as Node).range ?? [0, 0];
    return moved({ start, end }, this.document.range.start);
  }

  /** Where the key is written, in its file or part. */
  get range(): Range {
    return this.document.inFile(this.span);
  }

  get file(): string | undefined {
    return this.document.fileOf(this.span).file;
  }

  get part(): Part | undefined {
    return this.document.fileOf(this.span).part;
  }

  get value(): Value {
    const node = this.pair.value as Node | null;
    const { document, owner, name, shared } = this;
    this.#value ??= new Value(owner.tree, node ?? this.#nothing(), { document, parent: owner, key: name, shared });
    return this.#value;
  }

  /** Stands where the key has no value. */
  #nothing(): Node {
    const end = (this.pair.key as Node).range?.[1] ?? 0;
    const empty = new Scalar('');
    empty.range = [end, end, end];
    empty.type = Scalar.PLAIN;
    return empty;
  }
}

/** The place of a key, where its value is missing or not what is meant. */
export function keyPlace(field: Field): Place {
  const { range, value, part, file, owner } = field;
  const { usedAt } = owner.tree.source.derived ?? {};
  return { range, path: value.path, part, file, ...(usedAt && { usedAt: usedAt(field) }) };
}

/** What YAML 1.1 calls true and false, as Kubernetes (sigs.k8s.io/yaml) and Compose read plain scalars. */
export const TRUE = /^(?:y|Y|yes|Yes|YES|on|On|ON|true|True|TRUE)$/;
export const FALSE = /^(?:n|N|no|No|NO|off|Off|OFF|false|False|FALSE)$/;
export const NULL = /^(?:|~|null|Null|NULL)$/;

/** Where a value belongs in its tree. */
interface ValuePosition {
  readonly document: YamlDocument;
  readonly parent?: Value | undefined;
  readonly key?: string | number | undefined;
  /** Whether something above it was reached through an alias or a merge key. */
  readonly shared?: boolean;
}

/**
 * A value in a YAML document that knows where it stands. It follows aliases and merge keys; asking for what is
 * not there gives undefined, and so does asking for what cannot be known (a template expression).
 */
export class Value implements Place {
  /** The syntax behind the value; for what edits and puts trees together. */
  readonly node: Node;
  /** The same, but where an alias is written, the alias. */
  readonly written: Node;
  /** The document it belongs to, and the one it is written in: the same, but in a tree put together from several. */
  readonly tree: YamlDocument;
  readonly document: YamlDocument;
  readonly parent: Value | undefined;
  readonly key: string | number | undefined;
  /** Whether it was reached through an alias or a merge key, so that it is written somewhere else. */
  readonly shared: boolean;
  /** The value as it is written, where its tree was put together from several documents and it is an item or a collection. */
  readonly origin: Value | undefined;
  #path: string | undefined;
  #byName: ReadonlyMap<string, Field> | undefined;
  #fields: readonly Field[] | undefined;
  #items: readonly Value[] | undefined;

  /** @param at where it belongs, and the document its node is written in unless the tree has another origin for the node */
  constructor(tree: YamlDocument, node: Node, at: ValuePosition) {
    const origin = tree.valueOrigin(node);
    const document = origin?.document ?? at.document;
    const target = isAlias(node) ? document.resolve(node) : undefined;
    this.tree = tree;
    this.document = document;
    this.node = target ?? node;
    this.written = node;
    this.parent = at.parent;
    this.key = at.key;
    this.shared = at.shared === true || origin?.shared === true || target !== undefined;
    this.origin = origin;
  }

  /** Where the value stands in the text of its document. */
  get span(): Range {
    const [start, end] = this.node.range ?? [0, 0];
    return moved({ start, end }, this.document.range.start);
  }

  /** Where the value is written, in its file or part. */
  get range(): Range {
    return this.document.inFile(this.span);
  }

  get file(): string | undefined {
    return this.document.fileOf(this.span).file;
  }

  get part(): Part | undefined {
    return this.document.fileOf(this.span).part;
  }

  get usedAt(): readonly Place[] {
    return this.tree.source.derived?.usedAt?.(this) ?? [];
  }

  /** The field path from the document's root, such as `spec.containers[0].ports`; that of a text in another one goes before. */
  get path(): string {
    this.#path ??= this.parent
      ? childPath(this.parent.path, this.key ?? '')
      : (this.document.source.holder?.path ?? '');
    return this.#path;
  }

  get isMapping(): boolean {
    return isMap(this.node);
  }

  get isSequence(): boolean {
    return isSeq(this.node);
  }

  /**
   * `null`, `~`, nothing at all, Compose's `!reset`, which empties a value, or a mapping that a strategic merge patch
   * deletes (`$patch: delete`): what is written beside the directive never applies.
   */
  get isNull(): boolean {
    if (this.node.tag === '!reset' || this.#isDeleted) return true;
    return isScalar(this.node) && this.#isPlain && NULL.test(String(this.node.value));
  }

  /** Directives of strategic merge patches: https://github.com/kubernetes/community, `strategic-merge-patch.md`. */
  get #isDeleted(): boolean {
    if (!this.document.hasPatchDirectives || !isMap(this.node)) return false;
    const directive = this.node.items.findLast((pair) => keyName(pair) === '$patch')?.value;
    return isScalar(directive) && directive.value === 'delete';
  }

  /** Whether it is an item of a list that is nothing but a directive, such as `$patch: replace`. */
  get #isDirective(): boolean {
    if (!this.document.hasPatchDirectives || !isMap(this.node)) return false;
    return this.node.items.length > 0 && this.node.items.every((pair) => keyName(pair)?.startsWith('$'));
  }

  /** Whether a template decides about the value, or an alias leads nowhere. */
  get isUnknown(): boolean {
    return isAlias(this.node) || (this.rawText?.includes(UNKNOWN_CHARACTER) ?? false);
  }

  /** The scalar's text, with UNKNOWN_CHARACTER where a template decides; undefined for anything but a scalar. */
  get rawText(): string | undefined {
    return isScalar(this.node) && !this.isNull ? String(this.node.value) : undefined;
  }

  /** The text of a scalar that is known in full; undefined for null, collections and unknown values. */
  get text(): string | undefined {
    const text = this.rawText;
    return text?.includes(UNKNOWN_CHARACTER) ? undefined : text;
  }

  /** The boolean that Kubernetes and Compose read here; undefined for a quoted "true", which is a string. */
  get boolean(): boolean | undefined {
    const text = this.text;
    if (text === undefined || (!this.#isPlain && this.node.tag !== 'tag:yaml.org,2002:bool')) return undefined;
    if (this.node.tag === 'tag:yaml.org,2002:str') return undefined;
    if (TRUE.test(text)) return true;
    return FALSE.test(text) ? false : undefined;
  }

  get integer(): number | undefined {
    const text = this.text;
    return text !== undefined && /^[-+]?\d{1,15}$/.test(text) ? Number(text) : undefined;
  }

  get #isPlain(): boolean {
    return isScalar(this.node) && (this.node.type === Scalar.PLAIN || this.node.type === undefined);
  }

  /**
   * The place of a part of the scalar's text; the whole scalar where escapes or line folds hide it, and where it is in
   * another file than the scalar, whose text is made from several.
   * @param from where in the text to look for it
   */
  rangeOf(part: string, from = 0): Range {
    const span = this.#spanOf(part, from);
    return this.document.fileOf(span).file === this.file ? this.document.inFile(span) : this.range;
  }

  /** The same as a place, which may be in another file. */
  placeOf(part: string, from = 0): Place {
    const span = this.#spanOf(part, from);
    return { range: this.document.inFile(span), path: this.path, ...this.document.fileOf(span) };
  }

  #spanOf(part: string, from: number): Range {
    const { span } = this;
    if (!isScalar(this.node) || this.node.source === undefined) return span;
    const quote = this.#isPlain ? 0 : 1;
    const isVerbatim = span.end - span.start === String(this.node.value).length + 2 * quote;
    const at = isVerbatim ? String(this.node.value).indexOf(part, from) : -1;
    const start = span.start + quote + at;
    return at < 0 ? span : { start, end: start + part.length };
  }

  /** The value under a key of a mapping. Null counts as absent, as it does for Kubernetes and Compose. */
  get(name: string): Value | undefined {
    const value = this.field(name)?.value;
    return value?.isNull ? undefined : value;
  }

  /** The value at the end of a chain of keys. */
  at(...names: readonly string[]): Value | undefined {
    let value: Value | undefined = this;
    for (const name of names) value = value?.get(name);
    return value;
  }

  /** The last key of that name in the mapping, else the one that a merge key brings. */
  field(name: string): Field | undefined {
    return this.#fieldsByName().get(name);
  }

  /** All fields of a mapping, merged ones last; an empty list for anything else. */
  fields(): readonly Field[] {
    this.#fields ??= [...this.#fieldsByName().values()];
    return this.#fields;
  }

  #fieldsByName(): ReadonlyMap<string, Field> {
    if (!isMap(this.node)) return NO_FIELDS;
    this.#byName ??= this.#collect(this.node, this.shared, 0, new Map());
    return this.#byName;
  }

  #collect(node: Node, shared: boolean, depth: number, found: Map<string, Field>): Map<string, Field> {
    if (!isMap(node) || depth > 20) return found;
    const own = new Map<string, Field>();
    for (const pair of node.items) {
      const name = isMergeKey(pair) ? undefined : keyName(pair);
      if (name !== undefined) own.set(name, new Field(name, this, pair, node, shared));
    }
    if (this.document.mergesInOrder) return this.#collectInOrder(node, own, depth, found);
    for (const [name, field] of own) if (!found.has(name)) found.set(name, field);
    for (const merged of node.items.filter(isMergeKey).flatMap((pair) => this.#merged(pair)))
      this.#collect(merged, true, depth + 1, found);
    return found;
  }

  /** @param own the mapping's own fields, which come first among those that are found */
  #collectInOrder(node: YAMLMap, own: ReadonlyMap<string, Field>, depth: number, found: Map<string, Field>) {
    const inOrder = new Map(own);
    for (const pair of node.items) {
      const field = own.get(keyName(pair) ?? '');
      if (isMergeKey(pair))
        for (const merged of this.#merged(pair).reverse())
          for (const [name, brought] of this.#collect(merged, true, depth + 1, new Map())) inOrder.set(name, brought);
      else if (field) inOrder.set(field.name, field);
    }
    for (const [name, field] of inOrder) if (!found.has(name)) found.set(name, field);
    return found;
  }

  /** Where keys are written that the mapping has again further down; the last one counts. */
  repeatedKeys(): Place[] {
    if (!isMap(this.node)) return [];
    const names = this.node.items.map(keyName);
    return this.node.items.flatMap((pair, index) => {
      const name = names[index];
      if (name === undefined || isMergeKey(pair) || names.lastIndexOf(name) === index) return [];
      return keyPlace(new Field(name, this, pair, this.node as YAMLMap, this.shared));
    });
  }

  /** The mappings that a `<<` key names. */
  #merged({ value }: Pair): Node[] {
    const sources = isSeq(value) ? (value.items as unknown[]) : [value];
    return sources.flatMap((source) =>
      isAlias(source) ? (this.document.resolve(source) ?? []) : isMap(source) ? source : [],
    );
  }

  /** The items of a sequence, without those that a patch deletes and its directives; an empty list for anything else. */
  items(): readonly Value[] {
    if (!isSeq(this.node)) return NO_ITEMS;
    this.#items ??= this.allItems().filter((value) => !value.#isDeleted && !value.#isDirective);
    return this.#items;
  }

  /** The same with them, for what applies the patch. */
  allItems(): readonly Value[] {
    if (!isSeq(this.node)) return NO_ITEMS;
    const { tree, document, shared } = this;
    return this.node.items.flatMap((item, index) => {
      if (item === null || isPair(item)) return [];
      return new Value(tree, item as Node, { document, parent: this, key: index, shared });
    });
  }
}

const NO_FIELDS: ReadonlyMap<string, Field> = new Map();
const NO_ITEMS: readonly Value[] = [];

/** The text of a pair's key; undefined for one that is no scalar. */
export function keyName(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined;
}

/** Whether a pair brings the fields of other mappings. In quotes, as in JSON, `<<` is a key like others. */
function isMergeKey({ key }: Pair): boolean {
  if (!isScalar(key)) return false;
  // The parser makes a symbol of what is tagged as `!!merge`.
  const isPlain = key.type === Scalar.PLAIN && key.tag !== 'tag:yaml.org,2002:str';
  return typeof key.value === 'symbol' || (isPlain && key.value === '<<');
}

function childPath(parent: string, key: string | number): string {
  if (typeof key === 'number') return `${parent}[${key}]`;
  if (!/^[\w-]+$/.test(key)) return `${parent}[${JSON.stringify(key)}]`;
  return parent === '' ? key : `${parent}.${key}`;
}
