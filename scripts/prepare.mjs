/**
 * Builds what npm makes a package of. For a package that is installed globally from git, as pre-commit does, npm installs
 * nothing before (https://github.com/npm/cli/issues/8440), so that this has to.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root, run } from './dependencies.mjs';

if (!existsSync(join(root, 'node_modules', 'esbuild'))) {
  process.env.npm_config_global = 'false';
  run('npm', ['ci', '--ignore-scripts', '--include=dev', '--no-audit', '--no-fund', '--loglevel', 'error']);
}
await import('./build.mjs');
