import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { MOST_OF } from './read-file.ts';

/** Longer than an engine takes for an answer on a busy machine. */
const PATIENCE = 10_000;
/** How long all answers together may take, in milliseconds. */
const PATIENCE_FOR_ALL = 120_000;
/** An error is shown to so many characters. */
const MOST_OF_ERROR = 500;

/** What an engine says about its containers, as `docker inspect` would print it; or why not, as a sentence. */
export type EngineText = { readonly socket: string; readonly text: string } | { readonly refused: string };

/** What decides where an engine is looked for. */
export interface EngineSettings {
  readonly platform: NodeJS.Platform;
  readonly environment: NodeJS.ProcessEnv;
  /** How long an answer may take, and all of them, in milliseconds. */
  readonly patience: number;
  readonly patienceForAll: number;
}

const PROCESS: EngineSettings = {
  platform: process.platform,
  environment: process.env,
  patience: PATIENCE,
  patienceForAll: PATIENCE_FOR_ALL,
};

/** The questions to an engine, and what bounds their answers. */
interface Conversation {
  readonly socketPath: string;
  readonly patience: number;
  /** Ends all of it. */
  readonly end: AbortSignal;
  /** How many bytes it may still answer. */
  left: number;
}

/**
 * Asks a container engine about all its containers, running or not, by the Docker Engine API, which Podman has too.
 * It sends two sorts of GET request, the list and one for each container, and changes nothing. Never throws.
 * @param address `unix:///PATH` or a path; without it that of `DOCKER_HOST`, else the first usual socket there is
 */
export async function readEngine(address?: string, settings = PROCESS): Promise<EngineText> {
  const found = findSocket(address, settings);
  if ('refused' in found) return found;
  const { socket } = found;
  const { patience, patienceForAll } = settings;
  const conversation = {
    socketPath: socket,
    patience,
    end: AbortSignal.timeout(patienceForAll),
    left: MOST_OF.audit,
  };
  try {
    const list = await getJson(conversation, LIST);
    if (!Array.isArray(list)) throw new EngineError(NO_ENGINE);
    const containers: unknown[] = [];
    for (const listed of list as ({ readonly Id?: unknown } | null)[]) {
      const id = listed?.Id;
      if (typeof id !== 'string' || !/^\w[\w.-]*$/.test(id)) throw new EngineError(NO_ENGINE);
      const container = await getJson(conversation, `/containers/${id}/json`);
      if (container !== undefined) containers.push(container);
    }
    return { socket, text: `${JSON.stringify(containers, undefined, 2)}\n` };
  } catch (error) {
    const waited = conversation.end.aborted ? patienceForAll : patience;
    return { refused: `${socket} ${reasonOf(error, waited)}.` };
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

const LIST = '/containers/json?all=true';
const NO_ENGINE = 'does not answer as a container engine does';

/** @returns undefined when there is nothing of that name, as for a container that was removed in the meantime */
async function getJson(conversation: Conversation, path: string): Promise<unknown> {
  const { status, body } = await get(conversation, path);
  if (status === 404 && path !== LIST) return undefined;
  try {
    const answer: unknown = JSON.parse(body);
    if (status === 200) return answer;
    const { message } = answer as { message?: unknown };
    throw new EngineError(`answered with an error (${status}: ${String(message).slice(0, MOST_OF_ERROR)})`);
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError(NO_ENGINE);
  }
}

async function get(conversation: Conversation, path: string): Promise<{ status: number; body: string }> {
  // Nothing else needs it, and it takes a while to load.
  const { request } = await import('node:http');
  const { socketPath, patience, end } = conversation;
  const signal = AbortSignal.any([end, AbortSignal.timeout(patience)]);
  return new Promise((resolve, reject) => {
    // An engine looks at the path alone; HTTP wants some host.
    request({ socketPath, path, method: 'GET', headers: { host: 'localhost' }, signal }, (response) => {
      readBody(response, conversation).then(
        (body) => resolve({ status: response.statusCode ?? 0, body }),
        (error) => {
          response.destroy();
          reject(error);
        },
      );
    })
      .on('error', reject)
      .end();
  });
}

async function readBody(response: NodeJS.ReadableStream, conversation: Conversation): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) {
    conversation.left -= chunk.length;
    if (conversation.left < 0) throw new EngineError(`answers with more than ${MOST_OF.audit / 1024 / 1024} MiB`);
    chunks.push(Buffer.from(chunk));
  }
  return Buffer.concat(chunks).toString();
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
