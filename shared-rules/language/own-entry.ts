/** What a table has for a name out of a text. A name such as `constructor` has an entry in no table that does not list it. */
export function ownEntry<Value>(table: Readonly<Record<string, Value>>, name: string): Value | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
