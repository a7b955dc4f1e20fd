import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { folderWith } from '../files.ts';
import { PROGRAM } from '../program.ts';

const pod = (spec: string, metadata = 'name: a') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { ${metadata} }\nspec:\n  ${spec}\n`;
const POD = pod('hostNetwork: true');
/** It has a finding of the profile `strict`, and no other. */
const PORT = 'services:\n  web:\n    image: a\n    security_opt: [no-new-privileges]\n    ports: ["1:1"]\n';
const PORT_FOUND = 'compose.yaml port-on-all-interfaces low';

/** A repository with files, beside a folder with a policy in it. */
async function repository(test: TestContext, policy: string, files: Readonly<Record<string, string>>) {
  const inRepository = Object.entries(files).map(([path, text]) => [`repository/${path}`, text]);
  const root = await folderWith(test, {
    'ci/policy.yaml': policy,
    'repository/.git/HEAD': '',
    ...Object.fromEntries(inRepository),
  });
  const cwd = join(root, 'repository');
  const run = (...args: string[]) => spawnSync(process.execPath, [PROGRAM, ...args], { cwd, encoding: 'utf8' });
  return {
    root,
    run,
    /** The exit status, the findings as `file rule severity`, and what is said beside them. */
    check(...args: string[]): [number | null, string[], string] {
      const { status, stdout, stderr } = run('check', '--format', 'json', '--policy', '../ci/policy.yaml', ...args);
      const findings: { file: string; rule: string; severity: string }[] = JSON.parse(stdout || '[]');
      return [status, findings.map(({ file, rule, severity }) => `${file} ${rule} ${severity}`), stderr];
    },
    messages(...args: string[]): string[] {
      const { stdout } = run('check', '--format', 'json', '--policy', '../ci/policy.yaml', ...args);
      return JSON.parse(stdout).map(({ message }: { message: string }) => message);
    },
  };
}

const NAME = 'The policy ../ci/policy.yaml';

describe('a policy', () => {
  it('does not let rules be switched off or lowered, and says so at the place', async (test) => {
    const config = 'severity:\n  host-network: off\n  host-pid: low\n';
    const files = { '.bulkhead.yaml': config, 'pod.yaml': pod('hostNetwork: true\n  hostPID: true') };
    const { check, run } = await repository(test, 'rules: [host-network, host-namespaces]\n', files);
    assert.equal(run('check').stdout.startsWith('pod.yaml\n  6:12  low'), true, 'without a policy');
    assert.deepEqual(check(), [
      1,
      ['pod.yaml host-network medium', 'pod.yaml host-pid high'],
      `bulkhead: .bulkhead.yaml:2:3: warning: ${NAME} does not allow switching off \`host-network\`.\n` +
        `bulkhead: .bulkhead.yaml:3:3: warning: ${NAME} does not allow lowering \`host-pid\` to low.\n`,
    ]);
  });

  it('lets a configuration ask for more', async (test) => {
    const files = {
      '.bulkhead.yaml': 'severity: { host-network: high }\nprofile: strict\n',
      'pod.yaml': POD,
      'compose.yaml': PORT,
    };
    const { check } = await repository(test, 'profile: recommended\nrules: [all]\n', files);
    assert.deepEqual(check()[1], [PORT_FOUND, 'pod.yaml host-network high']);
    assert.equal(check()[2], '');
  });

  it('has the least profile, for the configuration and the command line', async (test) => {
    const files = { '.bulkhead.yaml': 'profile: recommended\n', 'compose.yaml': PORT };
    const { check } = await repository(test, 'profile: strict\n', files);
    const refused = `bulkhead: .bulkhead.yaml:1:1: warning: ${NAME} does not allow the profile \`recommended\`. \`strict\` is used.\n`;
    const found = [PORT_FOUND];
    assert.deepEqual(check(), [1, found, refused]);
    assert.deepEqual(check('--no-config', '--profile', 'recommended'), [
      1,
      found,
      'bulkhead: the policy ../ci/policy.yaml does not allow --profile recommended; strict is used.\n',
    ]);
    assert.deepEqual(check('--no-config'), [1, found, '']);
  });

  it('switches on the rules that it names', async (test) => {
    const files = { 'compose.yaml': PORT, '.bulkhead.yaml': 'severity: { port-on-all-interfaces: off }\n' };
    const { check } = await repository(test, 'rules: [port-on-all-interfaces]\n', files);
    assert.deepEqual(check()[1], [PORT_FOUND]);
    assert.deepEqual(check('--no-config')[1], [PORT_FOUND]);
  });

  const accepted: Record<string, Record<string, string>> = {
    'a comment': { 'pod.yaml': pod('hostPID: true # bulkhead: ignore[host-pid] it watches the node until 2099-01-01') },
    'an annotation': { 'pod.yaml': pod('hostPID: true', 'annotations: { bulkhead.dev/ignore.host-pid: needed }') },
    'an annotation of Checkov': { 'pod.yaml': pod('hostPID: true', 'annotations: { checkov.io/skip1: CKV_K8S_17=x }') },
    'an annotation of KubeLinter': {
      'pod.yaml': pod('hostPID: true', 'annotations: { ignore-check.kube-linter.io/host-pid: needed }'),
    },
    'a comment of KICS for the whole file': { 'pod.yaml': `# kics-scan ignore\n${pod('hostPID: true')}` },
    'a comment of KICS for a line': { 'pod.yaml': pod('# kics-scan ignore-line\n  hostPID: true') },
    'a label of kubeaudit': {
      'pod.yaml': pod('hostPID: true', 'labels: { kubeaudit.io/allow-namespace-host-PID: needed }'),
    },
    'a configuration': {
      'pod.yaml': pod('hostPID: true'),
      '.bulkhead.yaml':
        'exceptions: [{ rule: host-pid, reason: needed, owner: platform-team, until: 2099-01-01 }]\nprofile: recommended\n',
    },
  };
  for (const [what, files] of Object.entries(accepted))
    it(`does not let ${what} accept findings of its rules`, async (test) => {
      const { check, run, messages } = await repository(test, 'rules: [host-pid]\n', files);
      assert.equal(run('check', '--format', 'json').stdout, '[]\n', 'without a policy');
      assert.deepEqual(check().slice(0, 2), [1, ['pod.yaml host-pid high']]);
      assert.ok(messages()[0]?.endsWith(` ${NAME} does not allow exceptions for host-pid.`), messages()[0]);
    });

  it('points at the exception in the file, and at the one in the configuration', async (test) => {
    const { run, check } = await repository(test, 'rules: [host-pid]\n', {
      ...accepted['a configuration'],
      'pod.yaml': pod('hostPID: true # bulkhead: ignore[host-pid] needed'),
    });
    const [finding] = JSON.parse(run('check', '--policy', '../ci/policy.yaml', '--format', 'json').stdout);
    const [{ message, range }] = finding.related;
    assert.equal(message, 'The exception that does not apply');
    assert.deepEqual([range.start.line, range.start.column], [5, 19]);
    assert.equal(
      check()[2],
      `bulkhead: .bulkhead.yaml:1:14: warning: ${NAME} does not allow exceptions for host-pid.\n`,
    );
  });

  it('does not let a baseline leave out what may not be accepted', async (test) => {
    const { root, run, check } = await repository(test, 'rules: [host-pid]\n', {
      'pod.yaml': pod('hostNetwork: true\n  hostPID: true'),
    });
    assert.equal(run('baseline', 'write').status, 0);
    assert.deepEqual(check('--baseline', '.bulkhead-baseline.json'), [
      1,
      ['pod.yaml host-pid high'],
      'bulkhead: 1 known finding left out (.bulkhead-baseline.json).\n' +
        'bulkhead: the policy ../ci/policy.yaml does not allow .bulkhead-baseline.json to leave out 1 finding: host-pid.\n',
    ]);
    writeFileSync(join(root, 'ci/policy.yaml'), 'exceptions: { mustHave: [reason] }\n');
    assert.equal(check('--baseline', '.bulkhead-baseline.json')[1].length, 2);
  });

  it('asks for a reason, an owner and a last day', async (test) => {
    const exception = (...given: string[]) => `exceptions:\n  - { rule: host-network, ${given.join(', ')} }\n`;
    const [reason, owner, until] = ['reason: needed', 'owner: a-team', 'until: 2099-01-01'];
    const { root, check, messages } = await repository(test, 'exceptions: { mustHave: [reason, owner, until] }\n', {
      'pod.yaml': POD,
      '.bulkhead.yaml': exception(reason, until),
    });
    const lacks = `${NAME} does not accept an exception without an owner.`;
    assert.deepEqual(check(), [
      1,
      ['pod.yaml host-network medium'],
      `bulkhead: .bulkhead.yaml:2:5: warning: ${lacks}\n`,
    ]);
    assert.ok(messages()[0]?.endsWith(lacks));
    const write = (name: string, text: string) => writeFileSync(join(root, 'repository', name), text);
    write('.bulkhead.yaml', exception(reason, owner, until));
    assert.deepEqual(check().slice(0, 2), [0, []]);
    write('pod.yaml', pod('hostNetwork: true # bulkhead: ignore[host-network] needed until 2099-01-01'));
    assert.deepEqual(check().slice(0, 2), [0, []], 'the one that gives all of it counts');
    write('.bulkhead.yaml', 'profile: recommended\n');
    assert.ok(messages()[0]?.endsWith(lacks), 'a comment has no owner');
    writeFileSync(join(root, 'ci/policy.yaml'), 'exceptions: { mustHave: [reason, until] }\n');
    assert.deepEqual(check().slice(0, 2), [0, []]);
  });

  it('does not let files be left out', async (test) => {
    const config = 'profile: recommended\nignore: ["**"]\n';
    const files = { '.bulkhead.yaml': config, 'deploy/a.yaml': POD, 'deploy/b.yaml': POD, 'test/c.yaml': POD };
    const { check } = await repository(test, 'neverIgnore: [/deploy/]\n', files);
    const found = ['deploy/a.yaml host-network medium', 'deploy/b.yaml host-network medium'];
    const refused = `bulkhead: .bulkhead.yaml:2:1: warning: ${NAME} does not allow leaving out 2 files, such as deploy/a.yaml. They are checked.\n`;
    assert.deepEqual(check(), [1, found, `${refused}bulkhead: .bulkhead.yaml leaves out 1 file (ignore).\n`]);
    assert.deepEqual(check('deploy/a.yaml').slice(0, 2), [1, [found[0]]], 'a file');
    assert.deepEqual(check('deploy')[1], found, 'a folder');
    assert.deepEqual(check('*/a.yaml')[1], [found[0]], 'a pattern');
  });

  it('does not let a workload be said to be no AI workload, where its rules are about these', async (test) => {
    const llm = (comment: string, labels = '') =>
      `apiVersion: v1\nkind: Pod\nmetadata:\n  name: llm ${comment}\n${labels}spec:\n  hostNetwork: true\n  containers: [{ name: a, image: vllm/vllm-openai:v1, args: [--model, x] }]\n`;
    const files = {
      'a.yaml': llm('# bulkhead: not-ai-workload'),
      'b.yaml': llm('', '  labels: { bulkhead.dev/ai-workload: "false" }\n'),
      'c.yaml': llm(''),
      '.bulkhead.yaml': 'ai: { exclude: ["vllm/*"] }\n',
    };
    const { root, check, messages } = await repository(test, 'rules: [ai-host-network]\n', files);
    const ai = (findings: string[]) => findings.filter((finding) => finding.includes('ai-host-network'));
    const expected = ['a', 'b', 'c'].map((name) => `${name}.yaml ai-host-network high`);
    assert.deepEqual(ai(check()[1]), expected);
    assert.match(check()[2], /^bulkhead: \.bulkhead\.yaml:1:7: warning: .* does not allow `ai\.exclude`/);
    assert.match(messages().join('\n'), /comment # bulkhead: not-ai-workload, which the policy \S+ does not allow/);
    writeFileSync(join(root, 'ci/policy.yaml'), 'rules: [builds]\n');
    assert.deepEqual(ai(check()[1]), [], 'other rules do not depend on it');
  });

  it('protects the rules that report in the place of those it names', async (test) => {
    const files = {
      'pod.yaml': `apiVersion: v1\nkind: Pod\nmetadata:\n  name: a # bulkhead: ai-workload\nspec:\n  hostNetwork: true # bulkhead: ignore[ai-host-network] x\n`,
    };
    const { check } = await repository(test, 'rules: [host-network]\n', files);
    assert.deepEqual(check()[1], ['pod.yaml ai-host-network high']);
  });

  it('does not let known host users lower its rules', async (test) => {
    const entry = 'image: acme/agent, reason: sets up routes';
    const files = {
      'pod.yaml': pod('hostNetwork: true\n  containers: [{ name: a, image: acme/agent }]'),
      '.bulkhead.yaml': `knownHostUsers:\n  - { ${entry}, rules: [host-network] }\n`,
    };
    const { check, run } = await repository(test, 'rules: [host-network]\n', files);
    assert.match(run('check').stdout, /low.*listed as a known host user/);
    assert.deepEqual(check()[1], ['pod.yaml host-network medium']);
    assert.ok(
      check()[2].startsWith(
        `bulkhead: .bulkhead.yaml:2:5: warning: ${NAME} does not let \`knownHostUsers\` lower \`host-network\`.\n`,
      ),
    );
  });

  it('has the version of Kubernetes', async (test) => {
    const files = { 'pod.yaml': POD, '.bulkhead.yaml': 'kubernetesVersion: 1.20\n' };
    const { check } = await repository(test, 'kubernetesVersion: 1.31\n', files);
    assert.equal(
      check()[2],
      `bulkhead: .bulkhead.yaml:1:1: warning: ${NAME} is for Kubernetes 1.31. This version is not used.\n`,
    );
  });

  it('holds for fix and for baseline write', async (test) => {
    const compose = 'services:\n  web:\n    image: a\n    network_mode: host\n    ports: ["1:1"]\n';
    const files = { 'compose.yaml': compose, '.bulkhead.yaml': 'ignore: ["*"]\n' };
    const { root, run } = await repository(test, 'neverIgnore: ["**"]\n', files);
    assert.equal(run('fix').stderr, '0 problems fixed in 0 files.\n');
    assert.match(run('baseline', 'write', '--policy', '../ci/policy.yaml').stdout, /^[12] findings? written/);
    assert.match(run('fix', '--policy', '../ci/policy.yaml').stderr, /\n1 problem fixed in 1 file\.\n$/);
    assert.notEqual(readFileSync(join(root, 'repository/compose.yaml'), 'utf8'), compose);
  });
});

describe('a policy that cannot be used', () => {
  const wrong: Record<string, [policy: string, said: RegExp]> = {
    'has an unknown key': [
      'profil: strict\n',
      /policy\.yaml:1:1: error: Unknown key `profil` in a policy\. Did you mean `profile`\?/,
    ],
    'has an unknown rule': [
      'rules: [host-netwrok]\n',
      /policy\.yaml:1:9: error: Unknown rule `host-netwrok`\. Did you mean `host-network`\?/,
    ],
    'has a wrong value': ['profile: none\n', /policy\.yaml:1:10: error: Unknown profile `none`\./],
    'has a version that is none': [
      'kubernetesVersion: new\n',
      /policy\.yaml:1:20: error: `new` is not a version of Kubernetes/,
    ],
    'has a pattern that takes back': ['neverIgnore: ["!a"]\n', /policy\.yaml:1:15: error: `!a` is not a pattern/],
    'has an unknown requirement': [
      'exceptions: { mustHave: [ticket] }\n',
      /policy\.yaml:1:26: error: Unknown requirement `ticket`/,
    ],
    'is broken': ['rules: [\n', /policy\.yaml:\d+:\d+: error: This is not valid YAML/],
    'is a list': ['- rules\n', /policy\.yaml:1:1: error: The file must be a mapping/],
    'is empty': ['', /policy\.yaml:1:1: error: A policy with nothing in it allows everything\./],
    'is all comments': ['# rules: [all]\n', /A policy with nothing in it allows everything\./],
    'is too large': [`# ${'x'.repeat(1024 * 1024)}\n`, /the policy \.\.\/ci\/policy\.yaml is .*large/],
    'is no text': ['\0\0\0', /the policy \.\.\/ci\/policy\.yaml /],
  };
  for (const [what, [policy, said]] of Object.entries(wrong))
    it(`ends the run where it ${what}`, async (test) => {
      const { check } = await repository(test, policy, { 'pod.yaml': POD });
      const [status, findings, err] = check();
      assert.deepEqual([status, findings], [2, []]);
      assert.match(err, said);
    });

  it('ends the run where it is missing, a folder or an endless device', async (test) => {
    const { run } = await repository(test, 'rules: [all]\n', { 'pod.yaml': POD });
    const cases: Record<string, RegExp> = {
      '../ci/none.yaml': /^bulkhead: the policy \.\.\/ci\/none\.yaml cannot be read \(ENOENT\)\. Nothing was done\.\n$/,
      '../ci':
        /^bulkhead: the policy \.\.\/ci is a folder, not a regular file, and was not read\. Nothing was done\.\n$/,
      ...(process.platform === 'win32' ? {} : { '/dev/zero': /^bulkhead: the policy \/dev\/zero .*large/ }),
    };
    for (const [file, said] of Object.entries(cases))
      for (const command of [['check'], ['fix'], ['baseline', 'write']]) {
        const { status, stdout, stderr } = run(...command, '--policy', file);
        assert.deepEqual([status, stdout], [2, '']);
        assert.match(stderr, said);
      }
  });

  it('is not taken from what is checked', async (test) => {
    const { root, run } = await repository(test, 'rules: [all]\n', {
      'pod.yaml': POD,
      'ci/own.yaml': 'rules: [all]\n',
      'submodule/.git': 'gitdir: ../.git/modules/submodule\n',
      'submodule/policy.yaml': 'rules: [all]\n',
      'other/.git/HEAD': '',
      'other/policy.yaml': 'rules: [all]\n',
      'deploy/pod.yaml': POD,
    });
    const said = (policy: string, ...args: string[]) => run('check', '--policy', policy, ...args).stderr;
    const refused = /lies in what is checked, so whoever changes that can change the policy, too\. Nothing was done\./;
    assert.match(said('ci/own.yaml'), refused);
    assert.equal(run('check', '--policy', 'ci/own.yaml').status, 2);
    assert.match(said('ci/own.yaml', 'deploy'), refused, 'anywhere in the repository');
    assert.match(said('submodule/policy.yaml'), refused, 'a submodule, whose commit the repository says');
    assert.equal(said('other/policy.yaml'), '', 'a checkout of another repository within');
    assert.match(said('../ci/policy.yaml', '../ci'), refused, 'a folder that is named');
    if (process.platform === 'win32') return;
    mkdirSync(join(root, 'links'));
    symlinkSync(join(root, 'repository/ci/own.yaml'), join(root, 'links/in.yaml'));
    symlinkSync(join(root, 'ci/policy.yaml'), join(root, 'repository/out.yaml'));
    symlinkSync(dirname(join(root, 'ci/policy.yaml')), join(root, 'repository/out'));
    assert.match(said('../links/in.yaml'), refused, 'a link that leads into the repository');
    assert.match(said('out.yaml'), refused, 'a link that lies in the repository');
    assert.match(said('out/policy.yaml'), refused, 'a folder that is a link');
    symlinkSync(join(root, 'ci/policy.yaml'), join(root, 'links/good.yaml'));
    assert.equal(said('../links/good.yaml'), '', 'a link that has nothing to do with it');
  });

  it('may come from a pipe', { skip: process.platform === 'win32' }, async (test) => {
    const { root } = await repository(test, 'rules: [host-network]\n', {
      'pod.yaml': POD,
      '.bulkhead.yaml': 'severity: { host-network: off }\n',
    });
    const command = `"${process.execPath}" "${PROGRAM}" check --format json --policy <(cat ../ci/policy.yaml)`;
    const { status } = spawnSync('bash', ['-c', command], { cwd: join(root, 'repository') });
    assert.equal(status, 1);
  });
});
