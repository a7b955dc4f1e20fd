import { type FactQueries, NO_FACTS, recordTopics } from '../facts/fact-queries.ts';
import { type Content, conditionOf, type Manifest, objectsOf } from '../model/manifest.ts';
import { attempting } from './attempt.ts';
import { type DetectionContext, detect } from './detection.ts';
import type { Failure, Finding } from './finding.ts';
import { FileResult, type LintedPart, type LintResult } from './lint-result.ts';
import { detectionContext, sortOut } from './run-rules.ts';
import type { LintSettings } from './settings.ts';

/** What is deployed, put together from several files. Each value names the file it is written in. */
export interface Assembly {
  /** Each file by what the workspace calls it, as it stands. */
  readonly files: ReadonlyMap<string, Manifest>;
  readonly contents: readonly Content[];
}

/** Puts files together. It is asked again with another text of one of them, to try a fix. */
export type Assemble = (texts: ReadonlyMap<string, string>) => Assembly;

/**
 * Lints what is put together from several files. A finding is filed under the file in which its value is written: there it
 * is accepted, repaired and known by its fingerprint as if that file had been linted by itself. What it says of other files
 * are related places. Never throws.
 * @returns the result of each file, by its name
 */
export function lintAssembled(
  assemble: Assemble,
  texts: ReadonlyMap<string, string>,
  settings: LintSettings,
  queries: FactQueries = NO_FACTS,
): ReadonlyMap<string, LintResult> {
  const { assembly, contexts, detected, asked, failures } = detectIn(assemble(texts), settings, queries);
  return new Map(
    [...assembly.files].map(([file, manifest]) => {
      const found = { all: seenFrom(file, detected.all), findings: seenFrom(file, detected.findings) };
      const filed = { all: found.all.filter(isFiled), findings: found.findings.filter(isFiled) };
      const objects = objectsOf(manifest);
      const context = contexts.get(file)!;
      const { dependsOnDay, ...sorted } = sortOut(filed, { path: file, manifest, objects }, context);
      const part: LintedPart = {
        ...sorted,
        start: 0,
        file,
        manifest,
        objects,
        known: context.known,
        found: found.findings,
        findIn: (text) => {
          const instead = assemble(new Map(texts).set(file, text));
          return seenFrom(file, detectIn(instead, settings, queries).detected.findings);
        },
      };
      return [file, new FileResult([part], { changed: 0, failures, facts: [], asked, dependsOnDay })];
    }),
  );
}

/** Findings as they are listed under one file: places in it name no file. */
function seenFrom(file: string, findings: readonly Finding[]): Finding[] {
  return findings.map(({ file: own, ...finding }) => ({
    ...finding,
    ...(own !== undefined && own !== file && { file: own }),
    related: finding.related.map(({ message, at, file }) => {
      const other = file ?? at.file;
      return { message, at, file: other === file ? undefined : other };
    }),
  }));
}

function isFiled({ file }: Finding): boolean {
  return file === undefined;
}

function detectIn({ files, contents }: Assembly, settings: LintSettings, queries: FactQueries) {
  const failures: Failure[] = [];
  const attempt = attempting(failures);
  const objects = contents.flatMap((content) => (content.dialect === 'kubernetes' ? content.objects : []));
  const { known, asked } = recordTopics({
    ...queries,
    objects: (...kinds) => kinds.flatMap((kind) => objects.filter((object) => object.kind === kind)),
  });
  const contexts = new Map(
    [...files].map(([file, manifest]) => [file, detectionContext(manifest, { settings, known, attempt })]),
  );
  const all = [...contexts.values()];
  const comments = all.flatMap(({ ai }) => ai.comments);
  const conditionAt: DetectionContext['conditionAt'] = ({ range }, at) => {
    const manifest = files.get(at.file ?? '');
    return manifest && conditionOf(manifest, range, at.range);
  };
  const context = all[0] && { ...all[0], ai: { ...all[0].ai, comments }, conditionAt };
  const detected = context ? detect(contents, context) : { all: [], findings: [] };
  return { assembly: { files, contents }, contexts, detected, asked, failures };
}
