import { imageGlob } from '../../model/image.ts';
import type { ServerCheck } from './started-program.ts';

const IMAGE = imageGlob('ollama/ollama');
const ALL_ADDRESSES = /^(?:\w+:\/\/)?(?:0\.0\.0\.0|\[?::\]?)(?::\d+)?$/;

/** Ollama has no login. Its image listens on all addresses, and a program on 127.0.0.1 unless OLLAMA_HOST is set. */
export const openOllama: ServerCheck = (program, name) => {
  const { image, repository, hasOwnEntrypoint, command, environment, exposure } = program;
  const host = environment.get('OLLAMA_HOST');
  const serves = /\bollama serve\b/.test(command?.text ?? '');
  const isImage = IMAGE.test(repository) && (serves || !hasOwnEntrypoint);
  const isWide = host ? ALL_ADDRESSES.test(host.text ?? '') : isImage;
  const open = isWide && (isImage || serves) ? exposure() : undefined;
  const at = host?.at ?? image;
  if (!open || !at) return undefined;
  return {
    check: 'ollama',
    at,
    message: `${name} starts Ollama, which has no login, and opens it by ${open.text}. Close that way, or put a proxy that asks for a login in front.`,
    related: [{ message: 'Opened here', at: open.at }],
  };
};
