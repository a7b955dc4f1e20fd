import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint, provenFixes, type RuleId } from '../../shared-rules/index.ts';

function pod(context: string): string {
  return `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - { name: c, image: nginx${context} }\n`;
}

/** The proven fixes for what a rule finds. */
function offered(text: string, rule: RuleId): string[] {
  const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;
  const linted = { path: 'a.yaml', settings, result: lint('a.yaml', text, settings) };
  const own = linted.result.findings.filter((finding) => finding.rule === rule);
  return own.flatMap((finding) => provenFixes(linted, finding)).map(({ title }) => title);
}

describe('a fix is offered', () => {
  it('though a stricter profile has more to say afterwards', () => {
    const text = pod(', securityContext: { capabilities: { add: [NET_RAW] } }');
    assert.deepEqual(offered(text, 'added-capabilities'), ['Remove capability NET_RAW']);
  });
  it('though what others miss is then missing from a mapping that it made', () => {
    assert.deepEqual(offered(pod(''), 'net-raw'), ['Drop NET_RAW']);
  });
});

describe('a fix is not offered', () => {
  it('where it would remove the anchor of an alias', () => {
    const spec = (tty: string) =>
      `apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: &t true\n  containers:\n    - { name: a, image: a, tty: ${tty} }\n`;
    assert.deepEqual(offered(spec('true'), 'host-network'), ['Remove hostNetwork', 'Set hostNetwork to false']);
    assert.deepEqual(offered(spec('*t'), 'host-network'), ['Set hostNetwork to false in &t, for all that use it']);
  });
});
