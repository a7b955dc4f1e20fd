import type { DerivedText } from '../../language/derived-text.ts';
import type { CommandInput } from '../../language/shell/command-line.ts';
import { UNKNOWN_CHARACTER } from '../../language/unknown.ts';
import type { Fence } from './documentation.ts';

/**
 * Manifests that a script hands to a command, as by `kubectl apply -f - <<EOF`. Facts: the references of kubectl, and of
 * `docker compose` and `docker stack deploy`, whose `-` is what they read.
 */

const KUBECTL = /(?:^|[\\/])(?:kubectl|oc)(?:\.exe)?$/;
const COMPOSE = /(?:^|[\\/])docker(?:-compose)?(?:\.exe)?$/;
const DEPLOYS = /^(?:apply|create|replace)$/;
/** How the word behind a flag, or a flag with its value, says that the file is what is read. */
const READS = /^(?:-f-|-f=-|--filename=-|--file=-|--compose-file=-|-c-)$/;
const FILE_FLAG = /^(?:-f|--filename|--file|-c|--compose-file)$/;

/** A quick look for what every text with such a command says. */
export const MAY_HAND_MANIFESTS = /\b(?:kubectl|oc|compose|stack)\b/;

/** The manifests among what commands are handed; what a template fills in is not read. */
export function handedManifests(inputs: readonly CommandInput[]): Fence[] {
  return inputs.flatMap((input) => {
    const language = languageOf(input.words.map(({ text }) => text));
    if (!language || input.derived.text.includes('{{')) return [];
    const { text } = input.derived;
    return { language, derived: withoutExpansions(input), range: input.derived.inFile({ start: 0, end: text.length }) };
  });
}

function languageOf(words: readonly string[]): string | undefined {
  const program = words.findIndex((word) => KUBECTL.test(word) || COMPOSE.test(word));
  const args = words.slice(program + 1);
  const reads = args.some((word, index) => READS.test(word) || (word === '-' && FILE_FLAG.test(args[index - 1] ?? '')));
  if (program < 0 || !reads) return undefined;
  if (KUBECTL.test(words[program]!)) return args.some((word) => DEPLOYS.test(word)) ? 'yaml' : undefined;
  const isCompose = /docker-compose/.test(words[program]!) || /^(?:compose|stack)$/.test(args[0] ?? '');
  return isCompose && args.some((word) => /^(?:up|run|create|deploy)$/.test(word)) ? 'compose' : undefined;
}

function withoutExpansions({ derived, expansions }: CommandInput): DerivedText {
  return derived.withRanges(expansions, UNKNOWN_CHARACTER);
}
