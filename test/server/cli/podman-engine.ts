import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, watch, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';

/** A real Podman with a storage of its own, that serves the Docker Engine API on a socket. No container is started. */
export class PodmanEngine {
  readonly socket: string;
  readonly #folder: string;
  readonly #storage: readonly string[];
  #service: ChildProcess | undefined;

  private constructor(folder: string) {
    this.#folder = folder;
    this.socket = join(folder, 'podman.sock');
    this.#storage = ['--root', join(folder, 'root'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs'];
  }

  static async start(test: TestContext): Promise<PodmanEngine> {
    const engine = new PodmanEngine(await mkdtemp(join(tmpdir(), 'bulkhead-podman-')));
    test.after(() => engine.#stop());
    // An image without a file in it needs no registry.
    const archive = join(engine.#folder, 'empty.tar');
    await writeFile(archive, Buffer.alloc(1024));
    engine.#podman('import', archive, 'localhost/empty:1');
    await engine.#serve();
    return engine;
  }

  /** Creates a container with these options of `podman create`. */
  create(name: string, ...options: string[]): void {
    this.#podman('create', '--name', name, ...options, 'localhost/empty:1', '/nothing');
  }

  /** What `podman inspect` prints of all containers. */
  inspect(): string {
    return this.#podman('inspect', ...this.#podman('ps', '--all', '--quiet').trim().split('\n'));
  }

  #podman(...args: string[]): string {
    return execFileSync('podman', [...this.#storage, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  }

  async #serve(): Promise<void> {
    const watching = watch(this.#folder);
    const args = [...this.#storage, 'system', 'service', '--time=0', `unix://${this.socket}`];
    this.#service = spawn('podman', args, { stdio: 'ignore' });
    for await (const { filename } of watching) if (filename === 'podman.sock') return;
  }

  async #stop(): Promise<void> {
    const service = this.#service;
    if (service?.kill()) await once(service, 'exit');
    await rm(this.#folder, { recursive: true, force: true });
  }
}
