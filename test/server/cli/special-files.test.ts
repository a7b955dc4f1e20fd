import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, it, type TestContext } from 'node:test';
import { folderWith } from '../files.ts';
import { COMPOSE, POD, PROGRAM } from '../program.ts';
import { makeSpecial, outside, SPECIAL_FILES } from '../special-files.ts';

// Each test ends by itself, or its program is killed when the time is over.
const options = { timeout: 30_000, skip: process.platform === 'win32' };

const REPOSITORY = { '.git/HEAD': '', 'pod.yaml': POD };

interface Done {
  readonly status: number | null;
  readonly out: string;
  readonly err: string;
}

/** Runs a script of a shell in a folder, in which `$BULKHEAD` is the program. */
async function shell(test: TestContext, folder: string, script: string): Promise<Done> {
  const child = spawn('bash', ['-c', script], {
    cwd: folder,
    env: { ...process.env, BULKHEAD: `${process.execPath} ${PROGRAM}` },
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: test.signal,
    killSignal: 'SIGKILL',
  });
  const status = new Promise<number | null>((resolve, reject) => child.on('close', resolve).on('error', reject));
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return { status: await status, out, err };
}

for (const special of SPECIAL_FILES)
  describe(`${special.name} in the place of`, () => {
    const inRepository = async (test: TestContext, path: string) => {
      const root = await folderWith(test, REPOSITORY);
      await makeSpecial(special, join(root, path), test);
      return root;
    };

    for (const path of ['.gitignore', '.git/info/exclude'])
      it(`${path} is named, and the rest is checked`, options, async (test) => {
        const { status, out, err } = await shell(test, await inRepository(test, path), '$BULKHEAD check -f json');
        assert.match(err, special.refused);
        assert.ok(err.startsWith(`bulkhead: ${path} `), err);
        assert.equal(status, 1);
        assert.match(out, /"pod\.yaml"/);
      });

    it('.git ends nothing', options, async (test) => {
      const root = await folderWith(test, { 'pod.yaml': POD });
      await makeSpecial(special, join(root, '.git'), test);
      assert.equal((await shell(test, root, '$BULKHEAD check')).status, 1);
    });

    it('.bulkhead.yaml is an error', options, async (test) => {
      const { status, err } = await shell(test, await inRepository(test, '.bulkhead.yaml'), '$BULKHEAD check');
      assert.match(err, special.refused);
      assert.match(err, /^bulkhead: the configuration \.bulkhead\.yaml .* add --no-config\.$/m);
      assert.equal(status, 2);
    });

    for (const path of ['compose.yaml', 'kustomization.yaml', 'Dockerfile'])
      it(`${path} in a folder is left out, and told of`, options, async (test) => {
        const root = await inRepository(test, path);
        const { status, err } = await shell(test, root, '$BULKHEAD check --verbose');
        assert.equal(status, 1);
        if (special.name !== 'a folder')
          assert.match(err, new RegExp(`^bulkhead: ${path} (was left out|is larger)`, 'm'));
      });

    it('a file that is named is told of', options, async (test) => {
      const root = await inRepository(test, 'compose.yaml');
      for (const command of ['check', 'fix --dry-run', 'baseline write --file b.json']) {
        const { status, err } = await shell(test, root, `$BULKHEAD ${command} pod.yaml compose.yaml`);
        assert.ok(status === 1 || !command.startsWith('check'));
        if (special.name !== 'a folder') assert.match(err, special.named);
      }
    });

    it('a file in a list is left out with a note', options, async (test) => {
      const root = await inRepository(test, 'compose.yaml');
      const { status, err } = await shell(test, root, 'ls | $BULKHEAD check --files-from -');
      assert.equal(status, 1);
      assert.match(err, /^bulkhead: compose\.yaml is (listed but not a file|larger)/m);
    });

    const named: [what: string, args: string][] = [
      ['a list of files', 'check --files-from odd'],
      ['a baseline', 'check --baseline odd'],
      ['a configuration that is named', 'check --config odd'],
      ['a file to audit', 'audit odd'],
    ];
    for (const [what, args] of named)
      it(`${what} is an error`, options, async (test) => {
        const { status, err } = await shell(test, await inRepository(test, 'odd'), `$BULKHEAD ${args}`);
        assert.match(err, special.named);
        assert.match(err, /^bulkhead: .*odd/m);
        assert.equal(status, 2);
      });
  });

describe('a link', () => {
  it('in a folder is not followed, which --verbose tells', options, async (test) => {
    const root = await folderWith(test, { ...REPOSITORY, 'real/a.yaml': POD });
    const other = await outside(test, 'secret.yaml', POD);
    await symlink(join(other, 'secret.yaml'), join(root, 'file.yaml'));
    await symlink(other, join(root, 'folder'));
    await symlink('real/a.yaml', join(root, 'inner.yaml'));
    const { out, err } = await shell(test, root, '$BULKHEAD check -v -f json');
    assert.deepEqual(
      JSON.parse(out).map(({ file }: { file: string }) => file),
      ['pod.yaml', 'real/a.yaml'],
    );
    for (const name of ['file.yaml', 'folder', 'inner.yaml'])
      assert.ok(err.includes(`bulkhead: ${name} was left out: it is a link, and links are not followed.\n`), err);
  });

  it('that is named is read, and not written through', options, async (test) => {
    const root = await folderWith(test, REPOSITORY);
    const other = await outside(test, 'secret.yaml', COMPOSE);
    await symlink(join(other, 'secret.yaml'), join(root, 'compose.yaml'));
    assert.match((await shell(test, root, '$BULKHEAD check -f json compose.yaml')).out, /network_mode/);
    const { err } = await shell(test, root, '$BULKHEAD fix compose.yaml');
    assert.match(err, /compose\.yaml is a link, and nothing is written through links; name the file it leads to/);
    assert.equal(await readFile(join(other, 'secret.yaml'), 'utf8'), COMPOSE);
  });

  it('in a list is read inside the repository only', options, async (test) => {
    const root = await folderWith(test, { ...REPOSITORY, 'deploy/x': '' });
    await symlink(join(await outside(test, 'secret.yaml', POD), 'secret.yaml'), join(root, 'deploy/out.yaml'));
    await symlink('../pod.yaml', join(root, 'deploy/in.yaml'));
    const script = 'cd deploy && ls | $BULKHEAD check -f json --files-from -';
    const { out, err } = await shell(test, root, script);
    assert.deepEqual(
      JSON.parse(out).map(({ file }: { file: string }) => file),
      ['in.yaml'],
    );
    assert.equal(err, 'bulkhead: out.yaml is a link that leads out of the folder and was not read.\n');
  });

  it('as a configuration is followed inside the repository only', options, async (test) => {
    const off = 'severity: { host-network: off }\n';
    const root = await folderWith(test, { ...REPOSITORY, 'ci/shared.yaml': off });
    await symlink('ci/shared.yaml', join(root, '.bulkhead.yaml'));
    assert.equal((await shell(test, root, '$BULKHEAD check')).status, 0);
    const other = await outside(test, 'shared.yaml', off);
    const lone = await folderWith(test, REPOSITORY);
    await symlink(join(other, 'shared.yaml'), join(lone, '.bulkhead.yaml'));
    const { status, err } = await shell(test, lone, '$BULKHEAD check');
    assert.equal(status, 2);
    assert.match(err, /\.bulkhead\.yaml is a link that leads out of the folder and was not read\. To use another one/);
    assert.equal((await shell(test, lone, '$BULKHEAD check --config .bulkhead.yaml')).status, 0);
    assert.equal((await shell(test, lone, '$BULKHEAD check --no-config')).status, 1);
  });
});

describe('a shell gives', () => {
  const cases: [name: string, script: string, status: number][] = [
    ['a file to check', '$BULKHEAD check -f json <(cat pod.yaml)', 1],
    ['standard input by its name', 'cat pod.yaml | $BULKHEAD check -f json /dev/stdin', 1],
    ['a file as standard input by its name', '$BULKHEAD check -f json /dev/stdin < pod.yaml', 1],
    ['a list of files', '$BULKHEAD check -f json --files-from <(ls)', 1],
    ['a configuration', '$BULKHEAD check pod.yaml --config <(echo "severity: { host-network: off }")', 0],
    ['no configuration', '$BULKHEAD check -f json --config /dev/null', 1],
    ['a baseline', '$BULKHEAD baseline write --file b.json && $BULKHEAD check --baseline <(cat b.json)', 0],
    ['a file to audit', '$BULKHEAD audit <(echo "$CONTAINER")', 1],
  ];
  const CONTAINER = `[{"Id":"a","Name":"/a","Config":{"Image":"x"},"HostConfig":{"NetworkMode":"host","Privileged":true}}]`;
  for (const [name, script, status] of cases)
    it(name, options, async (test) => {
      const root = await folderWith(test, REPOSITORY);
      const done = await shell(test, root, `CONTAINER='${CONTAINER}'; ${script}`);
      assert.equal(done.status, status, done.err);
      assert.doesNotMatch(done.err, /changed while|cannot be read|not a regular/);
    });

  it('a file whose fixes are tried, though it can be read once only', options, async (test) => {
    const root = await folderWith(test, { 'compose.yaml': COMPOSE });
    const { out } = await shell(test, root, '$BULKHEAD check -f json <(cat compose.yaml)');
    assert.ok(JSON.parse(out).some(({ fixes }: { fixes: unknown[] }) => fixes.length > 0));
  });

  it('a file that cannot be repaired in its place', options, async (test) => {
    const root = await folderWith(test, { 'compose.yaml': COMPOSE });
    const { status, err } = await shell(test, root, '$BULKHEAD fix <(cat compose.yaml)');
    assert.equal(status, 2);
    assert.match(err, /is a pipe or a device; give it as standard input: bulkhead fix - < \/dev\/fd\/\d+\./);
  });

  it('no more than is checked', options, async (test) => {
    const root = await folderWith(test, REPOSITORY);
    for (const path of ['/dev/zero', '<(cat /dev/zero)']) {
      const { err } = await shell(test, root, `$BULKHEAD check ${path}`);
      assert.match(err, /is larger than 8 MiB/);
    }
    for (const list of ['--files-from - < /dev/zero', '--files-from /dev/zero', '--baseline /dev/zero']) {
      const { status, err } = await shell(test, root, `$BULKHEAD check ${list}`);
      assert.match(err, /is larger than 64 MiB/);
      assert.equal(status, 2);
    }
  });
});

it('a file becomes a pipe after it was listed, and is told of', options, async (test) => {
  // The first input ends when the second has become a pipe.
  const root = await folderWith(test, { ...REPOSITORY, 'z.yaml': POD });
  await writeFile(join(root, 'become'), 'rm z.yaml; mkfifo z.yaml; cat pod.yaml');
  const { status, err } = await shell(test, root, '$BULKHEAD check <(sleep 1; . ./become) pod.yaml z.yaml');
  assert.equal(status, 1);
  assert.match(err, /z\.yaml is a pipe, not a regular file/);
});
