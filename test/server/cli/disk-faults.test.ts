import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { hash } from '../../../server/workspace/hash.ts';
import { ScanMemory } from '../../../server/workspace/lint/scan-memory.ts';
import { folderWith } from '../files.ts';
import { COMPOSE, PROGRAM, programIn } from '../program.ts';

const OUTSIDE = 'what nobody named\n';
const FILES = { 'outside/file': OUTSIDE, 'outside/compose.yaml': COMPOSE };
const FAULTS = join(import.meta.dirname, 'disk-faults.cjs');

const skip = process.platform === 'win32';

/** A manifest that is larger than what a shell's smallest limits let a program write. */
const LONG = COMPOSE + Array.from({ length: 800 }, (_, at) => `    # line ${at} of a long file\n`).join('');

/** Every way to write a file: its name, what is done, what stands in the file before. */
const WAYS: readonly [file: string, args: string[], before: string][] = [
  ['compose.yaml', ['fix', 'compose.yaml'], LONG],
  ['.bulkhead-baseline.json', ['baseline', 'write'], `${LONG}# a baseline`],
  ['known.json', ['baseline', 'write', '--file', 'known.json'], `${LONG}# a baseline`],
  ['.bulkhead.yaml', ['init', '--force'], 'profile: all\n'],
  ['report.json', ['check', '--output', 'json=report.json', '--fail-on', 'never'], `${LONG}# a report`],
];

/** Compose files enough for reports and baselines that do not fit into a kilobyte. */
const MANY = Object.fromEntries(Array.from({ length: 8 }, (_, at) => [`${at}/compose.yaml`, COMPOSE]));

describe('a file that a repository of a stranger has a link for', { skip }, () => {
  for (const [file, args] of WAYS)
    it(`is not written through it by ${args.join(' ')}`, async (test) => {
      const outer = await folderWith(test, { ...FILES, 'in/a.yaml': '' });
      const cwd = join(outer, 'in');
      symlinkSync(join('..', 'outside', file === 'compose.yaml' ? file : 'file'), join(cwd, file));
      const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { cwd, encoding: 'utf8' });
      assert.equal(readFileSync(join(outer, 'outside', 'file'), 'utf8'), OUTSIDE);
      assert.equal(readFileSync(join(outer, 'outside', 'compose.yaml'), 'utf8'), COMPOSE);
      assert.equal(status, 2);
      assert.ok(stderr.includes(`bulkhead: ${file} is a link, and nothing is written through links;`), stderr);
    });

  for (const [file, args, before] of WAYS)
    it(`is not reached by a link in the place of the new file that ${args.join(' ')} begins`, async (test) => {
      const outer = await folderWith(test, { ...FILES, [`in/${file}`]: before });
      const victim = join(outer, 'outside', 'file');
      const { status, stderr } = spawnSync(process.execPath, ['--require', FAULTS, PROGRAM, ...args], {
        cwd: join(outer, 'in'),
        encoding: 'utf8',
        env: { ...process.env, FAULT: `plant:${victim}` },
      });
      assert.equal(readFileSync(victim, 'utf8'), OUTSIDE);
      assert.equal(readFileSync(join(outer, 'in', file), 'utf8'), before);
      assert.equal(status, 2);
      assert.ok(stderr.includes(`bulkhead: ${file} cannot be written (EEXIST).`), stderr);
    });

  for (const args of [
    ['fix', 'linked/compose.yaml'],
    ['baseline', 'write', '--file', 'linked/file'],
    ['check', '--output', 'json=linked/file'],
    ['check', '--output', 'json=linked/new/file'],
  ])
    it(`is not written where a folder is a link out of the current one: ${args.join(' ')}`, async (test) => {
      const outer = await folderWith(test, { ...FILES, 'in/a.yaml': '' });
      const cwd = join(outer, 'in');
      symlinkSync(join('..', 'outside'), join(cwd, 'linked'));
      const { status, stderr } = spawnSync(process.execPath, [PROGRAM, ...args], { cwd, encoding: 'utf8' });
      assert.equal(status, 2);
      assert.match(stderr, /is behind a link that leads out of the current folder, to \S+outside; name that folder/);
      assert.equal(readFileSync(join(outer, 'outside', 'file'), 'utf8'), OUTSIDE);
      assert.equal(readFileSync(join(outer, 'outside', 'compose.yaml'), 'utf8'), COMPOSE);
      assert.deepEqual(readdirSync(join(outer, 'outside')), ['compose.yaml', 'file']);
    });

  it('is written below a link that stays in the current folder, and below a folder that is named', async (test) => {
    const outer = await folderWith(test, { 'in/real/compose.yaml': COMPOSE, 'out/compose.yaml': COMPOSE });
    const cwd = join(outer, 'in');
    symlinkSync('real', join(cwd, 'linked'));
    for (const path of ['linked/compose.yaml', join('..', 'out', 'compose.yaml')])
      assert.equal(spawnSync(process.execPath, [PROGRAM, 'fix', path], { cwd }).status, 0);
    for (const path of ['in/real/compose.yaml', 'out/compose.yaml'])
      assert.notEqual(readFileSync(join(outer, path), 'utf8'), COMPOSE);
  });
});

describe('on a disk that takes no more', { skip }, () => {
  /** Runs the program where no file may become longer than a kilobyte: the write that reaches it comes back short. */
  const limited = (cwd: string, args: readonly string[], redirect = '') => {
    const script = `ulimit -f 1; "$@" ${redirect}`;
    const all = ['-c', script, 'bash', process.execPath, PROGRAM, ...args];
    return spawnSync('bash', all, { cwd, encoding: 'utf8' });
  };

  for (const [file, args, before] of WAYS)
    it(`${args.join(' ')} keeps the old file, and says so`, async (test) => {
      const root = await folderWith(test, { ...MANY, [file]: before });
      const { status, stdout, stderr } = limited(root, args);
      assert.equal(readFileSync(join(root, file), 'utf8'), before);
      assert.ok(stderr.includes(`bulkhead: ${file} cannot be written (EFBIG).`), stderr);
      assert.equal(status, 2);
      assert.doesNotMatch(stdout + stderr, /[1-9]\d* problems? fixed|written to/);
      assert.deepEqual(
        readdirSync(root).filter((name) => name.endsWith('.tmp')),
        [],
      );
    });

  for (const args of [['check', '--format', 'json', '--fail-on', 'never'], ['rules'], ['completion', 'bash']])
    it(`${args.join(' ')} fails when what it prints is cut off`, async (test) => {
      const root = await folderWith(test, MANY);
      const { status, stderr } = limited(root, args, '> printed');
      assert.equal(stderr, 'bulkhead: what was printed cannot be written (EFBIG).\n');
      assert.equal(status, 2);
    });
});

describe('a program that is stopped while it writes', { skip }, () => {
  const run = (cwd: string, args: readonly string[], fault: string) =>
    spawnSync(process.execPath, ['--require', FAULTS, PROGRAM, ...args], {
      cwd,
      encoding: 'utf8',
      env: { ...process.env, FAULT: fault },
    });

  for (const [file, args, before] of WAYS)
    it(`leaves the old file or the new one, whole: ${args.join(' ')}`, async (test) => {
      const done = await folderWith(test, { [file]: before });
      assert.equal(run(done, args, '').status, 0);
      const after = readFileSync(join(done, file), 'utf8');
      const seen = new Set<string>();
      let status: number | null = null;
      for (let step = 1; status === null; step++) {
        assert.ok(step < 20);
        const root = await folderWith(test, { [file]: before });
        status = run(root, args, `stop:SIGKILL:${step}`).status;
        const now = readFileSync(join(root, file), 'utf8');
        assert.ok(now === before || now === after, `at step ${step}`);
        seen.add(status === null ? now : '');
      }
      assert.equal(seen.size, 3, 'was killed with the old file and with the new one, and ended once');
    });

  // The program that saves it here is TypeScript, which older versions of Node do not run.
  const skip = 'typescript' in process.features ? false : 'needs a Node that runs TypeScript';
  it('leaves the old memory of a scan or the new one, whole', { skip }, async (test) => {
    const save = join(import.meta.dirname, 'save-scan-memory.ts');
    const contents = new Set<string>();
    let status: number | null = null;
    for (let step = 1; status === null; step++) {
      assert.ok(step < 20);
      const root = await folderWith(test, {});
      const saving = (content: string, fault: string) =>
        spawnSync(process.execPath, ['--require', FAULTS, save, root, content], {
          encoding: 'utf8',
          env: { ...process.env, FAULT: fault },
        });
      assert.equal(saving('old', '').status, 0);
      status = saving('new', `stop:SIGKILL:${step}`).status;
      const memory = await ScanMemory.of(root, 'folder');
      const path = memory.of('a.yaml', ['always', 'today'], 'facts');
      const known = ['old', 'new'].filter((content) => path.recall(hash(content)) !== undefined).join();
      contents.add(`${status} ${known}`);
    }
    assert.deepEqual([...contents].sort(), ['0 old,new', 'null old', 'null old,new']);
  });

  it('leaves nothing else when it is told to stop', async (test) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const root = await folderWith(test, { 'compose.yaml': COMPOSE });
      const { signal: ended } = run(root, ['fix'], `stop:${signal}:4`);
      assert.equal(ended, signal);
      assert.deepEqual(readdirSync(root), ['compose.yaml']);
      assert.equal(readFileSync(join(root, 'compose.yaml'), 'utf8'), COMPOSE);
    }
  });

  it('leaves whole files whenever it is killed', async (test) => {
    const root = await folderWith(test, MANY);
    const whole = new Set([COMPOSE]);
    const fixed = await folderWith(test, { 'compose.yaml': COMPOSE });
    run(fixed, ['fix'], '');
    whole.add(readFileSync(join(fixed, 'compose.yaml'), 'utf8'));
    const began = performance.now();
    run(await folderWith(test, MANY), ['fix'], '');
    const usual = performance.now() - began;
    for (let at = 0; at < 6; at++) {
      const child = spawn(process.execPath, [PROGRAM, 'fix'], { cwd: root, stdio: 'ignore' });
      const ended = once(child, 'exit');
      await setTimeout(usual * (0.5 + at / 10));
      child.kill('SIGKILL');
      await ended;
      for (const name of Object.keys(MANY)) {
        assert.ok(whole.has(readFileSync(join(root, name), 'utf8')), name);
        writeFileSync(join(root, name), COMPOSE);
      }
    }
  });
});

describe('programs that repair the same files at once', () => {
  it('leave what another one did, and say so', async (test) => {
    const root = await folderWith(test, { 'compose.yaml': COMPOSE });
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--require', FAULTS, PROGRAM, 'fix'], {
      cwd: root,
      encoding: 'utf8',
      env: { ...process.env, FAULT: `rival:${PROGRAM}` },
    });
    assert.equal(
      stderr,
      'bulkhead: compose.yaml was repaired by another program at the same time.\n0 problems fixed in 0 files.\n',
    );
    assert.deepEqual([status, stdout], [0, '']);
    assert.notEqual(readFileSync(join(root, 'compose.yaml'), 'utf8'), COMPOSE);
    assert.deepEqual(readdirSync(root), ['compose.yaml']);
  });

  it('all succeed', async (test) => {
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${at}/compose.yaml`, COMPOSE]));
    const { root, run } = await programIn(test, { ...files, 'other/compose.yaml': COMPOSE });
    run(['fix', 'other']);
    const fixed = readFileSync(join(root, 'other', 'compose.yaml'), 'utf8');
    assert.notEqual(fixed, COMPOSE);
    const statuses = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = spawn(process.execPath, [PROGRAM, 'fix'], { cwd: root, stdio: 'ignore' });
        return (await once(child, 'exit'))[0];
      }),
    );
    assert.deepEqual(statuses, [0, 0, 0]);
    for (const name of Object.keys(files)) {
      assert.equal(readFileSync(join(root, name), 'utf8'), fixed);
      assert.deepEqual(readdirSync(join(root, name, '..')), ['compose.yaml']);
    }
  });
});

describe('a descriptor that --output names', { skip }, () => {
  it('is written to, also where it is a file', async (test) => {
    const { root } = await programIn(test, { 'compose.yaml': COMPOSE });
    const args = [PROGRAM, 'check', '--format', 'jsonl', '--output', 'github=/dev/stdout'];
    mkdirSync(join(root, 'out'));
    const file = openSync(join(root, 'out', 'log'), 'w');
    spawnSync(process.execPath, args, { cwd: root, stdio: ['ignore', file, 'inherit'] });
    const piped = spawnSync('bash', ['-c', '"$@" | cat', 'bash', process.execPath, ...args], { cwd: root });
    for (const text of [readFileSync(join(root, 'out', 'log'), 'utf8'), String(piped.stdout)])
      assert.match(text, /^(::warning file=compose\.yaml,.*\n)+(\{"rule":.*\}\n)+$/);
    const { status } = spawnSync(process.execPath, [...args.slice(0, -1), 'github=/dev/null'], { cwd: root });
    assert.equal(status, 1);
  });
});
