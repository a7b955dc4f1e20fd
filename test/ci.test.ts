import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { parse } from 'yaml';
import { DEFAULT_SETTINGS, lint, mayBeRead } from '../shared-rules/index.ts';

const root = join(import.meta.dirname, '..');
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

describe('the pre-commit hook', () => {
  const [hook] = parse(textOf('.pre-commit-hooks.yaml'));

  it('runs a program of the package', () => {
    const { bin } = JSON.parse(textOf('package.json'));
    assert.ok(hook.entry.split(' ')[0] in bin);
  });

  it('is given just what the program looks at in a folder', () => {
    // As Python reads it: blanks and case mean nothing.
    const files = new RegExp(hook.files.replace('(?xi)', '').replaceAll(/\s/g, ''), 'i');
    const names = [
      ...['a.yaml', 'a.yml', 'A.YAML', 'a.json', 'a.sh', 'a.bash', 'a.zsh', 'a.ksh', 'a.mk', 'a.md', 'a.markdown'],
      ...['a.service', 'a.container', 'a.pod', 'a.kube', 'a.build', 'a.dockerfile', 'a.containerfile', 'run'],
      ...['Dockerfile', 'Dockerfile.dev', 'd/Containerfile', 'd/Makefile', 'GNUmakefile', 'd.e/run', '.gitlab-ci.yml'],
      ...[
        '.github/workflows/a.yaml',
        '.devcontainer/devcontainer.json',
        'd/.devcontainer.json',
        '.env',
        'd/.env.dev',
        'a.env',
      ],
      ...['a.ts', 'a.txt', 'a.py', 'a.yaml.tpl', 'a.yamls', '.envrc', 'd/.gitignore', 'dockerfiles.txt', 'a.servicex'],
    ];
    for (const name of names) assert.equal(files.test(name), mayBeRead(name), name);
  });
});

describe('the GitHub action', () => {
  const action = parse(textOf('action.yml'));

  /** Runs the step that checks, with a program that prints what it was given. */
  function check(test: TestContext, env: Record<string, string>): string[] {
    const scratch = mkdtempSync(join(tmpdir(), 'bulkhead-action-'));
    test.after(() => rmSync(scratch, { recursive: true, force: true }));
    mkdirSync(join(scratch, 'dist'));
    writeFileSync(join(scratch, 'dist', 'bulkhead.cjs'), 'console.log(JSON.stringify(process.argv.slice(2)))');
    const { run } = action.runs.steps.find(({ name }: { name: string }) => name === 'Check');
    const { stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
      encoding: 'utf8',
      env: {
        PATH: `${dirname(process.execPath)}:${process.env.PATH}`,
        GITHUB_ACTION_PATH: scratch,
        RUNNER_TEMP: '/temp',
        ...env,
      },
    });
    assert.equal(stderr, '');
    return JSON.parse(stdout);
  }

  it('gives the program what its inputs say', (test) => {
    const options = ['check', '--format', 'github', '--output', 'sarif=/temp/bulkhead.sarif', '--fail-on'];
    assert.deepEqual(check(test, { PATHS: '.', PROFILE: '', FAIL_ON: 'medium' }), [...options, 'medium', '--', '.']);
    assert.deepEqual(check(test, { PATHS: 'a b\n--c $(d)\n', PROFILE: 'strict', FAIL_ON: 'high' }), [
      ...[...options, 'high', '--profile', 'strict', '--'],
      ...['a b', '--c $(d)'],
    ]);
  });

  it('takes every input, and hands it over in the environment', () => {
    const text = JSON.stringify(action.runs);
    for (const input of Object.keys(action.inputs)) assert.ok(text.includes(`inputs.${input}`), input);
    for (const { run } of action.runs.steps) assert.doesNotMatch(run ?? '', /\$\{\{/);
  });
});

describe('the workflow of a release', () => {
  const workflow = parse(textOf('.github/workflows/release.yml'));
  const jobs: Job[] = Object.values(workflow.jobs);

  interface Job {
    readonly permissions: Readonly<Record<string, string>>;
    readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
  }

  it('runs actions by the hash of their commit', () => {
    const uses = [...jobs, parse(textOf('action.yml')).runs].flatMap(({ steps }: Pick<Job, 'steps'>) =>
      steps.flatMap((step) => step.uses ?? []),
    );
    assert.ok(uses.length > 0);
    for (const action of uses) assert.match(action, /^[\w-]+(\/[\w-]+)+@[0-9a-f]{40}$/);
  });

  it('gives each job the rights it names, and code of the repository none to write', () => {
    assert.deepEqual(workflow.permissions, {});
    for (const { permissions, steps } of jobs) {
      const writes = Object.values(permissions).includes('write');
      const runsCode = steps.some(
        ({ uses = '', run = '' }) => /checkout/.test(uses) || /npm (ci|run|pack|test)/.test(run),
      );
      assert.ok(!(writes && runsCode));
    }
  });

  it('puts nothing of the outside into a script', () => {
    for (const { steps } of jobs) for (const { run } of steps) assert.doesNotMatch(run ?? '', /\$\{\{/);
  });
});

it('Bulkhead finds nothing in what it gives to others', () => {
  const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;
  for (const path of [
    'action.yml',
    '.github/workflows/release.yml',
    '.pre-commit-hooks.yaml',
    'docs/ci.md',
    'docs/editors.md',
    'docs/library.md',
  ]) {
    const { findings, problems, failures } = lint(path, textOf(path), settings);
    assert.deepEqual([findings, problems, failures], [[], [], []], path);
  }
});
