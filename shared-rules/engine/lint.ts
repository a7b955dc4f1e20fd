import { type FactQueries, NO_FACTS } from '../facts/fact-queries.ts';
import { type PackedChart, packedChartFacts } from '../facts/packed-chart-facts.ts';
import { readRunning } from '../model/manifest.ts';
import { FileLint } from './file-lint.ts';
import { FileResult, type LintedPart, type LintResult } from './lint-result.ts';
import type { LintSettings } from './settings.ts';

/**
 * Lints a text. Never throws.
 * @param path the file's path or URI path; relative to the folder of the configuration, for exceptions by path
 * @param queries answers what is asked about other files; without it there are none
 */
export function lint(path: string, text: string, settings: LintSettings, queries?: FactQueries): LintResult {
  return new FileLint(path, settings, queries).lint(text);
}

/** Lints what a cluster or an engine says about things that run, without fixes: they are not edited. Never throws. */
export function lintRunning(text: string, settings: LintSettings): LintResult {
  const result = new FileLint('', settings, NO_FACTS, readRunning).lint(text);
  const withoutFixes = (part: LintedPart): LintedPart => {
    const { start, manifest, objects, accepted, unassembled, characters, known, found } = part;
    const findings = part.findings.map((finding) => ({ ...finding, fixes: () => [] }));
    return {
      start,
      manifest,
      objects,
      findings,
      accepted,
      unassembled,
      characters,
      known,
      found,
      findIn: (text) => part.findIn(text),
      deployedIn: (text) => part.deployedIn(text),
    };
  };
  return new FileResult(result.parts.map(withoutFixes), result);
}

/**
 * What a packed chart says to other files; nothing is found in it. Never throws.
 * @param packed what is in it, or why it was not read, as the end of a sentence
 */
export function lintPackedChart(
  path: string,
  packed: PackedChart | { readonly refused: string },
  settings: LintSettings,
): LintResult {
  const result = new FileLint(path, settings, NO_FACTS).lint('');
  return new FileResult(result.parts, { ...result, facts: packedChartFacts(path, packed) });
}
