import { isConfigMap } from '../assembly/helm/release-values.ts';
import { releasesIn } from '../assembly/helm/releases.ts';
import { placeOf } from '../language/place.ts';
import { YamlDocument } from '../language/yaml/document.ts';
import { withLineFeeds } from '../language/yaml/line-ends.ts';
import { splitDocuments } from '../language/yaml/split.ts';
import type { Fact } from './fact.ts';

/** By what a release asks for a ConfigMap. */
export function configMapKey(name: string): string {
  return `ConfigMap ${name}`;
}

/** What the releases in a file say of charts and of files with values, and what ConfigMaps are in it. @param path with forward slashes */
export function releaseFacts(path: string, text: string): Fact[] {
  const releases = releasesIn(path, text, {});
  return [...releases.flatMap((release) => factsOf(path, release)), ...configMapFacts(path, text)];
}

function factsOf(path: string, { chart, root, defaults, values }: ReturnType<typeof releasesIn>[number]): Fact[] {
  const at = placeOf(root);
  const uses = [...defaults, ...values].flatMap((one) => {
    if ('file' in one) return one.file;
    return 'configMap' in one ? configMapKey(one.configMap) : [];
  });
  return [
    { is: 'release', key: chart, by: path, at },
    ...uses.map((key): Fact => ({ is: 'releaseUse', key, by: path, at })),
  ];
}

/** Most ConfigMaps have no key that looks as if it had values, and need not be parsed. */
function mayHaveValues(text: string): boolean {
  if (!/\bConfigMap\b/.test(text) || text.includes('\0') || text.includes('{{')) return false;
  const keys = Array.from(text.matchAll(/^[ \t]+["']?([\w.-]+)["']?:/gm), ([, key]) => key as string);
  return keys.some((key) => key.includes('values') || /\.ya?ml$/.test(key));
}

function configMapFacts(path: string, text: string): Fact[] {
  return configMapsIn(text).map(({ root, name }) => ({
    is: 'configMap',
    key: name,
    path,
    namespace: root.at('metadata', 'namespace')?.text,
    at: placeOf(root),
  }));
}

/** The ConfigMaps in a text that may have values of a chart. */
export function configMapsIn(text: string) {
  if (!mayHaveValues(text)) return [];
  const lines = withLineFeeds(text);
  return splitDocuments(lines).flatMap((range) => {
    const [root] = YamlDocument.parse(lines, range).flatMap((document) => document.root ?? []);
    const name = root && isConfigMap(root) ? root.at('metadata', 'name')?.text : undefined;
    return root && name !== undefined ? { root, name } : [];
  });
}
