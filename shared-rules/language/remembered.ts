/** The same function, asked once about each object: for what depends on nothing else and never changes. */
export function remembered<Key extends object, Result>(ask: (key: Key) => Result): (key: Key) => Result {
  const known = new WeakMap<Key, { readonly result: Result }>();
  return (key) => {
    const before = known.get(key);
    if (before) return before.result;
    const result = ask(key);
    known.set(key, { result });
    return result;
  };
}
