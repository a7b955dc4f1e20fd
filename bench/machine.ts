import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import { join } from 'node:path';
import { root } from './servers/contenders.ts';

const require = createRequire(import.meta.url);

function versionOf(name: string): string {
  // Not every package lets its package.json be imported.
  const { version } = JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8'));
  return version;
}

/** When, where and with what the run was made. */
export function introduction(isFull: boolean, options: string): string[] {
  const { version } = require(join(root, 'package.json')) as { version: string };
  const packages = ['yaml-language-server', 'vscode-languageserver', 'yaml', 'esbuild', 'tinybench'];
  const memory = Math.round(totalmem() / 2 ** 30);
  return [
    `Written by \`npm run ${isFull ? 'bench:full' : 'bench'}${options}\`; do not edit.`,
    `Measured on ${new Date().toISOString().slice(0, 10)}: ${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${memory} GiB of memory, ${platform()} ${release()}, Node ${process.version}. Bulkhead ${version}; ${packages.map((name) => `${name} ${versionOf(name)}`).join(', ')}.`,
    'All contenders ran in turns in one run on one machine. Compare the ratios; the times say how fast this machine was. To measure on another one: `npm ci`, then `npm run bench` (a few minutes) or `npm run bench:full` (about an hour; installs other tools in a folder of its own, where `npm`, `pip` and `go` can). `BULKHEAD_CORPUS` names a folder to check instead of a generated one.',
  ];
}
