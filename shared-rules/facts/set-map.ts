/** Sets by a name; asking for one that is not there gives an empty set. */
export class SetMap<T = string> {
  readonly #sets = new Map<string, Set<T>>();
  /** By member, the names of the sets it is in. */
  readonly #names = new Map<T, Set<string>>();

  get(name: string): ReadonlySet<T> {
    return this.#sets.get(name) ?? (NONE as ReadonlySet<T>);
  }

  /** The names of sets that have members. */
  names(): Iterable<string> {
    return this.#sets.keys();
  }

  add(name: string, member: T): void {
    addTo(this.#sets, name, member);
    addTo(this.#names, member, name);
  }

  delete(name: string, member: T): void {
    deleteFrom(this.#sets, name, member);
    deleteFrom(this.#names, member, name);
  }

  /** The names of the sets that a member is in. */
  namesOf(member: T): ReadonlySet<string> {
    return this.#names.get(member) ?? (NONE as ReadonlySet<string>);
  }

  /** Puts a member into sets of these names, and takes it out of all others. */
  setMember(member: T, names: Iterable<string>): void {
    const now = new Set(names);
    for (const name of [...this.namesOf(member)]) if (!now.has(name)) this.delete(name, member);
    for (const name of now) this.add(name, member);
  }
}

const NONE: ReadonlySet<unknown> = new Set();

function addTo<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  if (set) set.add(value);
  else sets.set(key, new Set([value]));
}

function deleteFrom<K, V>(sets: Map<K, Set<V>>, key: K, value: V): void {
  const set = sets.get(key);
  set?.delete(value);
  if (set?.size === 0) sets.delete(key);
}
