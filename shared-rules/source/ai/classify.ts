import type { Signal, SignalGroup, SubClass } from './signals.ts';
import { GPU_WITHOUT_AI, PLUMBING_IMAGES, PLUMBING_NAMESPACES, PLUMBING_ON_DAEMONSETS, SIGNALS } from './signals.ts';
import type { Trait, Workload } from './traits.ts';

/** A signal that was seen, and where. */
export interface SeenSignal {
  readonly signal: Signal;
  readonly trait: Trait;
}

export interface Classification {
  /** `ai-infrastructure` drives a node's accelerators or an AI platform, and serves no model. */
  readonly class: 'ai' | 'likely-ai' | 'not-ai' | 'ai-infrastructure';
  readonly subClass: SubClass | undefined;
  readonly score: number;
  /** The signals that count, heaviest first. */
  readonly signals: readonly SeenSignal[];
}

/**
 * Says whether a workload is an AI runtime, trainer or agent, from what its manifest shows.
 *
 * Every group of signals counts once, with its heaviest. 60 points make an AI workload if at least one signal
 * other than a general GPU or a weak one is among them: a GPU with a port named by chance is not enough.
 * 30 points make it a likely one.
 */
export function classify(workload: Workload): Classification {
  const signals = heaviestByGroup(seenSignals(workload));
  const score = signals.reduce((sum, { signal }) => sum + signal.weight, 0);
  const subClass = signals.find(({ signal }) => signal.subClass)?.signal.subClass;
  if (isPlumbing(workload, signals)) return { class: 'ai-infrastructure', subClass: undefined, score, signals };
  const hasOwnWeight = signals.some(({ signal }) => signal.weight >= (signal.group === 'gpu' ? 80 : 30));
  const isAi = score >= 60 && hasOwnWeight;
  return { class: isAi ? 'ai' : score >= 30 ? 'likely-ai' : 'not-ai', subClass, score, signals };
}

function seenSignals(workload: Workload): SeenSignal[] {
  const isDaemonSet = workload.kind.endsWith('/DaemonSet');
  const usesGpuOtherwise = workload.traits.some(
    (trait) => trait.aspect === 'image' && matchesAny(GPU_WITHOUT_AI, trait.text),
  );
  return workload.traits.flatMap((trait) =>
    SIGNALS.filter(
      (signal) =>
        signal.aspect === trait.aspect &&
        signal.matches.test(trait.text) &&
        // A DaemonSet runs on GPU nodes to serve the node; a transcoder's GPU says nothing about AI.
        !(signal.group === 'gpu' && (isDaemonSet || usesGpuOtherwise)),
    ).map((signal) => ({ signal, trait })),
  );
}

function heaviestByGroup(seen: readonly SeenSignal[]): SeenSignal[] {
  const heaviest = new Map<SignalGroup, SeenSignal>();
  for (const one of seen) {
    const other = heaviest.get(one.signal.group);
    if (!other || other.signal.weight < one.signal.weight) heaviest.set(one.signal.group, one);
  }
  return [...heaviest.values()].sort((a, b) => b.signal.weight - a.signal.weight);
}

function isPlumbing(workload: Workload, signals: readonly SeenSignal[]): boolean {
  const runsModel = signals.some(({ signal }) => signal.aspect === 'image' && signal.weight === 100);
  if (runsModel) return false;
  const isDaemonSet = workload.kind.endsWith('/DaemonSet');
  if (isDaemonSet && PLUMBING_NAMESPACES.has(workload.namespace ?? '')) return true;
  const images = workload.traits.filter((trait) => trait.aspect === 'image').map((trait) => trait.text);
  return images.some(
    (image) => matchesAny(PLUMBING_IMAGES, image) || (isDaemonSet && matchesAny(PLUMBING_ON_DAEMONSETS, image)),
  );
}

function matchesAny(patterns: readonly RegExp[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

/** `image vllm/vllm-openai, nvidia.com/gpu`: the signals in the words of the manifest. */
export function describeSignals(signals: readonly SeenSignal[]): string {
  return signals.map(({ signal, trait }) => describe(signal, trait)).join(', ');
}

/** One signal, as `label ray.io/cluster`. */
export function describe(signal: Signal, trait: Trait): string {
  switch (trait.aspect) {
    case 'kind':
      return `kind ${trait.text.split('/').at(-1)}`;
    case 'label':
      return `label ${trait.text.replace(/: $/, '')}`;
    case 'argument':
      return `argument ${(signal.matches.exec(trait.text)?.[0] ?? trait.text).trim()}`;
    case 'resource':
    case 'compose':
      return trait.text;
    default:
      return `${trait.aspect} ${trait.text}`;
  }
}
