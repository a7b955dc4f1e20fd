import type { Place } from '../../language/place.ts';
import { remembered } from '../../language/remembered.ts';
import type { ImageGlob } from '../image.ts';
import {
  GPU_WITHOUT_AI,
  OPERATOR_IMAGES,
  PLUMBING_IMAGES,
  PLUMBING_KIND,
  PLUMBING_NAMESPACES,
  PLUMBING_ON_DAEMONSETS,
  PLUMBING_PATH,
} from './plumbing.ts';
import { type Aspect, type Found, SIGNALS, type Signal, type SignalGroup, type SubClass } from './signals.ts';
import type { Trait, WorkloadTraits } from './traits.ts';

/** A signal that was seen, and where. */
export interface SeenSignal {
  /** In the words of the manifest, such as `label ray.io/cluster`. */
  readonly text: string;
  readonly at: Place;
  readonly weight: number;
}

export interface Classification {
  /** `ai-infrastructure` drives a node's accelerators or an AI platform, and serves no model. */
  readonly class: 'ai' | 'likely-ai' | 'not-ai' | 'ai-infrastructure';
  readonly subClass: SubClass | undefined;
  readonly score: number;
  /** The signals that count, heaviest first; what the user signal before all others. */
  readonly signals: readonly SeenSignal[];
}

/** Points that make an AI workload, and a likely one. */
export const AI_SCORE = 60;
const LIKELY_SCORE = 30;

interface Match extends SeenSignal {
  readonly signal: Signal;
}

/**
 * Says whether a workload is an AI runtime, trainer or agent, from what its manifest shows.
 *
 * Every group of signals counts once, with its heaviest. 60 points make an AI workload if at least one signal
 * other than a general GPU or a weak one is among them: a GPU with a port named by chance is not enough.
 * 30 points make it a likely one. What the user says goes before all that.
 */
export const classify = remembered((workload: WorkloadTraits): Classification => {
  const matches = heaviestByGroup(matchesOf(workload));
  const score = matches.reduce((sum, { weight }) => sum + weight, 0);
  const subClass = matches.find(({ signal }) => signal.subClass)?.signal.subClass;
  const { override } = workload;
  const refused = override?.isRefused ? [{ ...override, weight: 0 }] : [];
  const signals = [...matches, ...refused].map(({ text, at, weight }) => ({ text, at, weight }));
  if (override && !override.isRefused) {
    const signal = { text: override.text, at: override.at, weight: 100 };
    if (!override.isAi) return { class: 'not-ai', subClass: undefined, score: 0, signals: [signal] };
    return { class: 'ai', subClass, score: score + signal.weight, signals: [signal, ...signals] };
  }
  if (isPlumbing(workload, matches)) return { class: 'ai-infrastructure', subClass: undefined, score, signals };
  const hasOwnWeight = matches.some(({ signal, weight }) => weight >= (signal.group === 'gpu' ? 80 : 30));
  const isAi = score >= AI_SCORE && hasOwnWeight;
  if (score < LIKELY_SCORE) return { class: 'not-ai', subClass: undefined, score, signals };
  return { class: isAi ? 'ai' : 'likely-ai', subClass, score, signals };
});

const BY_ASPECT = new Map<Aspect, Signal[]>();
for (const signal of SIGNALS) BY_ASPECT.set(signal.aspect, [...(BY_ASPECT.get(signal.aspect) ?? []), signal]);
/** All expressions that are looked for in an aspect as one, since most traits are no signal at all. */
const ANY_SIGNAL = new Map([...BY_ASPECT].map(([aspect, signals]) => [aspect, anyOf(signals)]));

function anyOf(signals: readonly Signal[]): RegExp | undefined {
  const all = signals.flatMap(({ matches }) => (matches instanceof RegExp ? matches : []));
  if (all.length < signals.length) return undefined;
  return new RegExp(
    all.map(({ source }) => `(?:${source})`).join('|'),
    all.some(({ ignoreCase }) => ignoreCase) ? 'i' : '',
  );
}

function matchesOf(workload: WorkloadTraits): Match[] {
  const isDaemonSet = workload.kind.endsWith('/DaemonSet');
  const usesGpuOtherwise = workload.traits.some(
    (trait) => trait.aspect === 'image' && matchesAny(GPU_WITHOUT_AI, trait.text),
  );
  const matches = workload.traits.flatMap((trait) =>
    signalsFor(trait).flatMap((signal) => {
      // A DaemonSet runs on GPU nodes to serve the node; a transcoder's GPU says nothing about AI.
      if (signal.group === 'gpu' && (isDaemonSet || usesGpuOtherwise)) return [];
      const found = find(signal, trait.text);
      return found ? toMatch(signal, trait, found) : [];
    }),
  );
  const groups = new Set(matches.map(({ signal }) => signal.group));
  return matches.filter(({ signal }) => !signal.beside || groups.has(signal.beside));
}

/** The signals that a trait may be. */
function signalsFor({ aspect, text }: Trait): readonly Signal[] {
  return (ANY_SIGNAL.get(aspect)?.test(text) ?? true) ? (BY_ASPECT.get(aspect) ?? []) : [];
}

function find({ matches }: Signal, text: string): Found | null {
  if (matches instanceof RegExp) return matches.exec(text);
  return matches.test(text) ? { 0: text, index: 0 } : null;
}

function toMatch(signal: Signal, trait: Trait, found: Found): Match {
  return {
    signal,
    text: describe(trait, found[0]),
    at: trait.placeOf?.(found) ?? trait.at,
    weight: signal.weight,
  };
}

/** In the words of the manifest, such as `label ray.io/cluster`. */
function describe({ aspect, text }: Trait, found: string): string {
  switch (aspect) {
    case 'kind':
      return `kind ${text.split('/').at(-1)}`;
    case 'label':
      return `label ${text.replace(/: $/, '')}`;
    case 'argument':
      return `argument ${found.trim()}`;
    case 'resource':
    case 'compose':
      return text;
    default:
      return `${aspect} ${text}`;
  }
}

function heaviestByGroup(matches: readonly Match[]): Match[] {
  const heaviest = new Map<SignalGroup, Match>();
  for (const match of matches) {
    const other = heaviest.get(match.signal.group);
    if (!other || other.weight < match.weight) heaviest.set(match.signal.group, match);
  }
  return [...heaviest.values()].sort((a, b) => b.weight - a.weight);
}

/** Whether it drives or watches a node's accelerators, or is the operator of a platform. */
function isPlumbing(workload: WorkloadTraits, matches: readonly Match[]): boolean {
  const { kind, namespace, traits } = workload;
  const isDecided = matches.some(
    ({ signal, weight }) => (signal.group === 'image' || signal.group === 'kind') && weight === 100,
  );
  if (isDecided) return false;
  if (PLUMBING_KIND.test(kind)) return true;
  const texts = (aspect: Aspect) => traits.filter((trait) => trait.aspect === aspect).map(({ text }) => text);
  const images = texts('image');
  if (images.some((image) => matchesAny(PLUMBING_IMAGES, image))) return true;
  if (kind.endsWith('/DaemonSet')) {
    if (PLUMBING_NAMESPACES.has(namespace ?? '')) return true;
    const names = [...images, ...texts('name')];
    if (names.some((name) => matchesAny(PLUMBING_IMAGES, name) || matchesAny(PLUMBING_ON_DAEMONSETS, name)))
      return true;
  }
  return matches.length > 0 && (images.some((image) => matchesAny(OPERATOR_IMAGES, image)) || mountsPlumbing(texts));
}

/** It claims no accelerator, and all it has of its node are the paths of drivers and device plugins. */
function mountsPlumbing(texts: (aspect: Aspect) => readonly string[]): boolean {
  const paths = texts('host path');
  const claims = texts('resource').some((name) => BY_ASPECT.get('resource')?.some(({ matches }) => matches.test(name)));
  return paths.length > 0 && paths.every((path) => PLUMBING_PATH.test(path)) && !claims;
}

function matchesAny(patterns: readonly ImageGlob[], text: string): boolean {
  return patterns.some((pattern) => pattern.test(text));
}

/** `image vllm/vllm-openai, nvidia.com/gpu`: the signals in the words of the manifest. */
export function describeSignals(signals: readonly SeenSignal[]): string {
  return signals.map(({ text }) => text).join(', ');
}

/** `AI workload, inference: image vllm/vllm-openai, nvidia.com/gpu`, as a message puts it in brackets. */
export function describeAi({ subClass, signals }: Classification): string {
  return `AI workload${subClass ? `, ${subClass}` : ''}: ${describeSignals(signals)}`;
}
