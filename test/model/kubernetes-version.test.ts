import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';
import { isAtLeast } from '../../shared-rules/model/kubernetes/version.ts';

describe('versions of Kubernetes', () => {
  const cases: [string | undefined, boolean][] = [
    [undefined, true],
    ['1.33', true],
    ['1.34', true],
    ['1.32', false],
    ['1.9', false],
  ];
  for (const [version, expected] of cases)
    it(`${version ?? 'the newest'} is ${expected ? 'at least' : 'older than'} 1.33`, () =>
      assert.equal(isAtLeast(version, 33), expected));

  it('without user namespaces have no finding about them', () => {
    const text = 'apiVersion: v1\nkind: Pod\nspec:\n  containers:\n    - name: a\n      image: nginx\n';
    const rulesFor = (kubernetesVersion: string) =>
      lint('pod.yaml', text, { ...DEFAULT_SETTINGS, profile: 'all', kubernetesVersion })
        .findings.map(({ rule }) => rule)
        .filter((rule) => rule === 'no-user-namespace');
    assert.deepEqual(rulesFor('1.33'), ['no-user-namespace']);
    assert.deepEqual(rulesFor('1.32'), []);
  });
});
