import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { parse } from 'yaml';
import {
  applyEdits,
  CATALOGUE,
  DEFAULT_SETTINGS,
  type Finding,
  type Linted,
  lint,
  provenFixes,
  type RuleId,
} from '../../shared-rules/index.ts';
import { rules } from '../../shared-rules/rules/index.generated.ts';
import { explainUnread, isLookedAt } from './looked-at.ts';
import { assertedPart, type Example, examplesOf, type Mark, readMarks, readRulePage, shapeOf } from './rule-pages.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all', today: '2027-07-01' } as const;

function lintExample(text: string, path: string): Linted {
  const file = path || 'manifest.yaml';
  const result = lint(file, text, settings);
  assert.deepEqual(result.failures, []);
  return { path: file, settings, result };
}

/** A reported example without its marks, and what is found in it. */
interface Reported {
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly linted: Linted;
}

function readReported({ text: marked, argument }: Example): Reported {
  const { text, marks } = readMarks(marked);
  return { text, marks, linted: lintExample(text, argument) };
}

function wholeMessages(marks: readonly Mark[]): string[] {
  return marks.map(({ message }) => message).filter((message) => message !== '' && !message.endsWith('…'));
}

function toMark(text: string, finding: Finding): Mark {
  const before = text.slice(0, finding.range.start).split('\n');
  return {
    line: before.length - 1,
    column: before.at(-1)?.length ?? 0,
    length: finding.range.end - finding.range.start,
    severity: finding.severity,
    message: finding.message,
  };
}

for (const rule of rules) {
  const page = readRulePage(rule.id);
  const examples = examplesOf(page);
  const own = (findings: readonly Finding[]) => findings.filter((finding) => finding.rule === rule.id);

  describe(rule.id, () => {
    it('has a page with the sections a reader needs and examples of both sorts', () => {
      const headings = [...page.matchAll(/^##? (.+)$/gm)].map((match) => match[1]);
      assert.equal(headings[0], `${CATALOGUE[rule.id].title} (\`${rule.id}\`)`);
      for (const heading of ['Why it matters', 'What to do', 'Fixes', 'Reported', 'Silent'])
        assert.ok(headings.includes(heading), heading);
      const texts = examples.map((example) => example.text);
      assert.equal(new Set(texts).size, texts.length, 'two examples are the same');
    });

    const reported: Reported[] = [];
    for (const example of examples) {
      if (example.role === 'reported') {
        const { text, marks, linted } = readReported(example);
        reported.push({ text, marks, linted });
        it(`reports line ${example.line} of its page as marked`, () => {
          assert.ok(marks.length > 0, 'the example marks nothing');
          const found = own(linted.result.findings).map((finding) => toMark(text, finding));
          const shown = found.map((mark, index) => ({
            ...mark,
            message: assertedPart(mark.message, marks[index]?.message ?? mark.message),
          }));
          assert.deepEqual(shown, marks);
          const starts = new Set(own(linted.result.findings).map(({ range }) => range.start));
          const replaced = linted.result.findings.filter(
            (finding) => rule.replaces?.includes(finding.rule) && starts.has(finding.range.start),
          );
          assert.deepEqual(replaced, [], 'it takes the place of the other rules');
        });
      } else if (example.role === 'fixed') {
        const last = reported.at(-1);
        it(`repairs as line ${example.line} of its page shows`, () => {
          assert.ok(last, 'no reported example stands before it');
          const fixes = own(last.linted.result.findings).flatMap((finding) => provenFixes(last.linted, finding));
          const fix = fixes.find(({ title }) => title === example.argument);
          assert.ok(fix, `offered are: ${fixes.map(({ title }) => title).join(' | ')}`);
          assert.equal(applyEdits(last.text, fix.edits), example.text);
        });
      } else {
        const does = example.role === 'silent' ? 'looks at, and is silent about,' : 'does not look at';
        it(`${does} line ${example.line} of its page`, () => {
          const { result } = lintExample(example.text, example.argument);
          assert.deepEqual(own(result.findings), []);
          const isSilent = example.role === 'silent';
          const instead = isSilent ? explainUnread(rule, result.parts) : `${rule.id} does look at it: it is \`silent\``;
          assert.equal(isLookedAt(rule.on, result.parts), isSilent, instead);
        });
      }
    }

    const reportedFindings = reported.flatMap(({ linted }) => own(linted.result.findings));

    it('asserts each of its messages in whole at least once', () => {
      const texts = reported.map(({ text }) => text);
      const toShape = (message: string) => shapeOf(message, texts);
      const asserted = new Set(reported.flatMap(({ marks }) => wholeMessages(marks)).map(toShape));
      const left = reportedFindings.map(({ message }) => message).filter((message) => !asserted.has(toShape(message)));
      assert.deepEqual(left, [], 'no mark has the whole text of these, or of others of the same shape');
    });

    it('has an example of each check that it names', () => {
      const checks = new Set(reportedFindings.map(({ check }) => check));
      for (const check of Object.keys(CATALOGUE[rule.id].checks)) assert.ok(checks.has(check), check);
    });

    it('names its fixes, with their safety, and shows the text after each', () => {
      const named = (parse(page.split('---\n')[1] ?? '') as { fixes: { title: string; safety: string }[] }).fixes;
      const isFor = (title: string, text: string) =>
        new RegExp(`^${title.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*')}$`).test(text);
      const shown = examples.filter(({ role }) => role === 'fixed').map(({ argument }) => argument);
      for (const { title } of named)
        assert.ok(
          shown.some((text) => isFor(title, text)),
          `no example shows "${title}"`,
        );
      for (const { linted } of reported)
        for (const { title, safety } of own(linted.result.findings).flatMap((finding) => provenFixes(linted, finding)))
          assert.ok(
            named.some((fix) => isFor(fix.title, title) && (fix.safety === safety || safety === 'review')),
            `"${title}" (${safety}) is not named`,
          );
    });
  });
}

describe('the catalogue', () => {
  it('has a rule for every page and a page for every rule', () => {
    assert.deepEqual(
      rules.map((rule): string => rule.id),
      Object.keys(CATALOGUE),
    );
  });

  it('replaces only rules it has', () => {
    for (const { replaces } of rules) for (const id of replaces ?? []) assert.ok((id satisfies RuleId) in CATALOGUE);
  });
});
