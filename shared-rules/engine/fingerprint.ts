import { contains, moved } from '../language/text.ts';
import type { Value } from '../language/yaml/value.ts';
import type { Finding } from './finding.ts';
import { type LintResult, partAt } from './lint-result.ts';

/**
 * What each finding of a file, accepted ones too, is known by from one run to the next: its rule, its subject, its
 * field and what is written there. Neither lines nor other items of a list count, nor what the file is called. Of
 * findings that are alike in all of this the first differs from the second. The texts are for hashing.
 */
export function fingerprintTexts(result: LintResult): Map<Finding, string> {
  const all = [...result.findings, ...result.accepted.map(({ finding }) => finding)];
  all.sort((a, b) => a.range.start - b.range.start);
  // It is put together whenever it is asked for.
  const { text } = result;
  const counts = new Map<string, number>();
  return new Map(
    all.map((finding) => {
      const { kind, namespace = '', name } = finding.subject;
      const parts = [finding.rule, kind, namespace, name, stablePath(finding, result), snippetOf(finding, text)];
      const alike = JSON.stringify(parts);
      const number = (counts.get(alike) ?? 0) + 1;
      counts.set(alike, number);
      return [finding, JSON.stringify([...parts, number])];
    }),
  );
}

/** The field path with the names of list items where the items have names, and with nothing where they have none. */
function stablePath({ path, range }: Finding, result: LintResult): string {
  const { manifest, start } = partAt(result, range.start);
  const own = moved(range, -start);
  let value: Value | undefined = manifest.documents.find((document) => contains(document.rangeInFile, own))?.root;
  return path.replaceAll(/\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]|\.?([\w-]+)/g, (part, index, quoted, plain) => {
    if (index === undefined) {
      value = value?.get(quoted === undefined ? plain : JSON.parse(quoted));
      return part;
    }
    value = value?.items().find(({ key }) => key === Number(index));
    return `[${value?.get('name')?.text ?? ''}]`;
  });
}

/** What is written at a finding, however it is quoted and indented. */
function snippetOf({ range }: Finding, text: string): string {
  const written = text.slice(range.start, range.end).replaceAll(/\s+/g, ' ').trim();
  return /^(["']).*\1$/.test(written) ? written.slice(1, -1) : written;
}
