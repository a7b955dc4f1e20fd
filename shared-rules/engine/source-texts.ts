import type { Sources, SourceText } from '../assembly/sources.ts';
import type { KnownFacts } from '../facts/fact.ts';
import { YamlDocument } from '../language/yaml/document.ts';
import { withLineFeeds } from '../language/yaml/line-ends.ts';
import { splitDocuments } from '../language/yaml/split.ts';

/**
 * The files that one is put together with, itself among them. The texts of others are facts, so that who asked for one is
 * linted again when it changes.
 * @param own the path of the file that is linted, with forward slashes
 */
export function sourceTexts(own: string, known: KnownFacts): Sources {
  const read = new Map<string, SourceText | undefined>();
  return (path) => {
    if (!read.has(path)) read.set(path, path === own ? ownText(known) : textOfOther(path, known));
    return read.get(path);
  };
}

function ownText({ parts }: KnownFacts): SourceText {
  const all = parts();
  const documents = () => all.flatMap(({ text, part }) => parseAll(text, { part }));
  return lazily({ text: all.map(({ text }) => text).join(''), file: undefined }, documents);
}

function textOfOther(path: string, known: KnownFacts): SourceText | undefined {
  const parts = known.anywhere('source', path);
  const file = parts[0]?.file;
  if (file === undefined) return undefined;
  const text = parts.map(({ fact }) => fact.text).join('');
  return lazily({ text, file }, () => parsedText(text, file));
}

function lazily(source: Omit<SourceText, 'documents'>, parse: () => readonly YamlDocument[]): SourceText {
  let documents: readonly YamlDocument[] | undefined;
  return {
    ...source,
    get documents() {
      documents ??= parse();
      return documents;
    },
  };
}

function parseAll(text: string, source: Parameters<typeof YamlDocument.parse>[2]): YamlDocument[] {
  const lines = withLineFeeds(text);
  return splitDocuments(lines).flatMap((range) => YamlDocument.parse(lines, range, source));
}

/** So many characters of other files stay parsed. */
const MOST_PARSED = 8 * 1024 * 1024;
const parsed = new Map<string, readonly YamlDocument[]>();
let parsedCharacters = 0;

/** The documents of another file. Those that were asked for last are kept. */
function parsedText(text: string, file: string): readonly YamlDocument[] {
  const key = `${file}\n${text}`;
  const documents = parsed.get(key) ?? parseAll(text, { file });
  if (parsed.delete(key)) parsedCharacters -= key.length;
  parsed.set(key, documents);
  parsedCharacters += key.length;
  for (const oldest of parsed.keys()) {
    if (parsedCharacters <= MOST_PARSED || oldest === key) break;
    parsed.delete(oldest);
    parsedCharacters -= oldest.length;
  }
  return documents;
}
