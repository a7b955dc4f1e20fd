import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint, provenFixes, type RuleId } from '../../shared-rules/index.ts';

/** The titles of the fixes that are offered for what a rule finds. */
function offered(rule: RuleId, text: string): string[] {
  const result = lint('patch.yaml', text, { ...DEFAULT_SETTINGS, profile: 'all' });
  const linted = { path: 'patch.yaml', settings: { ...DEFAULT_SETTINGS, profile: 'all' } as const, result };
  const findings = result.findings.filter((finding) => finding.rule === rule);
  assert.equal(findings.length, 1);
  return findings.flatMap((finding) => provenFixes(linted, finding)).map(({ title }) => title);
}

const patch = (spec: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: p }\nspec:\n${spec.replaceAll(/^(?=.)/gm, '  ')}`;
const container = (context: string) =>
  patch(`containers:\n  - name: a\n    image: i\n    securityContext:\n${context.replaceAll(/^(?=.)/gm, '      ')}`);

describe('a fix in a strategic merge patch', () => {
  const cases: [string, RuleId, string, string[]][] = [
    [
      'changes a value beside $retainKeys',
      'privileged',
      container('$retainKeys: [privileged]\nprivileged: true\n'),
      ['Set privileged to false'],
    ],
    [
      'adds no key that $retainKeys does not name',
      'privilege-escalation',
      container('$retainKeys: [runAsUser]\nrunAsUser: 1000\n'),
      [],
    ],
    [
      'removes no key that $retainKeys names',
      'root-user-conflict',
      container('$retainKeys: [runAsNonRoot, runAsUser]\nrunAsNonRoot: true\nrunAsUser: 0\n'),
      [],
    ],
    [
      'removes a key where $retainKeys is about another mapping',
      'root-user-conflict',
      container('capabilities: { $retainKeys: [drop], drop: [ALL] }\nrunAsNonRoot: true\nrunAsUser: 0\n'),
      ['Remove runAsUser'],
    ],
    [
      'adds no item to a list that has an order',
      'net-raw',
      container('capabilities:\n  $setElementOrder/drop: [CHOWN]\n  drop: [CHOWN]\n'),
      [],
    ],
    [
      'makes no list that has an order already',
      'net-raw',
      container('capabilities:\n  $setElementOrder/drop: [CHOWN]\n'),
      [],
    ],
    [
      'adds to a list beside one that has an order',
      'net-raw',
      container('capabilities:\n  $setElementOrder/add: [CHOWN]\n  add: [CHOWN]\n  drop: [CHOWN]\n'),
      ['Drop NET_RAW'],
    ],
    [
      'removes no item of a list that has an order',
      'added-capabilities',
      container('capabilities:\n  $setElementOrder/add: [SYS_ADMIN, CHOWN]\n  add: [SYS_ADMIN, CHOWN]\n'),
      [],
    ],
    [
      'removes no list that has an order',
      'added-capabilities',
      container('capabilities:\n  $setElementOrder/add: [SYS_ADMIN]\n  add: [SYS_ADMIN]\n'),
      [],
    ],
    [
      'changes an item of a list that has an order',
      'privileged',
      patch(
        '$setElementOrder/containers: [{ name: a }]\ncontainers:\n  - name: a\n    securityContext: { privileged: true }\n',
      ),
      ['Set privileged to false'],
    ],
  ];
  for (const [name, rule, text, expected] of cases) it(name, () => assert.deepEqual(offered(rule, text), expected));
});
