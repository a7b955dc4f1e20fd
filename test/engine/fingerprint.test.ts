import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, fingerprintTexts, lint } from '../../shared-rules/index.ts';

const POD = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop }
spec:
  hostNetwork: true
  hostPID: true
  containers:
    - name: a
      image: example.com/a
    - name: b
      image: example.com/b
      securityContext:
        privileged: true
`;

function fingerprints(text: string, path = 'pod.yaml'): string[] {
  const result = lint(path, text, { ...DEFAULT_SETTINGS, profile: 'recommended' });
  return [...fingerprintTexts(result)].map(([{ rule }, known]) => `${rule} ${known}`).sort();
}

describe('what a finding is known by', () => {
  const before = fingerprints(POD);

  it('tells the findings of a file from each other', () => {
    assert.deepEqual(
      before.map((one) => one.split(' ')[0]),
      ['host-network', 'host-pid', 'privileged'],
    );
    assert.equal(new Set(before).size, before.length);
  });

  const same: [string, string, string?][] = [
    ['lines above', `# a comment\n\n${POD}`],
    ['a document above', `apiVersion: v1\nkind: Service\nmetadata: { name: s }\n---\n${POD}`],
    ['the end of lines', POD.replaceAll('\n', '\r\n')],
    ['indentation and quotes', POD.replace('name: web', 'name:   "web"').replace('hostPID: true', 'hostPID:   true')],
    ['the name of the file', POD, 'other.yaml'],
    [
      'an item before others with names',
      POD.replace('  containers:\n', '  containers:\n    - name: first\n      image: x\n'),
    ],
    [
      'a comment that accepts it',
      POD.replace('hostNetwork: true', 'hostNetwork: true # bulkhead: ignore[host-network] a'),
    ],
  ];
  for (const [what, text, path] of same)
    it(`stays with ${what}`, () => assert.deepEqual(fingerprints(text, path), before));

  const other: [string, string][] = [
    ['subject', POD.replace('name: web', 'name: shop')],
    ['namespace', POD.replace('namespace: shop', 'namespace: other')],
  ];
  for (const [what, text] of other)
    it(`is another for another ${what}`, () => {
      const found = new Set(fingerprints(text));
      assert.ok(before.every((one) => !found.has(one)));
    });

  it('is another for one container of two only', () => {
    const found = new Set(fingerprints(POD.replace('name: b', 'name: c')));
    const changed = before.filter((one) => !found.has(one));
    assert.ok(changed.length > 0 && changed.every((one) => one.startsWith('privileged ')), changed.join('\n'));
  });

  it('counts what is alike', () => {
    const compose = 'services:\n  web:\n    image: a\n    volumes: [/etc:/a, /etc:/b]\n';
    const found = fingerprints(compose, 'compose.yaml');
    assert.ok(found.length >= 2);
    assert.equal(new Set(found).size, found.length);
  });
});

describe('accepted findings', () => {
  it('are handed out with their reason and the place that says so', () => {
    const text = `apiVersion: v1
kind: Pod
metadata:
  name: a
  annotations: { bulkhead.dev/ignore.host-ipc: shared memory until 2030-01-01, kube-linter.io/ignore-all: "" }
spec:
  hostNetwork: true
  hostPID: true # bulkhead: ignore[host-pid] watches the node
  hostIPC: true
`;
    const exceptions = [
      { rules: ['host-network'], match: { kind: 'Pod' }, reason: 'an agent', owner: undefined, until: undefined },
    ] as const;
    const own = (one: string) => ({ ...DEFAULT_SETTINGS, exceptions, today: one });
    const accepted = (day: string, source: string) =>
      lint('a.yaml', source, own(day)).accepted.map(({ finding, reason, by }) => [finding.rule, reason, by]);
    const bulkheadOnly = text.replace(', kube-linter.io/ignore-all: ""', '');
    assert.deepEqual(accepted('2029-01-01', bulkheadOnly), [
      ['host-network', 'an agent', 'configuration'],
      ['host-pid', 'watches the node', 'comment'],
      ['host-ipc', 'shared memory', 'annotation'],
    ]);
    assert.deepEqual(
      accepted('2031-01-01', bulkheadOnly).map(([rule]) => rule),
      ['host-network', 'host-pid'],
    );
    assert.deepEqual(accepted('2029-01-01', text)[0], ['host-network', undefined, 'kubeLinter']);
  });
});
