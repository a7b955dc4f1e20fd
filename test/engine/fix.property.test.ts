import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import {
  acceptFinding,
  applyEdits,
  DEFAULT_SETTINGS,
  fixText,
  type Linted,
  lint,
  preferredFix,
  provenFixes,
  SEVERITIES,
} from '../../shared-rules/index.ts';
import { file } from '../generated-files.ts';
import { commentsOf } from '../generated-yaml.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;
const linted = (path: string, text: string): Linted => ({ path, settings, result: lint(path, text, settings) });
const identity = ({ rule, subject }: { rule: string; subject: { name: string } }) => `${rule} ${subject.name}`;

it('every offered fix repairs its finding and brings nothing as severe; comments stay or go with what they are about', () => {
  let offered = 0;
  fc.assert(
    fc.property(file, fc.nat(), fc.nat(), ({ path, text }, pickFinding, pickFix) => {
      const linted: Linted = { path, settings, result: lint(path, text, settings) };
      const { findings } = linted.result;
      fc.pre(findings.length > 0);
      const finding = findings[pickFinding % findings.length]!;
      const fixes = provenFixes(linted, finding);
      if (fixes.length === 0) return;
      offered++;
      const after = applyEdits(text, fixes[pickFix % fixes.length]!.edits);
      const left = lint(path, after, settings);
      assert.deepEqual(left.problems, [], after);
      const same = (some: readonly (typeof finding)[]) =>
        some.filter((other) => identity(other) === identity(finding)).length;
      assert.ok(same(left.findings) < same(findings), after);
      const severe = (some: readonly (typeof finding)[]) =>
        some.filter(({ severity }) => SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(finding.severity)).length;
      assert.ok(severe(left.findings) < severe(findings), after);
      const comments = commentsOf(after);
      assert.deepEqual(
        comments,
        commentsOf(text).filter((comment) => comments.includes(comment)),
      );
    }),
    { numRuns: 1000 },
  );
  assert.ok(offered > 500, `only ${offered} fixes were offered`);
});

it('repairing everything comes to an end, and a second time changes nothing', () => {
  fc.assert(
    fc.property(file, ({ path, text }) => {
      const once = fixText(linted(path, text), preferredFix);
      assert.deepEqual(fixText(linted(path, once.text), preferredFix), { text: once.text, titles: [] });
      const { result } = { result: lint(path, once.text, settings) };
      assert.deepEqual(
        result.findings.filter((finding) => provenFixes({ path, settings, result }, finding).length > 0),
        [],
      );
    }),
    { numRuns: 300 },
  );
});

it('accepting a finding adds one line, and changes no other byte', () => {
  fc.assert(
    fc.property(file, fc.nat(), ({ path, text }, pick) => {
      const linted: Linted = { path, settings, result: lint(path, text, settings) };
      const { findings } = linted.result;
      fc.pre(findings.length > 0);
      const finding = findings[pick % findings.length]!;
      const fix = acceptFinding(linted, finding);
      if (!fix) return;
      const after = applyEdits(text, fix.edits);
      assert.ok(
        !lint(path, after, settings).findings.some(
          (other) => identity(other) === identity(finding) && other.path === finding.path,
        ),
      );
      assert.equal(after.replace(/ *# bulkhead: ignore\[[\w-]+\] reason\r?\n/, ''), text);
    }),
    { numRuns: 500 },
  );
});
