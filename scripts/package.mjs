/**
 * Builds the extension as `bulkhead.vsix`: the same bytes from the same sources, whenever, wherever and by whomever it is
 * built. The build sees to the modes of files; the compressed bytes are those of the Node in the lock file.
 */
import { run } from './dependencies.mjs';

// The time that npm gives every file in a package. The archive has it in local time, and sorts names by locale.
process.env.SOURCE_DATE_EPOCH ??= String(Date.UTC(1985, 9, 26, 8, 15) / 1000);
process.env.TZ = 'UTC';
process.env.LC_ALL = 'C';

run('node', ['scripts/build.mjs']);
run('npx', [
  ...['--no-install', 'vsce', 'package', '--out', 'bulkhead.vsix'],
  ...['--allow-missing-repository', '--no-rewrite-relative-links', '--no-dependencies'],
]);
