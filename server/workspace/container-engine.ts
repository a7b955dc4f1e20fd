import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { text as readText } from 'node:stream/consumers';

/** Longer than an engine takes for an answer on a busy machine. */
const PATIENCE = 10_000;

/** What an engine says about its containers, as `docker inspect` would print it; or why not, as a sentence. */
export type EngineText = { readonly socket: string; readonly text: string } | { readonly refused: string };

/** What decides where an engine is looked for. */
export interface EngineSettings {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  readonly patience: number;
}

const PROCESS: EngineSettings = { platform: process.platform, environment: process.env, patience: PATIENCE };

/**
 * Asks a container engine about all its containers, running or not, by the Docker Engine API, which Podman has too.
 * It sends two sorts of GET request, the list and one for each container, and changes nothing. Never throws.
 * @param address `unix:///PATH` or a path; without it that of `DOCKER_HOST`, else the first usual socket there is
 */
export async function readEngine(address?: string, settings = PROCESS): Promise<EngineText> {
  const found = findSocket(address, settings);
  if ('refused' in found) return found;
  const { socket } = found;
  const get = (path: string) => getJson(socket, path, settings.patience);
  try {
    const list = await get('/containers/json?all=true');
    if (!Array.isArray(list)) throw new EngineError('does not answer as a container engine does');
    const containers: unknown[] = [];
    for (const { Id: id } of list as { Id?: unknown }[]) {
      const container = await get(`/containers/${encodeURIComponent(String(id))}/json`);
      if (container !== undefined) containers.push(container);
    }
    return { socket, text: `${JSON.stringify(containers, undefined, 2)}\n` };
  } catch (error) {
    return { refused: `${socket} ${reasonOf(error, settings.patience)}.` };
  }
}

function findSocket(
  address: string | undefined,
  { platform, environment }: EngineSettings,
): { socket: string } | { refused: string } {
  const named = address ?? environment.DOCKER_HOST;
  if (named) {
    const socket = socketOf(named, platform);
    if (socket) return { socket };
    const what = address ? named : `DOCKER_HOST (${named})`;
    return { refused: `${what} is no socket of this machine, and nothing else is asked.` };
  }
  const usual = usualSockets(platform, environment);
  const socket = usual.find((path) => existsSync(path));
  if (socket) return { socket };
  return {
    refused: `no container engine was found: there is no socket at ${usual.join(', ')}. Start the engine, or name its socket.`,
  };
}

/** On Windows two slashes begin the name of a machine, but for `.` and `?`, which are this one. */
function socketOf(address: string, platform: NodeJS.Platform): string | undefined {
  const path = address.replace(/^(?:unix|npipe):\/\//, '');
  const isElsewhere = path.includes('://') || (platform === 'win32' && /^[\\/]{2}(?![.?][\\/])/.test(path));
  return isElsewhere || path === '' ? undefined : path;
}

/** Docker's own socket, those of Docker Desktop and of rootless Docker, then Podman's. */
function usualSockets(platform: NodeJS.Platform, { HOME = homedir(), XDG_RUNTIME_DIR }: NodeJS.ProcessEnv): string[] {
  if (platform === 'win32') return ['//./pipe/docker_engine', '//./pipe/podman-machine-default'];
  const ofUser = XDG_RUNTIME_DIR
    ? [join(XDG_RUNTIME_DIR, 'docker.sock'), join(XDG_RUNTIME_DIR, 'podman', 'podman.sock')]
    : [];
  return ['/var/run/docker.sock', join(HOME, '.docker/run/docker.sock'), ...ofUser, '/run/podman/podman.sock'];
}

/** Why an answer is not usable, as the end of a sentence about the socket. */
class EngineError extends Error {}

/** @returns undefined when there is nothing of that name, as for a container that was removed in the meantime */
async function getJson(socketPath: string, path: string, patience: number): Promise<unknown> {
  const { status, body } = await get(socketPath, path, AbortSignal.timeout(patience));
  if (status === 404 && path !== '/containers/json?all=true') return undefined;
  try {
    const answer: unknown = JSON.parse(body);
    if (status === 200) return answer;
    const { message } = answer as { message?: unknown };
    throw new EngineError(`answered with an error (${status}: ${String(message)})`);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('does not answer as a container engine does');
  }
}

async function get(socketPath: string, path: string, signal: AbortSignal): Promise<{ status: number; body: string }> {
  // Nothing else needs it, and it takes a while to load.
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    // An engine looks at the path alone; HTTP wants some host.
    request({ socketPath, path, method: 'GET', headers: { host: 'localhost' }, signal }, (response) => {
      readText(response).then((body) => resolve({ status: response.statusCode ?? 0, body }), reject);
    })
      .on('error', reject)
      .end();
  });
}

function reasonOf(error: unknown, patience: number): string {
  const { code, name, message } = error as NodeJS.ErrnoException;
  if (error instanceof EngineError) return message;
  if (name === 'AbortError' || name === 'TimeoutError') return `did not answer within ${patience / 1000} seconds`;
  if (code === 'ENOENT') return 'does not exist; start the engine, or name another socket';
  if (code === 'EACCES' || code === 'EPERM') return `may not be opened by this user (${code}); ask as one who may`;
  if (code === 'ECONNREFUSED') return 'is not answered by any engine (ECONNREFUSED); start it';
  if (code?.startsWith('HPE_')) return 'does not answer as a container engine does';
  return `cannot be asked (${code ?? message})`;
}
