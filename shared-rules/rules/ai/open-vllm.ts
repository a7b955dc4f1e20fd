import { imageGlob } from '../../model/image.ts';
import { commandFrom, mayHoldOptions } from './server-options.ts';
import type { ServerCheck } from './started-program.ts';

const IMAGE = ['vllm/vllm-openai*', 'vllm-openai*'].map(imageGlob);
const SERVER = /\bvllm serve\b|\bvllm\.entrypoints\.openai\.api_server\b/;
/** Options by which it asks for something, or is reached by nobody. */
const CLOSED = /--(?:api-key|config|headless|uds|middleware|ssl-ca-certs)\b|--host[= ](?:127\.0\.0\.1|localhost)\b/;

/** vLLM's server asks for a key only if it is given one: its documentation of `--api-key` and VLLM_API_KEY. */
export const openVllm: ServerCheck = (program, name) => {
  const { image, repository, hasOwnEntrypoint, command, environment, mayHaveMore, setSecret } = program;
  const started = command && SERVER.exec(command.text);
  const isImage = !hasOwnEntrypoint && IMAGE.some((glob) => glob.test(repository));
  if (!command || (!started && !isImage)) return undefined;
  const own = commandFrom(command.text, started?.index ?? 0);
  const key = environment.get('VLLM_API_KEY');
  // A script may set the key itself.
  const mayAsk = CLOSED.test(own) || command.text.includes('VLLM_API_KEY') || mayHaveMore || mayHoldOptions(own);
  if (mayAsk || (key && key.text !== '')) return undefined;
  const change = key ? undefined : setSecret('VLLM_API_KEY');
  return {
    check: 'vllm',
    at: started ? command.placeOf(started) : (image ?? command.partAt(0)),
    message: `${name} starts a vLLM server without an API key, so it answers whoever reaches it. Set VLLM_API_KEY from a secret, or put a gateway that asks for a login in front.`,
    fixes: change ? [{ title: 'Set VLLM_API_KEY from a secret', safety: 'review', changes: [change] }] : [],
  };
};
