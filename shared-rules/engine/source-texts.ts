import type { Sources, SourceText } from '../assembly/sources.ts';
import type { FilePart, KnownFacts } from '../facts/fact.ts';
import { Kept } from '../language/kept.ts';
import { remembered } from '../language/remembered.ts';
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
    if (!read.has(path)) read.set(path, path === own ? ownText(path, known) : textOfOther(path, known));
    return read.get(path);
  };
}

/** The same, but of the file that is linted the part alone that asks: then nothing depends on its other parts. */
export function withPartAlone(own: string, text: string, sources: Sources, { part }: KnownFacts): Sources {
  const alone = lazily({ path: own, text, file: undefined }, () => parseAll(text, { part }));
  return (path) => (path === own ? alone : sources(path));
}

/** The documents of a part. Each part of a file asks for those of all others. */
const documentsOf = remembered(({ text, part }: FilePart) => parseAll(text, { part }));

/** The file that was linted last: its parts come one after the other. */
let lastOwn: { readonly parts: readonly FilePart[]; readonly source: SourceText } | undefined;

function ownText(path: string, { parts }: KnownFacts): SourceText {
  const all = parts();
  if (lastOwn?.parts === all && lastOwn.source.path === path) return lastOwn.source;
  const documents = () => all.flatMap(documentsOf);
  const source = lazily({ path, text: all.map(({ text }) => text).join(''), file: undefined }, documents);
  lastOwn = { parts: all, source };
  return source;
}

function textOfOther(path: string, known: KnownFacts): SourceText | undefined {
  const parts = known.anywhere('source', path);
  // What is in a package has no file in the workspace: it goes by its path.
  const file = parts[0]?.fact.isPacked ? path : parts[0]?.file;
  return file === undefined ? undefined : keptText(path, parts.map(({ fact }) => fact.text).join(''), file);
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

/** So many characters of other files are kept, with what is parsed from them. */
const MOST_KEPT = 8 * 1024 * 1024;
const kept = new Kept<SourceText>(MOST_KEPT);

/** The text of another file: the same object for the same text. */
function keptText(path: string, text: string, file: string): SourceText {
  const key = `${path}\n${file}\n${text}`;
  return (
    kept.get(key) ??
    kept.set(
      key,
      lazily({ path, text, file }, () => parseAll(text, { file })),
      key.length,
    )
  );
}
