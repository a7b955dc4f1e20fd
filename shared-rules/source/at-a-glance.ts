import { isKindMadeByOperator } from './ai/pod-traits.ts';
import { apiGroup, POD_SPEC_KEYS } from './kubernetes.ts';
import { plainKeys } from './plain-outline.ts';
import { POD_SPEC_PATHS } from './pod-spec-paths.ts';
import { isReadWhole } from './yaml-document.ts';

/** A quick look for what every Kubernetes object and every Compose file must say; everything else is not parsed. */
const MAY_BE_OURS = /(?:^|[\s{,"'])(?:apiVersion|services)["']?\s*:/;
/** These carry schemas, data or policies and no workload; their text is long and their parsing slow. */
const NO_WORKLOAD =
  /^kind:[ \t]*["']?(?:CustomResourceDefinition|ConfigMap|Secret|PodSecurityPolicy)["']?[ \t]*(?:#.*)?$/m;

/** Kinds without pods that rules, facts or the naming of AI workloads look at, whatever their group. */
const LOOKED_AT =
  /^(?:Service|Namespace|PersistentVolume|ResourceClaim|ResourceClaimTemplate|HorizontalPodAutoscaler|ScaledObject)$|NetworkPolicy$/;
const KINDS_WITH_PODS = new Set(Object.keys(POD_SPEC_PATHS).map((name) => name.slice(name.lastIndexOf('/') + 1)));
const WORDS_OF_PODS = new Set(POD_SPEC_KEYS);

/** Whether a text may hold something of ours. */
export function mayBeOurs(text: string): boolean {
  return MAY_BE_OURS.test(text) && !text.includes('\0');
}

/**
 * Whether a YAML document has to be parsed: whether it may hold anything that a finding, a fact, an exception, a problem
 * or the name of an AI workload comes from. In doubt it has to be.
 * @param text the document, with the comments that belong to it; of a template, as one of its readings has it
 */
export function mayConcern(text: string): boolean {
  if (!MAY_BE_OURS.test(text)) return false;
  // Where several documents are read as a whole, what one is says nothing of others.
  if (NO_WORKLOAD.test(text) && !isReadWhole(text)) return false;
  // An exception is told about even where it covers nothing.
  if (text.includes('bulkhead')) return true;
  const top = new Map<string, string>();
  for (const key of plainKeys(text)) {
    if (!key || WORDS_OF_PODS.has(key.name)) return true;
    // What has a kind and a version is an object, wherever it stands.
    if (!key.isTop && key.name === 'apiVersion') return true;
    if (key.isTop) top.set(key.name, key.text);
    if (key.isTop && key.name === 'kind' && isLookedAt(key.text)) return true;
  }
  if (!top.has('apiVersion')) return top.has('services');
  return isKindMadeByOperator(`${apiGroup(top.get('apiVersion'))}/${top.get('kind')}`);
}

function isLookedAt(kind: string): boolean {
  return LOOKED_AT.test(kind) || KINDS_WITH_PODS.has(kind);
}
