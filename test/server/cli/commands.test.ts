import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { copyFile, readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';

import { printComplaints } from '../../../server/cli/complaints.ts';
import { statusOf } from '../../../server/cli/exit-status.ts';
import { pageToText } from '../../../server/cli/explain.ts';
import { Messages } from '../../../server/cli/messages.ts';
import { allAliasesOf, CATALOGUE, readConfig, starterConfig } from '../../../shared-rules/index.ts';
import { COMPOSE, POD, PROGRAM, programIn } from '../program.ts';

import { captured } from './captured.ts';

/** What docker inspect prints of a container on the host's network. */
const HOST = JSON.stringify([
  { Id: 'a', Name: '/web', Mounts: [], HostConfig: { NetworkMode: 'host' }, Config: { Image: 'nginx:1.27' } },
]);

describe('wrong usage', () => {
  const cases: [string, RegExp][] = [
    ['', /^Usage: bulkhead /],
    ['chek', /unknown command 'chek'\n\(Did you mean check\?\)/],
    ['--versio', /unknown option '--versio'\n\(Did you mean --version\?\)/],
    ['check --formt json', /unknown option '--formt'\n\(Did you mean --format\?\)/],
    ['check --format xml', /Allowed choices are pretty, json/],
    ['check --fail-on never-ever', /Allowed choices are high, medium, low, never/],
    ['check --max-findings many', /'many' is invalid\. Not a whole number/],
    ['check --quiet --verbose', /cannot be used with option/],
    ['check --config', /argument missing/],
    ['check --config missing.yaml', /the configuration missing\.yaml cannot be read \(ENOENT\)/],
    ['check missing', /no such file or folder: missing/],
    ['check - -', /standard input can be read only once/],
    ['check - --files-from -', /standard input can be read only once/],
    ['check --files-from missing', /the list of files missing cannot be read \(ENOENT\)/],
    ['check --stdin-filename a.yaml', /--stdin-filename names standard input, which is not among the paths\. Add -\./],
    ['fix - pod.yaml', /standard input is repaired by itself/],
    ['fix - --files-from list', /standard input is repaired by itself/],
    ['fix --rule host-netwrk', /'host-netwrk' is invalid\. Did you mean host-network\?/],
    ['fix --dry', /unknown option '--dry'/],
    ['audit missing', /missing cannot be read \(ENOENT\)/],
    ['audit --fail-on', /argument missing/],
    ['explain', /missing required argument 'rule'/],
    ['explain host-netwrk', /'host-netwrk' is invalid for argument 'rule'\. Did you mean host-network\?/],
    ['explain zzz', /"bulkhead rules" lists all rules/],
    ['explain constructor', /is invalid for argument 'rule'/],
    ['explain host-pid --format html', /Allowed choices are text, markdown/],
    ['rules --format yaml', /Allowed choices are table, json/],
    ['rules host-pid', /too many arguments/],
    ['init', /there is a \.bulkhead\.yaml already\. To write over it, add --force\./],
    ['init --forc', /Did you mean --force/],
    ['completion', /missing required argument 'shell'/],
    ['completion tcsh', /Allowed choices are bash, zsh, fish/],
    ['lsp', /name a channel, such as --stdio/],
    ['lsp --clientProcessId me', /Not a whole number/],
  ];
  for (const [line, expected] of cases)
    it(`bulkhead ${line} is told so, and ends with 2`, async (test) => {
      const { run } = await programIn(test, { 'pod.yaml': POD, '.bulkhead.yaml': '', list: '' });
      const { status, out, err } = run(line.split(' ').filter(Boolean));
      assert.match(err, expected);
      assert.doesNotMatch(err + out, /\n\s+at |^bulkhead: internal error/);
      assert.equal(status, 2);
      if (line && !line.startsWith('audit')) assert.match(err, /^bulkhead: /);
    });
});

describe('the exit status', () => {
  const medium = { 'pod.yaml': POD };
  const cases: [string[], number][] = [
    [[], 1],
    [['--fail-on', 'low'], 1],
    [['--fail-on', 'medium'], 1],
    [['--fail-on', 'high'], 0],
    [['--fail-on', 'never'], 0],
    [['--max-findings', '0'], 1],
    [['--fail-on', 'never', 'missing'], 2],
    [['pod.yaml', 'missing'], 2],
  ];
  for (const [args, expected] of cases)
    it(`of a medium finding with ${args.join(' ') || 'no options'} is ${expected}`, async (test) => {
      const { run } = await programIn(test, medium);
      assert.equal(run(['check', ...args]).status, expected);
    });

  it('is 0 for what asks for nothing else', async (test) => {
    const { run } = await programIn(test, {});
    for (const args of [
      ['--version'],
      ['--help'],
      ['help'],
      ['help', 'check'],
      ['check', '--help'],
      ['rules'],
      ['init'],
    ])
      assert.equal(run(args).status, 0, args.join(' '));
  });

  it('of an audit follows --fail-on, too', async (test) => {
    const { run } = await programIn(test, {});
    assert.equal(run(['audit'], { input: HOST }).status, 1);
    assert.equal(run(['audit', '--fail-on', 'high'], { input: HOST }).status, 0);
  });

  it('is 3 when a rule failed, and when anything else of its own did', async (test) => {
    const failed: number[] = [];
    await captured(async ({ err }) => {
      const messages = new Messages(err, {});
      failed.push(
        printComplaints([{ message: 'a', isFailure: false }], messages),
        printComplaints([{ message: 'b', isFailure: true }], messages),
      );
      return 0;
    });
    assert.deepEqual(failed, [0, 3]);
    // Without its pages it cannot explain a rule.
    const { root } = await programIn(test, {});
    const dist = join(PROGRAM, '..');
    for (const name of (await readdir(dist)).filter((name) => name.endsWith('.cjs')))
      await copyFile(join(dist, name), join(root, name));
    const { status, stderr } = spawnSync(process.execPath, [join(root, 'bulkhead.cjs'), 'explain', 'host-pid']);
    assert.equal(status, 3);
    assert.match(
      String(stderr),
      /^bulkhead: internal error: .*host-pid\.md cannot be read \(ENOENT\)\. Install Bulkhead again\./,
    );
  });

  it('counts the gravest finding', () => {
    assert.equal(statusOf([{ severity: 'low' }, { severity: 'high' }], 'high'), 1);
    assert.equal(statusOf([{ severity: 'low' }, { severity: 'medium' }], 'high'), 0);
  });
});

describe('what is printed', () => {
  const files = {
    'a.yaml': POD,
    'b.yaml': POD,
    'c.yaml': 'a: 1\n',
    'd.yaml': '\0',
    'out/e.yaml': POD,
    '.gitignore': 'out',
  };

  it('is cut at --max-findings, which is said', async (test) => {
    const { run } = await programIn(test, files);
    const { out, err } = run(['check', '--max-findings', '1']);
    assert.match(out, /^a\.yaml\n {2}4:22 {2}medium [^\n]*\n( {4}[^\n]*\n)+\n2 findings in 2 files: 2 medium\./);
    assert.match(err, /bulkhead: 1 more finding not shown \(--max-findings 1\)\.\n$/);
    assert.equal(JSON.parse(run(['check', '--max-findings', '1', '--format', 'json']).out).length, 1);
  });

  it('is the findings and errors alone with --quiet', async (test) => {
    const { run } = await programIn(test, files);
    const { out, err } = run(['check', '--quiet', '.', 'missing']);
    assert.doesNotMatch(out, /2 findings/);
    assert.match(out, /^a\.yaml\n( .*\n)+\nb\.yaml\n( .*\n)+\n$/);
    assert.equal(err, 'bulkhead: d.yaml is binary and was not checked.\nbulkhead: no such file or folder: missing\n');
    assert.deepEqual(run(['check', '--quiet', 'c.yaml']), { status: 0, out: '', err: '' });
    assert.deepEqual(run(['fix', '--quiet', 'a.yaml']), { status: 0, out: '', err: '' });
  });

  it('is also what is read and left out with --verbose', async (test) => {
    const { run } = await programIn(test, { ...files, 'node_modules/f.yaml': POD });
    const { err } = run(['check', '--verbose']);
    for (const line of [
      'a.yaml is read.',
      'd.yaml is binary and was not checked.',
      'node_modules was left out: it is a hidden folder or one of packages.',
      'out was left out: it is ignored by git.',
    ])
      assert.ok(err.includes(`bulkhead: ${line}\n`), `${line}\n${err}`);
    assert.match(err, /bulkhead: 3 files checked in \d+\.\d s\.\n$/);
  });

  it('names files as they are reached from the current folder', async (test) => {
    const { root, run } = await programIn(test, { '.git/HEAD': '', '.bulkhead.yaml': '', 'x/a.yaml': POD });
    assert.match(run(['check'], { cwd: join(root, 'x') }).out, /^a\.yaml\n/);
  });

  it('may be cut off by its reader', { skip: process.platform === 'win32' }, async (test) => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`${index}.yaml`, POD]));
    const { root } = await programIn(test, many);
    const line = `"${process.execPath}" "${PROGRAM}" check --format json --verbose 2>&1 | head -1; exit "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = spawnSync('bash', ['-c', line], { cwd: root, encoding: 'utf8' });
    assert.equal(stdout.split('\n').length, 2);
    assert.equal(stderr, '');
  });

  it('shows progress on a terminal only, after a second, and takes it back', (test) => {
    let now = 0;
    test.mock.method(performance, 'now', () => now);
    for (const [isTTY, quiet, expected] of [
      [true, false, ['\r\u001B[2Kb', '\r\u001B[2K', 'bulkhead: c\n']],
      [true, true, []],
      [false, false, ['bulkhead: c\n']],
    ] as const) {
      const written: string[] = [];
      now = 0;
      const messages = new Messages({ isTTY, write: (text: string) => written.push(text) } as never, { quiet });
      messages.progress('a');
      now = 1001;
      messages.progress('b');
      messages.progress('b at once');
      messages.note('c');
      messages.endProgress();
      assert.deepEqual(written, expected);
    }
  });
});

describe('the documentation', () => {
  it('names every command and every option', async (test) => {
    const { run } = await programIn(test, {});
    const page = await readFile(join(PROGRAM, '..', '..', 'docs', 'command-line.md'), 'utf8');
    const audit = await readFile(join(PROGRAM, '..', '..', 'docs', 'audit.md'), 'utf8');
    const commands = [...run(['--help']).out.matchAll(/^ {2}([a-z]+) [[<]/gm)].map(([, name]) => name!);
    assert.ok(commands.length > 7);
    for (const command of commands) {
      assert.ok(page.includes(`bulkhead ${command}`) || page.includes(`\`${command}`), command);
      // Editors know how to start a server.
      if (command === 'help' || command === 'lsp') continue;
      for (const [option] of run([command, '--help']).out.matchAll(/(?<=^ {2}(?:-\w, | {4})?)--[\w-]+/gm))
        assert.ok(option === '--help' || (page + audit).includes(option), `${command} ${option}`);
    }
  });
});

describe('explain', () => {
  it('prints a page for people, or as it is', async (test) => {
    const { run } = await programIn(test, {});
    const { out } = run(['explain', 'host-pid']);
    assert.match(out, /^Workload shares the host's process namespace \(host-pid\)\n=+\n\nSeverity high, profile rec/);
    assert.match(out, /\nWhy it matters\n-{14}\n\n- It sees every process/);
    assert.match(out, /\nAfter "Remove hostPID":\n\n {4}apiVersion: apps\/v1\n/);
    assert.match(out, /\ncompose\.yaml:\n\n {4}services:\n/);
    const markdown = run(['explain', 'host-pid', '--format', 'markdown']).out;
    assert.equal(markdown, await readFile(join(PROGRAM, '..', 'rules', 'host-pid.md'), 'utf8'));
  });

  it('leaves no marks of Markdown in any page, and no text too wide', async () => {
    for (const rule of Object.keys(CATALOGUE)) {
      const page = await readFile(join(PROGRAM, '..', 'rules', `${rule}.md`), 'utf8');
      const text = pageToText(page, 80);
      const prose = text.split('\n').filter((line) => !line.startsWith('    '));
      for (const line of prose) {
        assert.doesNotMatch(line, /```|^#|\]\(|\*\*/, `${rule}: ${line}`);
        assert.ok(
          line.length <= 80 || line.startsWith('|') || !/\s\S/.test(line.trim()) || /:$|\)$/.test(line),
          `${rule}: ${line}`,
        );
      }
      for (const [, code] of page.matchAll(/^```.*\n([\s\S]*?)^```$/gm))
        assert.ok(text.includes(code!.replaceAll(/^(?=.)/gm, '    ')), rule);
      assert.doesNotMatch(page, /\^ (?:high|medium|low): .*\n *# {2}/, `${rule}: a message of several lines`);
    }
  });
});

describe('rules', () => {
  it('lists every rule with what is known of it', async (test) => {
    const { run } = await programIn(test, {});
    const lines = run(['rules']).out.trimEnd().split('\n');
    assert.equal(lines.length, Object.keys(CATALOGUE).length + 1);
    assert.match(lines[0]!, /^RULE +SEVERITY +PROFILE +FIX +ALIASES$/);
    assert.match(lines.find((line) => line.startsWith('host-pid '))!, / high +recommended +yes .*\bCKV_K8S_17\b/);
    const json: { rule: string; isFixable: boolean; aliases: object }[] = JSON.parse(
      run(['rules', '--format', 'json']).out,
    );
    assert.deepEqual(
      json.map(({ rule }) => rule),
      Object.keys(CATALOGUE),
    );
    assert.deepEqual(json.find(({ rule }) => rule === 'host-pid')?.aliases, allAliasesOf('host-pid'));
    assert.equal(
      json.find(({ rule }) => rule === 'exception-expired')?.isFixable,
      CATALOGUE['exception-expired'].isFixable,
    );
  });
});

describe('init', () => {
  const uncommented = starterConfig().replaceAll(/^# ( *-? ?[\w-]+:(?: \S+| ".*")?| +- .*)$/gm, '$1');

  it('writes a configuration that changes nothing', async (test) => {
    const { root, run } = await programIn(test, { 'pod.yaml': POD });
    assert.deepEqual(run(['init']), {
      status: 0,
      out: '.bulkhead.yaml is written. Every key is explained in it.\n',
      err: '',
    });
    const before = run(['check', '--no-config']);
    assert.deepEqual(run(['check']), before);
    assert.equal(await readFile(join(root, '.bulkhead.yaml'), 'utf8'), starterConfig());
  });

  it('writes over one only when told to', async (test) => {
    const { root, run } = await programIn(test, { '.bulkhead.yaml': 'profile: all\n' });
    assert.equal(run(['init']).status, 2);
    assert.equal(await readFile(join(root, '.bulkhead.yaml'), 'utf8'), 'profile: all\n');
    assert.equal(run(['init', '--force']).status, 0);
    assert.equal(await readFile(join(root, '.bulkhead.yaml'), 'utf8'), starterConfig());
  });

  it('shows every key with an example that is right', () => {
    const { config, problems } = readConfig(uncommented, '2026-01-01');
    assert.deepEqual(problems, []);
    assert.equal(config.exceptions.length, 1);
    assert.equal(config.knownHostUsers.length, 1);
    assert.equal(config.ignore.length, 1);
    assert.equal(config.kubernetesVersion, '1.31');
    assert.equal(Object.keys(config.severity).length, 1);
  });
});

describe('completion', () => {
  const script = (shell: string) =>
    spawnSync(process.execPath, [PROGRAM, 'completion', shell], { encoding: 'utf8' }).stdout;
  const has = (shell: string) => spawnSync(shell, ['-c', 'true']).status === 0;

  it('answers in bash', { skip: !has('bash') }, () => {
    const answers = (...words: string[]) => {
      const list = words.map((word) => `'${word}'`).join(' ');
      const ask = `COMP_WORDS=(bulkhead ${list}); COMP_CWORD=${words.length}; _bulkhead; printf '%s\\n' "\${COMPREPLY[@]}"`;
      return spawnSync('bash', ['-c', `${script('bash')}\n${ask}`], { encoding: 'utf8' })
        .stdout.trim()
        .split('\n');
    };
    assert.deepEqual(answers('ch'), ['check']);
    assert.deepEqual(
      answers('explain', 'host-p'),
      Object.keys(CATALOGUE).filter((rule) => rule.startsWith('host-p')),
    );
    assert.deepEqual(answers('check', '--fail-on', ''), ['high', 'medium', 'low', 'never']);
    assert.deepEqual(answers('fix', '--r'), ['--rule']);
    assert.deepEqual(answers('fix', '--rule', 'runs'), ['runs-as-root']);
    assert.deepEqual(answers('completion', ''), ['bash', 'zsh', 'fish']);
    assert.deepEqual(answers('help', 'au'), ['audit']);
    assert.deepEqual(answers('baseline', 'w'), ['write']);
    assert.deepEqual(answers('baseline', 'write', '--fi'), ['--file', '--files-from']);
    assert.deepEqual(answers('check', 'dep'), [''], 'files are left to the shell');
  });

  it('answers in fish', { skip: !has('fish') }, async (test) => {
    const { root } = await programIn(test, { 'bulkhead.fish': script('fish') });
    const answers = (line: string) => {
      const ask = `complete -c bulkhead -e; source bulkhead.fish; complete -C '${line}'`;
      const { stdout } = spawnSync('fish', ['-c', ask], { cwd: root, encoding: 'utf8' });
      return stdout
        .trim()
        .split('\n')
        .map((answer) => answer.split('\t')[0]);
    };
    assert.deepEqual(answers('bulkhead ch'), ['check']);
    assert.deepEqual(answers('bulkhead check --fail-on h'), ['high']);
    assert.deepEqual(answers('bulkhead explain host-pi'), ['host-pid']);
    assert.deepEqual(answers('bulkhead fix --r'), ['--rule']);
    assert.deepEqual(answers('bulkhead check bulk'), ['bulkhead.fish']);
  });

  for (const shell of ['bash', 'zsh', 'fish'])
    it(`is a script that ${shell} can read`, { skip: !has(shell) }, async (test) => {
      const { root } = await programIn(test, { script: script(shell) });
      const { status, stderr } = spawnSync(shell, ['-n', 'script'], { cwd: root, encoding: 'utf8' });
      assert.deepEqual([status, stderr], [0, '']);
    });
});

describe('the package for npm', () => {
  it('runs with the node that people have', async (test) => {
    const { root, run } = await programIn(test, { 'compose.yaml': COMPOSE });
    const project = join(PROGRAM, '..', '..');
    const packed = spawnSync('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', root], {
      cwd: project,
      encoding: 'utf8',
      shell: process.platform === 'win32',
    });
    const [{ filename, files }] = JSON.parse(packed.stdout) as [{ filename: string; files: { path: string }[] }];
    const names = files.map(({ path }) => path);
    for (const name of ['dist/bulkhead.cjs', 'dist/rules/host-pid.md', 'README.md', 'LICENSE', 'package.json'])
      assert.ok(names.includes(name), name);
    assert.deepEqual(
      names.filter((name) => /^(?:test|server|shared-rules|scripts|docs)\//.test(name)),
      [],
    );
    spawnSync('tar', ['-xzf', filename], { cwd: root });
    const program = join(root, 'package', 'dist', 'bulkhead.cjs');
    for (const node of nodes()) {
      const answer = (...args: string[]) => spawnSync(node, [program, ...args], { cwd: root, encoding: 'utf8' });
      assert.match(answer('--version').stdout, /^\d+\.\d+\.\d+\n$/, node);
      assert.match(answer('explain', 'host-pid').stdout, /^Workload shares/, node);
      const { status, stdout } = answer('check', 'compose.yaml');
      assert.deepEqual([status, stdout], [1, run(['check', 'compose.yaml']).out], node);
    }
  });

  /** The one that runs this, and one that is installed beside. */
  function nodes(): string[] {
    const found = (process.env.PATH ?? '')
      .split(process.platform === 'win32' ? ';' : ':')
      .map((folder) => join(folder, 'node'));
    const others = found.filter((path) => basename(join(path, '..')) !== '.bin' && versionOf(path) >= 20);
    return [process.execPath, ...others.slice(0, 1)];
  }

  function versionOf(node: string): number {
    return Number(/^v(\d+)/.exec(spawnSync(node, ['--version'], { encoding: 'utf8' }).stdout ?? '')?.[1] ?? 0);
  }
});
