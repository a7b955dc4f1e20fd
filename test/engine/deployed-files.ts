import assert from 'node:assert/strict';
import {
  applyEdits,
  DEFAULT_SETTINGS,
  type Linted,
  type LintSettings,
  lint,
  provenFixes,
  WorkspaceFacts,
} from '../../shared-rules/index.ts';

const settings = { ...DEFAULT_SETTINGS, today: '2026-01-01' };

/** The files of a workspace, each linted until none is given other facts than before. */
export class DeployedFiles {
  readonly #facts = new WorkspaceFacts();
  readonly #texts = new Map<string, string>();

  readonly #settings: LintSettings;

  constructor(files: Readonly<Record<string, string>>, changed: Partial<LintSettings> = {}) {
    this.#settings = { ...settings, ...changed };
    for (const [file, text] of Object.entries(files)) this.write(file, text);
  }

  write(file: string, text: string): void {
    this.#texts.set(file, text);
    const waiting = new Set([file]);
    for (const next of waiting) {
      waiting.delete(next);
      for (const other of this.#facts.update(next, this.lint(next).result)) waiting.add(other);
    }
  }

  queriesFor(path: string) {
    return this.#facts.queriesFor(path);
  }

  lint(path: string, changed: Partial<LintSettings> = {}): Linted {
    const queries = this.queriesFor(path);
    const settings = { ...this.#settings, ...changed };
    const result = lint(path, this.text(path), settings, queries);
    assert.deepEqual(result.failures, []);
    return { path, settings, result, queries };
  }

  text(file: string): string {
    return this.#texts.get(file) ?? '';
  }

  /** Each finding of a file as its rule and the text it stands on. */
  found(file: string): string[] {
    const { findings } = this.lint(file).result;
    return findings.map(({ rule, range }) => `${rule} ${this.text(file).slice(range.start, range.end)}`);
  }

  finding(file: string, rule: string) {
    const linted = this.lint(file);
    const finding = linted.result.findings.find((one) => one.rule === rule);
    assert.ok(finding, `${rule} in ${file}`);
    return { linted, finding };
  }

  /** The related places of a finding: file, text, message. */
  related(file: string, rule: string) {
    return this.finding(file, rule).finding.related.map(({ file: other, at, message }) => [
      other,
      this.text(other ?? file).slice(at.range.start, at.range.end),
      message,
    ]);
  }

  /** What the proven fixes of a finding make of its file. */
  fixed(file: string, rule: string) {
    const { linted, finding } = this.finding(file, rule);
    return provenFixes(linted, finding).map(({ title, edits }) => [title, applyEdits(this.text(file), edits)]);
  }
}
