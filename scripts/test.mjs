/**
 * Runs every test: what the compiler, the linter, the order of imports and the check of regular expressions say, the tests
 * in Node and edits at random, those of the command line and the library in older versions of it, and the suite in a real
 * VS Code.
 */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { installDependencies, root, run } from './dependencies.mjs';

installDependencies();
run('npx', ['--no-install', 'tsc', '-b']);
run('npx', ['--no-install', 'biome', 'check']);
run('node', ['scripts/import-graph.mjs']);
run('node', ['scripts/expressions.mjs']);
run('node', ['scripts/generate.mjs', '--check']);
run('node', ['scripts/build.mjs']);
const tests = readdirSync(join(root, 'test'), { recursive: true })
  .filter((name) => name.endsWith('.test.ts'))
  .map((name) => join('test', name));
run('node', ['--test', '--test-reporter=spec', ...tests.sort()]);
run('node', ['test/fuzz/run.ts']);
run('node', ['scripts/test-older-nodes.mjs']);
run('node', ['test/editor/run.mjs']);
