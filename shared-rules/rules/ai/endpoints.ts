import type { Place } from '../../language/place.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import { remove, replace } from '../../language/yaml/change.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { containerProgram, type Program, serviceProgram } from '../../model/ai/program.ts';
import type { ComposeFile } from '../../model/compose/compose.ts';
import { imageGlob } from '../../model/image.ts';
import { type KubernetesObject, valuesAt } from '../../model/kubernetes/objects.ts';
import { podSubject, type Subject } from '../../model/workload.ts';
import type { Fix, Related } from '../api.ts';
import { type Exposure, podExposure, serviceExposure } from './exposure.ts';

/** A server of models, notebooks or experiments that answers whoever reaches it. */
export interface OpenEndpoint {
  readonly subject: Subject;
  readonly at: Place;
  /** What it does, as a sentence goes on behind the workload's name. */
  readonly problem: string;
  readonly advice: string;
  readonly related: readonly Related[];
  readonly fixes: readonly Fix[];
}

/** What is known about one sort of server. */
type Reader = (program: Program, exposure: () => Exposure | undefined) => Omit<OpenEndpoint, 'subject'> | undefined;

const READERS: readonly Reader[] = [vllm, ollama, jupyter, mlflow];

export function podEndpoints(object: KubernetesObject, ai: AiContext): OpenEndpoint[] {
  const found = object.pods.flatMap((pod) =>
    pod.containers.flatMap((container) =>
      read(containerProgram(pod, container), () => podExposure(pod, container, ai)),
    ),
  );
  // Kubeflow asks for a login at its gateway and starts its notebooks without one of their own.
  return [...(object.group === 'kubeflow.org' ? [] : found), ...rayClusters(object)];
}

export function serviceEndpoints(file: ComposeFile, ai: AiContext): OpenEndpoint[] {
  return file.services.flatMap((service) => read(serviceProgram(service), () => serviceExposure(service, ai)));
}

function read(program: Program, exposure: () => Exposure | undefined): OpenEndpoint[] {
  return READERS.flatMap((reader) => {
    const found = reader(program, exposure);
    return found ? { subject: program.subject, ...found } : [];
  });
}

const VLLM_IMAGE = ['vllm/vllm-openai*', 'vllm-openai*'].map(imageGlob);
const VLLM_SERVER = /\bvllm serve\b|\bvllm\.entrypoints\.openai\.api_server\b/;

/** vLLM's server asks for a key only if it is given one: its documentation of `--api-key` and VLLM_API_KEY. */
function vllm(program: Program): Omit<OpenEndpoint, 'subject'> | undefined {
  const { image, repository, hasOwnEntrypoint, command, environment, mayHaveMore, setSecret } = program;
  const started = command && VLLM_SERVER.exec(command.text);
  const isImage = !hasOwnEntrypoint && VLLM_IMAGE.some((glob) => glob.test(repository));
  if (!command || (!started && !isImage)) return undefined;
  const own = commandFrom(command.text, started?.index ?? 0);
  const keeps =
    /--(?:api-key|config|headless|uds|middleware|ssl-ca-certs)\b/.test(own) ||
    // A script may set it itself.
    command.text.includes('VLLM_API_KEY') ||
    isOnLoopback(own);
  const key = environment.get('VLLM_API_KEY');
  if (keeps || mayHaveMore || mayHoldOptions(own) || (key && key.text !== '')) return undefined;
  const change = key ? undefined : setSecret('VLLM_API_KEY');
  return {
    at: started ? command.placeOf(started) : (image ?? command.partAt(0)),
    problem: 'starts a vLLM server without an API key, so it answers whoever reaches it',
    advice: 'Set VLLM_API_KEY from a secret, or put a gateway that asks for a login in front.',
    related: [],
    fixes: change ? [{ title: 'Set VLLM_API_KEY from a secret', safety: 'review', changes: [change] }] : [],
  };
}

const OLLAMA_IMAGE = imageGlob('ollama/ollama');

/** Ollama has no login at all; its image listens on all addresses, and a program on 127.0.0.1 unless OLLAMA_HOST is set. */
function ollama(program: Program, exposure: () => Exposure | undefined): Omit<OpenEndpoint, 'subject'> | undefined {
  const { image, repository, hasOwnEntrypoint, command, environment } = program;
  const host = environment.get('OLLAMA_HOST');
  const serves = /\bollama serve\b/.test(command?.text ?? '');
  const isImage = OLLAMA_IMAGE.test(repository) && (serves || !hasOwnEntrypoint);
  const isWide = host ? /^(?:\w+:\/\/)?(?:0\.0\.0\.0|\[?::\]?)(?::\d+)?$/.test(host.text ?? '') : isImage;
  const open = isWide && (isImage || serves) ? exposure() : undefined;
  const at = host?.at ?? image;
  if (!open || !at) return undefined;
  return {
    at,
    problem: `starts Ollama, which has no login, and opens it by ${open.text}`,
    advice: 'Close that way, or put a proxy that asks for a login in front.',
    related: [{ message: 'Opened here', at: open.at }],
    fixes: [],
  };
}

const EMPTY_TOKEN = /--(?:NotebookApp|ServerApp|LabApp|IdentityProvider)\.token=(?:''|"")?(?=\s|\\|$)/;
const PASSWORD = /--(?:NotebookApp|ServerApp|PasswordIdentityProvider)\.(?:hashed_)?password=(?!''|""|\s|\\|$)/;

/** An empty token turns Jupyter's login off, unless a password is set: the documentation of Jupyter Server. */
function jupyter({ command }: Program): Omit<OpenEndpoint, 'subject'> | undefined {
  const found = command && EMPTY_TOKEN.exec(command.text);
  if (!command || !found || PASSWORD.test(command.text)) return undefined;
  if (/--ip[= ](?:127\.0\.0\.1|localhost)\b/.test(command.text)) return undefined;
  const part = command.partAt(found.index);
  const isAlone = part.rawText === found[0] && typeof part.key === 'number';
  return {
    at: command.placeOf(found),
    problem: `starts Jupyter without a login (${found[0]}), and a notebook runs any code`,
    advice: 'Leave the token out, so that Jupyter makes one and writes it to its log, or set a password.',
    related: [],
    fixes: isAlone ? [{ title: `Remove ${found[0]}`, safety: 'review', changes: [remove(part)] }] : [],
  };
}

/** MLflow asks for a login only with `--app-name basic-auth`, or another app: its documentation of authentication. */
function mlflow({ command, mayHaveMore, environment }: Program): Omit<OpenEndpoint, 'subject'> | undefined {
  const found = command && /\bmlflow (?:server|ui)\b/.exec(command.text);
  if (!command || !found || mayHaveMore || environment.has('MLFLOW_APP_NAME')) return undefined;
  const own = commandFrom(command.text, found.index);
  const isWide = /(?:--host|-h)[= ]["']?(?:0\.0\.0\.0|::)/.test(own);
  if (!isWide || /--app-name\b/.test(own) || mayHoldOptions(own)) return undefined;
  return {
    at: command.placeOf(found),
    problem: 'starts an MLflow server without a login on every address',
    advice: 'Add --app-name basic-auth, or put a proxy that asks for a login in front.',
    related: [],
    fixes: [],
  };
}

/** Where Ray's kinds keep their options for authentication: KubeRay's API reference. */
const RAY_MODES = ['spec', 'spec.rayClusterSpec', 'spec.rayClusterConfig', 'spec.jobTemplate.rayClusterSpec'].map(
  (path) => `${path}.authOptions.mode`,
);

function rayClusters(object: KubernetesObject): OpenEndpoint[] {
  const [pod] = object.pods;
  if (object.group !== 'ray.io' || !pod) return [];
  return RAY_MODES.flatMap((path) => valuesAt(object.root, path))
    .filter((mode) => mode.text === 'disabled')
    .map((mode) => ({
      subject: podSubject(pod),
      at: mode,
      problem: 'turns the authentication of its Ray cluster off, and whoever reaches the head runs any code on it',
      advice: 'Set mode to token.',
      related: [],
      fixes: [{ title: 'Set mode to token', safety: 'review', changes: [replace(mode, 'token')] }],
    }));
}

/** One command of a script, from where it begins: a line that goes on behind a backslash is one. */
function commandFrom(line: string, start: number): string {
  return line
    .slice(start)
    .replaceAll(/\\\r?\n/g, ' ')
    .split(/\n|;|&&|\|/)[0] as string;
}

/** Options whose value says nothing about a login. */
const VALUED = String.raw`--(?:model|tokenizer|port|host|dtype|seed|[\w-]+-(?:name|len|size|utilization|dir|path|seqs|tokens|uri|root))[= ]`;
const UNKNOWN_VALUE = String.raw`(?:["']?\$(?:\w+|\{\w+\}|\(\w+\))["']?|\S*${UNKNOWN_CHARACTER}\S*)`;
const KNOWN_USE = new RegExp(String.raw`(${VALUED}|\bserve )${UNKNOWN_VALUE}`, 'g');

/** Whether variables or expressions stand where options may be. */
function mayHoldOptions(command: string): boolean {
  const rest = command.replaceAll(KNOWN_USE, '$1');
  return /[$`]/.test(rest) || rest.includes(UNKNOWN_CHARACTER);
}

function isOnLoopback(command: string): boolean {
  return /--host[= ](?:127\.0\.0\.1|localhost)\b/.test(command);
}
