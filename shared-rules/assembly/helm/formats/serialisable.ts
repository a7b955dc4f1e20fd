import { type Data, dict, type Struct, text, truth } from '../../../language/go-template/data.ts';

/** The names that the tags of a field give it in JSON, where that is not its name with a small letter. */
const TAGS: Readonly<Record<string, string>> = {
  APIVersion: 'apiVersion',
  GitCommit: 'git_commit',
  GitTreeState: 'git_tree_state',
  GoVersion: 'go_version',
  ImportValues: 'import-values',
  IsRoot: 'IsRoot',
};

/** A value as JSON has it: a struct is a mapping, without the fields that are left out when they are empty. */
export function serialisable(data: Data): Exclude<Data, Struct> {
  if (data.kind !== 'struct') return data;
  if (data.text !== undefined && data.type === '*semver.Version') return text(data.text);
  const isTagged = /chart\.|BuildInfo/.test(data.type);
  const fields = [...data.fields].filter(([name, value]) => !isTagged || name === 'IsRoot' || truth(value) !== false);
  return dict(fields.map(([name, value]) => [isTagged ? tagOf(name) : name, value]));
}

function tagOf(name: string): string {
  return Object.hasOwn(TAGS, name) ? (TAGS[name] as string) : name.charAt(0).toLowerCase() + name.slice(1);
}
