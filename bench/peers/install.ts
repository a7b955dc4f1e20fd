import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { outputOf, runProgram } from '../program.ts';
import type { Run } from '../setup.ts';

/** Another tool, or why it is not there. */
export interface Peer {
  readonly name: string;
  readonly program?: string;
  readonly version?: string;
  readonly missing?: string;
}

export interface Peers {
  readonly all: readonly Peer[];
  /** A folder with Kubernetes' schemas, if they could be had. */
  readonly schemas: string | undefined;
}

const KUBERNETES = 'v1.34.0';

/** Where other tools are kept between runs: never in the project. */
const folder = process.env.BULKHEAD_BENCH_PEERS ?? join(homedir(), '.cache', 'bulkhead-bench');

/** Installs other tools, each with the client of its own registry. */
export async function installPeers({ say }: Run): Promise<Peers> {
  say(`installing other tools in ${folder}`);
  await mkdir(folder, { recursive: true });
  const [bin, env, monokle] = [join(folder, 'bin'), join(folder, 'checkov'), join(folder, 'monokle')];
  process.env.GOBIN = bin;
  const all = [
    await install('kubeconform', join(bin, 'kubeconform'), [goInstall('github.com/yannh/kubeconform/cmd/kubeconform')]),
    await install('kube-linter', join(bin, 'kube-linter'), [
      goInstall('golang.stackrox.io/kube-linter/cmd/kube-linter'),
    ]),
    await install('checkov', join(env, 'bin', 'checkov'), [
      ['python3', '-m', 'venv', env],
      [join(env, 'bin', 'pip'), 'install', '--quiet', 'checkov'],
    ]),
    await install('@monokle/validation', join(monokle, 'node_modules', '@monokle', 'validation', 'package.json'), [
      ['npm', 'install', '--silent', '--prefix', monokle, '@monokle/validation'],
    ]),
  ];
  return { all, schemas: await installSchemas() };
}

const goInstall = (path: string) => ['go', 'install', `${path}@latest`];

async function install(name: string, program: string, commands: readonly string[][]): Promise<Peer> {
  if (!existsSync(program)) {
    const missing = await failureOf(commands);
    if (missing !== undefined) return { name, missing };
  }
  return { name, program, version: await versionOf(name, program) };
}

/** Runs commands until one fails. @returns why it failed, as it says in its last line */
async function failureOf(commands: readonly string[][]): Promise<string | undefined> {
  for (const command of commands) {
    try {
      const { status, complaints } = await runProgram(command, join(folder, 'install.txt'), folder);
      if (status === 0) continue;
      // Addresses of registries say nothing here.
      const reason = complaints
        .trim()
        .split('\n')
        .at(-1)
        ?.replaceAll(/\S*https?:\S+ ?/g, '');
      return `\`${command.join(' ')}\` failed: ${reason}`;
    } catch (error) {
      return `\`${command[0]}\` cannot be run: ${error instanceof Error ? error.message : error}`;
    }
  }
  return undefined;
}

async function versionOf(name: string, program: string): Promise<string> {
  if (program.endsWith('.json')) return JSON.parse(await readFile(program, 'utf8')).version;
  if (name !== 'kubeconform') return (await outputOf([program, '--version'], folder)).trim();
  // Built from its module it does not know its version itself.
  const built = await outputOf(['go', 'version', '-m', program], folder);
  return /^\s*mod\s+\S+\s+(\S+)/m.exec(built)?.[1] ?? 'of unknown version';
}

/** The schemas of Kubernetes' objects; a package for Python carries them. */
async function installSchemas(): Promise<string | undefined> {
  const schemas = join(folder, 'schemas');
  if (existsSync(join(schemas, 'all.json'))) return schemas;
  const packages = join(folder, 'kubernetes-validate');
  const command = [
    'python3',
    '-m',
    'pip',
    'install',
    '--quiet',
    '--no-deps',
    '--target',
    packages,
    'kubernetes-validate',
  ];
  if ((await failureOf([command])) !== undefined) return undefined;
  const from = join(packages, 'kubernetes_validate', 'kubernetes-json-schema', `${KUBERNETES}-local-strict`);
  await mkdir(schemas, { recursive: true });
  const names = (await readdir(from)).sort((a, b) => Number(a === 'all.json') - Number(b === 'all.json'));
  for (const name of names) {
    const { $schema, ...schema } = JSON.parse(await readFile(join(from, name), 'utf8'));
    // They refer to each other by a path on a server that there is none of, and kubeconform would fetch the dialect they name.
    const text = JSON.stringify(schema).replaceAll('"/api/_definitions.json', '"_definitions.json');
    await writeFile(join(schemas, name), text);
  }
  return schemas;
}
