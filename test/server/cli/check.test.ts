import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type CheckOptions, check } from '../../../server/cli/check.ts';
import { folderWith } from '../files.ts';
import { captured } from './captured.ts';

const POD =
  'apiVersion: v1\nkind: Pod\nmetadata:\n  name: "\u{1F433}"\n  namespace: n\nspec: { "\u{1F433}": 1, hostNetwork: true }\n';

function run(paths: string[], options: Partial<CheckOptions> = {}) {
  return captured((streams) => check(paths, { format: 'json', profile: 'recommended', ...options }, streams));
}

describe('check', () => {
  it('tries fixes of a file for a report until a budget is spent, and says so', async (test) => {
    const services = ['a', 'b', 'c'].map((name) => `  ${name}:\n    image: ${name}\n    network_mode: host\n`);
    const root = await folderWith(test, {
      'compose.yaml': `services:\n${services.join('')}# ${'x'.repeat(2_500_000)}\n`,
    });
    const { status, out, err } = await run([root]);
    const found = JSON.parse(out) as { rule: string; fixes: object[] }[];
    assert.equal(status, 1);
    assert.deepEqual(
      found.map(({ fixes }) => fixes.length),
      [1, 1, 0],
    );
    assert.match(
      err,
      /compose\.yaml is too large to try every fix for this report: those of 1 finding are not listed\. /,
    );
    const withoutFixes = await run([root], { format: 'github' });
    assert.equal(withoutFixes.err, '');
  });

  it('ends exceptions with their last day, in UTC', async (test) => {
    const pod = 'apiVersion: v1\nkind: Pod\nspec:\n  hostPID: true # bulkhead: ignore[host-pid] a until 2027-06-30\n';
    const root = await folderWith(test, { 'pod.yaml': pod });
    test.mock.timers.enable({ apis: ['Date'], now: Date.UTC(2027, 5, 30, 23, 59) });
    assert.equal((await run([root])).out, '[]\n');
    test.mock.timers.setTime(Date.UTC(2027, 6, 1));
    const found = JSON.parse((await run([root])).out) as { rule: string }[];
    assert.deepEqual(
      found.map(({ rule }) => rule),
      ['host-pid', 'exception-expired'],
    );
  });

  it('prints findings as JSON, with places as people count them', async (test) => {
    const root = await folderWith(test, { 'pod.yaml': POD });
    const { status, out, err } = await run([root]);
    assert.equal(status, 1);
    assert.equal(err, '');
    const [finding, ...others] = JSON.parse(out);
    assert.deepEqual(others, []);
    const { message, aliases, ...rest } = finding;
    assert.match(message, /^Pod \u{1F433} shares the node's network/u);
    assert.deepEqual(rest, {
      rule: 'host-network',
      severity: 'medium',
      file: join(root, 'pod.yaml'),
      range: {
        start: { line: 6, column: 31, offset: POD.indexOf('true') },
        end: { line: 6, column: 35, offset: POD.indexOf('true') + 4 },
      },
      subject: { kind: 'Pod', name: '\u{1F433}', namespace: 'n', path: 'spec.hostNetwork' },
      related: [],
      fixes: [
        { title: 'Remove hostNetwork', safety: 'review' },
        { title: 'Set hostNetwork to false', safety: 'review' },
      ],
    });
    assert.deepEqual(Object.keys(aliases), [
      'datadog',
      'kics',
      'checkov',
      'trivy',
      'kubeLinter',
      'kubescape',
      'polaris',
      'kubeScore',
      'kubeaudit',
      'kyverno',
      'pss',
      'cisKubernetes',
      'cisDocker',
      'cwe',
      'attack',
    ]);
    assert.ok(aliases.datadog.includes('6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a'));
  });

  it('prints findings for people', async (test) => {
    const root = await folderWith(test, { 'a.yaml': POD, 'b.yaml': POD });
    const { out } = await run([root], { format: 'pretty' });
    assert.match(out, /a\.yaml\n {2}6:31 {2}medium {2}Pod \u{1F433} shares .* \[host-network\]\n/u);
    assert.match(out, /\n2 findings in 2 files: 2 medium\. 2 have fixes\.\n$/);
  });

  it('finds nothing, and says so', async (test) => {
    const root = await folderWith(test, { 'pod.yaml': POD.replace('true', 'false') });
    assert.deepEqual(await run([root]), { status: 0, out: '[]\n', err: '' });
    assert.deepEqual(await run([root], { format: 'pretty' }), { status: 0, out: 'Nothing found.\n', err: '' });
  });

  it('brings together what several files say', async (test) => {
    const service = (name: string) =>
      `services:\n  ${name}:\n    image: example.com/a\n    ports: ["127.0.0.1:80:80"]\n`;
    const files = {
      'compose.a.yaml': service('a'),
      'compose.b.yaml': `\n${service('b')}`,
      'c/compose.yaml': service('c'),
    };
    const root = await folderWith(test, files);
    const { out, status } = await run([root]);
    assert.equal(status, 1);
    const found = JSON.parse(out) as { rule: string; file: string; related: { file: string; range: object }[] }[];
    assert.deepEqual(
      found.map(({ rule, file, related: [other] }) => [rule, file, other?.file]),
      [
        ['host-port-conflict', join(root, 'compose.a.yaml'), join(root, 'compose.b.yaml')],
        ['host-port-conflict', join(root, 'compose.b.yaml'), join(root, 'compose.a.yaml')],
      ],
    );
    assert.deepEqual(found[0]?.related[0]?.range, {
      start: { line: 5, column: 13, offset: `\n${service('b')}`.indexOf('"127') },
      end: { line: 5, column: 30, offset: `\n${service('b')}`.indexOf('"]') + 1 },
    });
  });

  it('checks a file whatever it is called, and through a link', async (test) => {
    const root = await folderWith(test, { 'pod.txt': POD });
    await symlink(join(root, 'pod.txt'), join(root, 'link'));
    assert.equal(JSON.parse((await run([join(root, 'pod.txt')])).out).length, 1);
    assert.equal(JSON.parse((await run([join(root, 'link')])).out).length, 1);
  });

  it('complains about a path that does not exist, and checks the others', async (test) => {
    const root = await folderWith(test, { 'pod.yaml': POD });
    const { status, out, err } = await run([join(root, 'missing'), root]);
    assert.equal(status, 2);
    assert.equal(JSON.parse(out).length, 1);
    assert.equal(err, `bulkhead: no such file or folder: ${join(root, 'missing')}\n`);
  });

  it('names what it could not read and checks the rest', async (test) => {
    const root = await folderWith(test, { 'a.yaml': '\0', 'b.yaml': `${POD}a: [\n`, 'c.yaml': POD });
    const { status, out, err } = await run([root]);
    assert.equal(status, 1);
    assert.equal(JSON.parse(out).length, 2);
    assert.match(err, /a\.yaml is binary and was not checked\.\n/);
    assert.match(err, /b\.yaml:\d+:\d+: not valid YAML \(.*\); the rest of the file was checked\.\n/);
  });
});

describe('the program', () => {
  const program = join(import.meta.dirname, '..', '..', '..', 'dist', 'bulkhead.cjs');
  const start = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' });

  it('ends with 0, 1 or 2', async (test) => {
    const root = await folderWith(test, { 'pod.yaml': POD, 'clean/pod.yaml': 'a: 1\n' });
    assert.equal(start('check', join(root, 'clean')).status, 0);
    assert.equal(start('check', root).status, 1);
    assert.equal(start('check', join(root, 'missing')).status, 2);
    assert.equal(start('--help').status, 0);
  });

  it('explains wrong usage', () => {
    const cases: [string[], RegExp][] = [
      [['check', '--formt', 'json'], /unknown option '--formt'.*--format/s],
      [['check', '--format', 'xml'], /Allowed choices are pretty, json/],
      [['chek'], /unknown command 'chek'.*check/s],
      [['lsp'], /name a channel, such as --stdio/],
    ];
    for (const [args, expected] of cases) {
      const { status, stderr } = start(...args);
      assert.equal(status, 2, args.join(' '));
      assert.match(stderr, expected);
      assert.doesNotMatch(stderr, /\n\s+at /);
    }
  });

  it('serves an editor over standard input and output', async (test) => {
    const server = spawn(process.execPath, [program, 'lsp', '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    test.after(() => server.kill());
    const params = { processId: null, rootUri: null, capabilities: {} };
    const message = JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'initialize', params });
    server.stdin.write(`Content-Length: ${message.length}\r\n\r\n${message}`);
    let answer = '';
    for await (const chunk of server.stdout) {
      answer += chunk;
      if (answer.includes('"id":1')) break;
    }
    assert.match(answer, /"serverInfo":\{"name":"bulkhead"\}/);
  });
});
