import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { it } from 'node:test';

const root = join(import.meta.dirname, '..', '..');
const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  hostNetwork: true # why\n';
const missing = spawnSync('nvim', ['--version']).status === 0 ? false : 'nvim is not installed';

it('Neovim, set up as its documentation says, shows a problem and repairs it', { skip: missing }, (test) => {
  const scratch = mkdtempSync(join(tmpdir(), 'bulkhead-neovim-'));
  test.after(() => rmSync(scratch, { recursive: true, force: true }));
  const [, setup = ''] =
    /```lua\n(local bulkhead\n[\s\S]*?)```/.exec(readFileSync(join(root, 'docs', 'editors.md'), 'utf8')) ?? [];
  assert.notEqual(setup, '');
  writeFileSync(join(scratch, 'init.lua'), setup);
  const bin = join(scratch, 'bin');
  mkdirSync(bin);
  const program = join(root, 'dist', 'bulkhead.cjs');
  writeFileSync(join(bin, 'bulkhead'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`);
  chmodSync(join(bin, 'bulkhead'), 0o755);
  const workspace = join(scratch, 'work');
  mkdirSync(workspace);
  writeFileSync(join(workspace, '.bulkhead.yaml'), 'severity:\n  host-network: high\n');
  writeFileSync(join(workspace, 'other.yaml'), POD);
  // Neovim encodes fewer characters in a URI than other editors.
  const file = 'a@b+(1).yaml';
  writeFileSync(join(workspace, file), POD);
  const session = join(import.meta.dirname, 'session.lua');
  const { status, stdout, stderr } = spawnSync(
    'nvim',
    ['--headless', '-n', '-i', 'NONE', '-u', join(scratch, 'init.lua'), '-c', `luafile ${session}`],
    {
      cwd: workspace,
      encoding: 'utf8',
      timeout: 60_000,
      env: {
        ...process.env,
        PATH: `${bin}:${dirname(process.execPath)}:${process.env.PATH}`,
        XDG_STATE_HOME: scratch,
        XDG_CACHE_HOME: scratch,
        XDG_DATA_HOME: scratch,
        BULKHEAD_FILE: file,
        BULKHEAD_FIX: 'Set hostNetwork to false',
      },
    },
  );
  assert.equal(status, 0, stderr);
  const seen = JSON.parse(stdout);
  const problem = { rule: 'host-network', line: 5, column: 15, severity: 1, source: 'bulkhead' };
  assert.deepEqual(seen.before, [problem]);
  assert.equal(seen.elsewhere, 1, 'the file that is not open');
  assert.deepEqual(seen.offered, [
    'Remove hostNetwork',
    'Set hostNetwork to false',
    'Fix all of host-network in the workspace',
    'Accept host-network here with a reason',
  ]);
  assert.equal(seen.text, POD.replace('true', 'false'));
  assert.doesNotMatch(stderr, /rror/);
});
