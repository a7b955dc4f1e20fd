import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Log } from 'sarif';
import { programIn } from '../program.ts';

const pod = (spec: string) => `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  ${spec}\n`;
const FILES = {
  '.git/HEAD': '',
  '.bulkhead.yaml': `severity: { host-network: off, host-pid: low }
ignore: [vendor]
exceptions: [{ rule: host-ipc, reason: shared memory, owner: data-team }]
`,
  'pod.yaml': pod('hostNetwork: true\n  hostIPC: true\n  hostPID: true # bulkhead: ignore[host-pid] needed'),
  'vendor/x/a.yaml': pod('hostPID: true'),
  'vendor/b.yaml': pod('hostPID: true'),
};
const SENTENCES = [
  '.bulkhead.yaml switches off 1 rule: host-network.',
  '.bulkhead.yaml lowers the severity of 1 rule: host-pid (low).',
  '.bulkhead.yaml leaves out 2 files (ignore).',
  '2 findings are accepted: 1 by comments, 1 by exceptions in .bulkhead.yaml (data-team).',
];

describe('what a repository does not let be reported', () => {
  it('follows the findings for people, and goes beside the data for programs', async (test) => {
    const { run } = await programIn(test, FILES);
    const pretty = run(['check']);
    assert.deepEqual([pretty.status, pretty.out, pretty.err], [0, `Nothing found.\n${SENTENCES.join('\n')}\n`, '']);
    const beside = SENTENCES.map((sentence) => `bulkhead: ${sentence}\n`).join('');
    for (const [format, out] of Object.entries({ json: '[]\n', jsonl: '', gitlab: '[]\n' })) {
      const done = run(['check', '--format', format]);
      assert.deepEqual([done.out, done.err], [out, beside]);
    }
    assert.deepEqual(run(['check', '--quiet']), { status: 0, out: '', err: '' });
    assert.equal(run(['check', '--no-config', 'vendor', '--format', 'json']).err, '', 'nothing of it');
  });

  it('is a notice of GitHub and a section of Markdown', async (test) => {
    const { run } = await programIn(test, FILES);
    assert.equal(
      run(['check', '--format', 'github']).out,
      `::notice file=.bulkhead.yaml,title=What is not reported::${SENTENCES.join('%0A')}\n`,
    );
    const { out } = run(['check', '--format', 'markdown']);
    assert.match(out, /^### Bulkhead: nothing found\n\n2 files checked\.\n\n#### What is not reported\n\n- /);
    assert.equal(out.match(/^- /gm)?.length, SENTENCES.length);
  });

  it('is told in SARIF by overrides and notifications', async (test) => {
    const { run } = await programIn(test, FILES);
    const [sarif] = (JSON.parse(run(['check', '--format', 'sarif']).out) as Log).runs;
    const [invocation] = sarif?.invocations ?? [];
    const rules = sarif?.tool.driver.rules?.map(({ id }) => id) ?? [];
    assert.deepEqual(
      invocation?.ruleConfigurationOverrides?.map(({ descriptor, configuration }) => [
        descriptor.id === rules[descriptor.index ?? -1] && descriptor.id,
        configuration,
      ]),
      [
        ['host-network', { enabled: false }],
        ['host-pid', { level: 'note' }],
      ],
    );
    const notes = invocation?.toolConfigurationNotifications ?? [];
    assert.deepEqual(
      notes.map(({ level, message }) => [level, message.text]),
      SENTENCES.map((sentence) => ['note', sentence]),
    );
    assert.deepEqual(notes[0]?.locations, [
      { physicalLocation: { artifactLocation: { uri: '.bulkhead.yaml', uriBaseId: '%SRCROOT%' } } },
    ]);
    const owners = sarif?.results?.map(({ suppressions }) => suppressions?.[0]?.properties?.owner);
    assert.deepEqual(owners, ['data-team', undefined]);
  });

  it('names a baseline in reports', async (test) => {
    const { run } = await programIn(test, { '.git/HEAD': '', 'pod.yaml': pod('hostPID: true') });
    run(['baseline', 'write']);
    const { out } = run(['check', '--baseline', '.bulkhead-baseline.json', '--format', 'github']);
    assert.equal(out, '::notice title=What is not reported::1 known finding left out (.bulkhead-baseline.json).\n');
  });

  it('is no clean run where it is everything', async (test) => {
    const { run } = await programIn(test, { ...FILES, '.bulkhead.yaml': 'ignore: ["**"]\n' });
    const { status, out, err } = run(['check']);
    assert.deepEqual([status, out], [2, 'Nothing checked.\n.bulkhead.yaml leaves out 3 files (ignore).\n']);
    assert.equal(
      err,
      'bulkhead: nothing was checked: .bulkhead.yaml leaves out all 3 files that could be. See "ignore" in it.\n',
    );
    assert.equal(run(['check', 'pod.yaml']).status, 0, 'a file that is named, as for a commit of ignored files');
    assert.match(run(['check', '--format', 'markdown']).out, /^### Bulkhead: nothing checked\n/);
    assert.equal(JSON.parse(run(['check', '--format', 'sarif']).out).runs[0].invocations[0].executionSuccessful, false);
  });

  it('says what a policy does not allow', async (test) => {
    const { run } = await programIn(test, {
      'r/.git/HEAD': '',
      'r/.bulkhead.yaml': 'ignore: [x]\n',
      'r/x/pod.yaml': pod('hostPID: true'),
      'policy.yaml': 'neverIgnore: ["**"]\n',
    });
    const github = run(['check', '--config', 'r/.bulkhead.yaml', '--policy', 'policy.yaml', 'r', '--format', 'github']);
    assert.match(
      github.out,
      /::warning file=r\/\.bulkhead\.yaml,line=1,col=1,title=Policy::The policy policy\.yaml does not allow leaving out r\/x\/pod\.yaml\. It is checked\.\n/,
    );
  });
});
