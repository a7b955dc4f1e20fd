import { readManifest, touchesTemplate } from '../source/manifest.ts';
import { applyEdits, lineEnd, lineStart, type TextEdit } from '../source/text.ts';
import { imageOf } from '../source/yaml-image.ts';
import type { Linted, ProvenFix } from './fixes.ts';
import { type Finding, lint } from './lint.ts';

/** Stands in the new comment where the user's reason goes. */
const REASON_PLACEHOLDER = 'reason';

/**
 * A comment that accepts a finding, on a line of its own above it; undefined where no comment can stand
 * (JSON, the middle of a scalar) or where it would not be read as meant.
 */
export function acceptFinding(linted: Linted, finding: Finding): ProvenFix | undefined {
  const { manifest } = linted.result;
  const { text } = manifest;
  if (/\.json$/i.test(linted.path) || /^\s*[{[]/.test(text)) return undefined;
  const start = lineStart(text, finding.range.start);
  const indent = /^[ \t]*/.exec(text.slice(start))?.[0] ?? '';
  const newline = text.slice(0, start).endsWith('\r\n') || text[lineEnd(text, start)] === '\r' ? '\r\n' : '\n';
  const newText = `${indent}# bulkhead: ignore[${finding.rule}] ${REASON_PLACEHOLDER}${newline}`;
  const edits: TextEdit[] = [{ range: { start, end: start }, newText }];
  if (touchesTemplate(manifest, { start: start - 1, end: start + 1 })) return undefined;
  const after = applyEdits(text, edits);
  const isStill = (other: Finding) =>
    other.rule === finding.rule && other.range.start === finding.range.start + newText.length;
  if (treesOf(linted.path, text) !== treesOf(linted.path, after)) return undefined;
  if (lint(linted.path, after, linted.settings, linted.neighbours).findings.some(isStill)) return undefined;
  return { title: `Accept ${finding.rule} here with a reason`, safety: 'review', edits };
}

function treesOf(path: string, text: string): string {
  return JSON.stringify(readManifest(path, text).documents.map(({ root }) => imageOf(root?.node)));
}
