import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { bytesOf, filesIn, generate } from '../../bench/folder/files.ts';
import { Parsing } from '../../bench/folder/parsing.ts';
import { checkCommand } from '../../bench/folder/section.ts';
import { runProgram } from '../../bench/program.ts';

test('Bulkhead checks a generated folder, and what it parses of it can be parsed alone', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'bulkhead-bench-test-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const files = await generate(join(folder, 'files'), 10);
  assert.deepEqual((await filesIn(files.folder)).paths, [...files.paths].sort());
  const checked = await runProgram(checkCommand(files.folder), join(folder, 'found.txt'), folder);
  assert.equal(checked.status, 1, checked.complaints);
  const parsing = await Parsing.of(files, join(folder, 'parsing'));
  const { command, bytes } = await parsing.command('all', files.paths, 2);
  const all = await bytesOf(files);
  assert.ok(bytes > all / 3 && bytes < all, `${bytes} of ${all} bytes must be parsed`);
  const parsed = await runProgram(command, join(folder, 'nothing.txt'), folder);
  assert.equal(parsed.status, 0, parsed.complaints);
});
