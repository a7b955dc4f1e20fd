import type { KnownFacts } from '../facts/fact.ts';
import type { Place } from '../language/place.ts';
import { type Classification, classify } from '../model/ai/classify.ts';
import { aiContextOf } from '../model/ai/context.ts';
import { isMadeByOperator, nameOf, objectWorkload, podWorkload } from '../model/ai/pod-traits.ts';
import { serviceName, serviceWorkload } from '../model/ai/service-traits.ts';
import type { Service } from '../model/compose/compose.ts';
import { hostNetworkUses } from '../model/compose/host-network.ts';
import { type KubernetesObject, trueField } from '../model/kubernetes/objects.ts';
import type { Content } from '../model/manifest.ts';
import { type HostNetworkNeed, needForHostNetwork } from '../rules/host-network/need.ts';
import { placeInFile } from './finding.ts';
import { type LintedPart, partAt } from './lint-result.ts';
import type { Linted } from './prove-fixes.ts';
import type { LintSettings } from './settings.ts';

/** A workload of a file, and whether it is an AI workload. */
export interface AiWorkload {
  /** Where its name is written. */
  readonly name: Place;
  readonly platform: 'kubernetes' | 'compose';
  readonly classification: Classification;
  /** What speaks for a real need of the host's network, where it is on it. */
  readonly need: HostNetworkNeed | undefined;
}

const CLASSES: readonly Classification['class'][] = ['ai', 'likely-ai', 'ai-infrastructure', 'not-ai'];

/** Every workload of a file, in the order of the text, with places in the file. */
export function aiWorkloads({ result, settings }: Linted): AiWorkload[] {
  return result.parts.flatMap((part) => aiWorkloadsIn(part, settings));
}

/** The workload whose name stands at an offset. */
export function aiWorkloadAt({ result, settings }: Linted, offset: number): AiWorkload | undefined {
  const isThere = ({ name: { range } }: AiWorkload) => range.start <= offset && offset <= range.end;
  return aiWorkloadsIn(partAt(result, offset), settings).find(isThere);
}

/** Every workload of a part of a file, with places in the file. */
function aiWorkloadsIn(part: LintedPart, settings: LintSettings): AiWorkload[] {
  const known = classified.get(part.known) ?? classifyAll(part, settings);
  classified.set(part.known, known);
  return known.map((workload) => inFile(workload, part.start));
}

/** Classifying costs as much as linting, so it is done when somebody asks, and once for the facts that a part was linted with. */
const classified = new WeakMap<KnownFacts, readonly AiWorkload[]>();

function inFile({ name, platform, classification, need }: AiWorkload, start: number): AiWorkload {
  const placed = <T extends { readonly at: Place }>(sign: T): T => ({ ...sign, at: placeInFile(sign.at, start) });
  return {
    name: placeInFile(name, start),
    platform,
    classification: { ...classification, signals: classification.signals.map(placed) },
    need: need && {
      signs: need.signs.map(placed),
      counterSign: need.counterSign && placed(need.counterSign),
    },
  };
}

function classifyAll({ manifest, known }: LintedPart, settings: LintSettings): AiWorkload[] {
  const context = aiContextOf(manifest, known.objects, settings);
  const inObject = (object: KubernetesObject): AiWorkload[] => {
    const name = nameOf(object);
    const pods = object.pods.map((pod) => ({
      classification: classify(podWorkload(pod, context)),
      need: trueField(pod.spec, 'hostNetwork') && needForHostNetwork(pod),
    }));
    if (pods.length === 0 && isMadeByOperator(object))
      pods.push({ classification: classify(objectWorkload(object, context)), need: undefined });
    const [clearest] = pods.sort((a, b) => compare(a.classification, b.classification));
    return name && clearest ? [{ name, platform: 'kubernetes', ...clearest }] : [];
  };
  const inService = (service: Service): AiWorkload => ({
    name: serviceName(service),
    platform: 'compose',
    classification: classify(serviceWorkload(service, context)),
    need: hostNetworkUses(service).length > 0 ? { signs: [], counterSign: undefined } : undefined,
  });
  const inContent = (content: Content): AiWorkload[] => {
    if (content.dialect === 'kubernetes') return content.objects.flatMap(inObject);
    return content.dialect === 'compose' ? content.compose.services.map(inService) : [];
  };
  return clearestByName(manifest.contents.flatMap(inContent));
}

/** The clearest and heaviest first. */
function compare(a: Classification, b: Classification): number {
  return CLASSES.indexOf(a.class) - CLASSES.indexOf(b.class) || b.score - a.score;
}

/** One entry a name: the readings of a template meet at the same text. */
function clearestByName(workloads: readonly AiWorkload[]): AiWorkload[] {
  const byStart = new Map<number, AiWorkload>();
  for (const workload of workloads) {
    const { start } = workload.name.range;
    const other = byStart.get(start);
    if (!other || compare(workload.classification, other.classification) < 0) byStart.set(start, workload);
  }
  return [...byStart.values()].sort((a, b) => a.name.range.start - b.name.range.start);
}
