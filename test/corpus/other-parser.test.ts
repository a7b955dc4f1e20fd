import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { applyEdits, DEFAULT_SETTINGS, lint, provenFixes, tryFixes } from '../../shared-rules/index.ts';
import { isYamlChange } from '../../shared-rules/language/change.ts';
import { compare, parses } from './other-parser.ts';

/** What the other parser says of the first fix for a rule, and of the same text with something spoilt beside it. */
function verdicts(text: string, rule: string, spoilt: (after: string) => string) {
  const path = 'manifest.yaml';
  const result = lint(path, text, DEFAULT_SETTINGS);
  const finding = result.findings.find((one) => one.rule === rule);
  assert.ok(finding);
  const linted = { path, settings: DEFAULT_SETTINGS, result };
  const index = tryFixes(linted, finding).findIndex((trial) => 'proven' in trial);
  const after = applyEdits(text, provenFixes(linted, finding)[0]!.edits);
  const changes = finding.fixes()[index]!.changes.filter(isYamlChange);
  return [after, spoilt(after)].map((one) => compare(text, one, changes, 0));
}

describe('another parser', () => {
  it('sees what a fix changes in a text that a scalar holds', () => {
    const text =
      'kind: Workflow\napiVersion: argoproj.io/v1alpha1\nspec:\n  podSpecPatch: |\n    hostPID: true\n    priority: 1\n';
    assert.deepEqual(
      verdicts(text, 'host-pid', (after) => after.replace('priority: 1', 'priority: 2')),
      [true, false],
    );
    assert.deepEqual(
      verdicts(text, 'host-pid', (after) => after.replace('priority: 1', '[')),
      [true, false],
    );
  });

  it('cannot say which document is meant behind one that ends without the next having a marker', () => {
    const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n  containers: [{ name: a, image: a }]\n';
    assert.deepEqual(
      verdicts(`spec:\n...\n${pod}`, 'host-network', (after) => after.replace('a, image', 'b, image')),
      [undefined, undefined],
    );
  });

  it("reads Docker Compose's tags", () => {
    assert.ok(parses('a: !reset null\nb: !override [c]\nd: !override { e: f }\n'));
    assert.ok(!parses('a: !other b\n'));
  });
});
