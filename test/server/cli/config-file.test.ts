import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';

const PROGRAM = join(import.meta.dirname, '..', '..', '..', 'dist', 'bulkhead.cjs');
const POD = 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { hostNetwork: true }\n';
const COMPOSE = 'services:\n  web:\n    image: a\n    network_mode: host\n    ports: ["1:1"]\n';

const OFF = 'severity: { host-network: off }\n';
/** What is said of it beside the findings. */
const saysOff = (file: string) => `bulkhead: ${file} switches off 1 rule: host-network.\n`;

/** A folder with files, and a way to run the program in one of its folders. */
async function workspace(test: TestContext, files: Record<string, string>) {
  const root = await mkdtemp(join(tmpdir(), 'bulkhead-config-'));
  test.after(() => rm(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
  return {
    path: (...parts: string[]) => join(root, ...parts),
    /** The exit status, the files and rules of the findings, and what was complained of. */
    check(folder: string, ...args: string[]): [number | null, string[], string] {
      const done = spawnSync(process.execPath, [PROGRAM, 'check', '--format', 'json', ...args], {
        cwd: join(root, folder),
        encoding: 'utf8',
      });
      const findings: { file: string; rule: string }[] = JSON.parse(done.stdout || '[]');
      return [done.status, findings.map(({ file, rule }) => `${file}: ${rule}`), done.stderr];
    },
    fix(folder: string, ...args: string[]) {
      return spawnSync(process.execPath, [PROGRAM, 'fix', ...args], { cwd: join(root, folder), encoding: 'utf8' });
    },
  };
}

describe('a command finds its configuration', () => {
  it('in the folder it is run in', async (test) => {
    const { check } = await workspace(test, { '.bulkhead.yaml': OFF, 'pod.yaml': POD });
    assert.deepEqual(check('.'), [0, [], saysOff('.bulkhead.yaml')]);
    assert.deepEqual(check('.', '--no-config'), [1, ['pod.yaml: host-network'], '']);
  });

  it('in the folders above, up to the root of the repository', async (test) => {
    const files = { '.bulkhead.yaml': OFF, 'a/b/pod.yaml': POD, 'a/.keep': '' };
    const outside = await workspace(test, files);
    assert.deepEqual(outside.check('a/b')[1], ['pod.yaml: host-network'], 'no repository: the folder alone');
    const inside = await workspace(test, { ...files, '.git/HEAD': '' });
    assert.deepEqual(inside.check('a/b'), [0, [], saysOff('../../.bulkhead.yaml')]);
    const nearer = await workspace(test, { ...files, '.git/HEAD': '', 'a/.bulkhead.yaml': 'profile: recommended\n' });
    assert.deepEqual(nearer.check('a/b')[1], ['pod.yaml: host-network'], 'the nearest one');
    const below = await workspace(test, { ...files, 'a/.git': 'gitdir: elsewhere' });
    assert.deepEqual(below.check('a/b')[1], ['pod.yaml: host-network'], 'none above the repository');
  });

  it('where it is told to', async (test) => {
    const { check } = await workspace(test, { 'ci/strict.yaml': OFF, 'pod.yaml': POD });
    assert.deepEqual(check('.', '--config', 'ci/strict.yaml'), [0, [], saysOff('ci/strict.yaml')]);
    const [status, findings, said] = check('.', '--config', 'ci/no.yaml');
    assert.deepEqual([status, findings], [2, []]);
    assert.equal(said, 'bulkhead: the configuration ci/no.yaml cannot be read (ENOENT).\n');
  });
});

describe('a command follows its configuration', () => {
  it('in its profile, unless told another', async (test) => {
    const { check } = await workspace(test, {
      '.bulkhead.yaml': 'profile: strict\n',
      'compose.yaml': 'services:\n  web:\n    image: a\n    security_opt: [no-new-privileges]\n    ports: ["1:1"]\n',
    });
    assert.deepEqual(check('.')[1], ['compose.yaml: port-on-all-interfaces']);
    assert.deepEqual(check('.', '--profile', 'recommended')[1], []);
  });

  it('in exceptions and ignored paths, relative to its folder', async (test) => {
    const { check, path } = await workspace(test, {
      '.git/HEAD': '',
      '.bulkhead.yaml':
        'ignore: [/a/vendor/]\nexceptions: [{ rule: host-network, match: { path: /a/ok/ }, reason: x }]\n',
      'a/ok/pod.yaml': POD,
      'a/vendor/pod.yaml': POD,
      'a/b/vendor/pod.yaml': POD,
    });
    const says = (file: string) =>
      `bulkhead: ${file} leaves out 1 file (ignore).\nbulkhead: 1 finding is accepted: 1 by exceptions in ${file} (no owner).\n`;
    assert.deepEqual(check('.'), [1, ['a/b/vendor/pod.yaml: host-network'], says('.bulkhead.yaml')]);
    assert.deepEqual(check('a'), [1, ['b/vendor/pod.yaml: host-network'], says('../.bulkhead.yaml')]);
    assert.deepEqual(check('a', path('a'))[1], [`${path('a/b/vendor/pod.yaml')}: host-network`]);
    assert.deepEqual(check('a', 'vendor', 'vendor/pod.yaml'), [
      0,
      [],
      'bulkhead: vendor is ignored by the configuration.\nbulkhead: vendor/pod.yaml is ignored by the configuration.\nbulkhead: ../.bulkhead.yaml leaves out 1 file (ignore).\n',
    ]);
    assert.deepEqual(check('a/ok', 'pod.yaml', '../../a/ok').slice(0, 2), [0, []]);
  });

  it('and does nothing with one that has errors', async (test) => {
    const { check, fix, path } = await workspace(test, {
      '.bulkhead.yaml': 'profile: strict\nexceptions:\n  - rule: host-netwrok\n    reason: x\n',
      'compose.yaml': COMPOSE,
    });
    const said =
      'bulkhead: .bulkhead.yaml:3:11: error: Unknown rule `host-netwrok`. Did you mean `host-network`? The exception does not apply.\n' +
      'bulkhead: the configuration .bulkhead.yaml has errors; nothing was done. To go on without it, add --no-config.\n';
    assert.deepEqual(check('.'), [2, [], said]);
    const { status, stderr } = fix('.');
    assert.deepEqual([status, stderr], [2, said]);
    assert.equal(await readFile(path('compose.yaml'), 'utf8'), COMPOSE);
    assert.equal(fix('.', '--no-config').status, 0);
    assert.notEqual(await readFile(path('compose.yaml'), 'utf8'), COMPOSE);
  });

  it('and goes on after warnings', async (test) => {
    const { check } = await workspace(test, {
      '.bulkhead.yaml':
        'exceptions:\n  - rule: host-network\n  - rule: host-network\n    reason: x\n    until: 2001-01-01\n',
      'pod.yaml': POD,
    });
    const [status, findings, said] = check('.');
    assert.deepEqual([status, findings], [0, []], 'the exception without a reason applies');
    assert.match(said, /^bulkhead: \.bulkhead\.yaml:2:5: warning: The exception gives no reason/);
    assert.match(said, /\nbulkhead: \.bulkhead\.yaml:5:12: warning: The exception ended on 2001-01-01/);
  });

  it('when it repairs', async (test) => {
    const { fix, path } = await workspace(test, {
      '.bulkhead.yaml':
        'ignore: [b]\nexceptions: [{ rule: published-ports-ignored, match: { path: a/ }, reason: x }]\n',
      'a/compose.yaml': COMPOSE,
      'b/compose.yaml': COMPOSE,
      'c/compose.yaml': COMPOSE,
    });
    assert.equal(fix('.').stderr, '1 problem fixed in 1 file.\n');
    for (const folder of ['a', 'b']) assert.equal(await readFile(path(folder, 'compose.yaml'), 'utf8'), COMPOSE);
  });
});

describe('patterns that make others go back for ever', () => {
  const deep = `${'a/'.repeat(40)}x.yaml`;
  const stars = `a/${'**/'.repeat(40)}y`;
  const letters = `${'*a'.repeat(40)}b`;
  const name = 'a'.repeat(60);
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec:\n  hostNetwork: true\n  containers: [{ name: a, image: ${name} }]\n`;
  const exception = (match: string) =>
    `exceptions: [{ rule: host-network, reason: x, match: { ${match} } }]\nprofile: recommended\n`;
  const cases: Record<string, Record<string, string>> = {
    'in a .gitignore': { '.gitignore': `${stars}\n${letters}\n` },
    'for what is ignored': { '.bulkhead.yaml': `ignore: ["${stars}", "${letters}"]\n` },
    'for a name': { '.bulkhead.yaml': exception(`name: "${letters}"`) },
    'for an image': { '.bulkhead.yaml': exception(`image: "${letters}"`) },
    'for a path': { '.bulkhead.yaml': exception(`path: "${stars}"`) },
    'for AI images': { '.bulkhead.yaml': `ai: { include: ["${letters}"], exclude: ["${letters}"] }\n` },
    'for known host users': { '.bulkhead.yaml': `knownHostUsers: [{ image: "${letters}", reason: x }]\n` },
  };
  for (const [where, files] of Object.entries(cases))
    it(where, { timeout: 60_000 }, async (test) => {
      const { check } = await workspace(test, { ...files, [deep]: pod });
      const [status, findings] = check('.');
      assert.deepEqual([status, findings.includes(`${deep}: host-network`)], [1, true]);
    });

  it('on the command line', { timeout: 60_000 }, async (test) => {
    const { check } = await workspace(test, { [deep]: pod });
    assert.deepEqual(check('.', `${stars}.yaml`), [2, [], `bulkhead: no manifest or script matches ${stars}.yaml\n`]);
    const many = '{a,b}'.repeat(30);
    assert.deepEqual(check('.', many), [
      2,
      [],
      `bulkhead: ${many} has more than 1000 alternatives; name fewer at once\n`,
    ]);
  });
});
