import { plainKeys } from '../language/yaml/outline.ts';
import { isReadWhole } from '../language/yaml/split.ts';
import { isKindMadeByOperator } from './ai/pod-traits.ts';
import { apiGroup, kindOfItems, POD_SPEC_KEYS } from './kubernetes/objects.ts';
import { POD_POSITIONS } from './kubernetes/pod-positions/index.ts';

/** A quick look for what every Kubernetes object and every Compose file must say; everything else is not parsed. */
const MAY_BE_OURS = /(?:^|[\s{,"'>])(?:apiVersion|services)["']?\s*:/;
/** These carry schemas, data or policies and no workload; their text is long and their parsing slow. */
const LONG_KINDS = ['CustomResourceDefinition', 'ConfigMap', 'Secret', 'PodSecurityPolicy'];
/** The one key of a ConfigMap that makes pods. */
const WORKFLOW_DEFAULTS = 'workflowDefaults';
const KINDS_WITH_PODS = new Set(
  [...POD_POSITIONS.keys()]
    .map((name) => name.slice(name.lastIndexOf('/') + 1))
    .filter((kind) => !LONG_KINDS.includes(kind)),
);
const WORDS_OF_PODS = new Set(POD_SPEC_KEYS);

/** Whether a text may hold something of ours. */
export function mayBeOurs(text: string): boolean {
  return MAY_BE_OURS.test(text) && !text.includes('\0');
}

/** What a part of a pod says that is worth reading by itself. */
const MAY_BE_POD_PART =
  /(?:^|[\s{,"'])(?:containers|initContainers|volumes|hostPath|hostNetwork|hostPID|hostIPC|hostUsers|hostPort|image|securityContext|privileged|capabilities|allowPrivilegeEscalation|procMount|runAsUser|sysctls|seLinuxOptions|seccompProfile|appArmorProfile|windowsOptions)["']?\s*:/;

/** Whether a text may be a part of a pod, in whatever it is defined. */
export function mayBePodPart(text: string): boolean {
  return MAY_BE_POD_PART.test(text);
}

/** Whether a template may define parts of pods. */
export function mayDefineParts(text: string): boolean {
  return /\{\{-?\s*define\b/.test(text) && mayBePodPart(text) && !text.includes('\0');
}

const MAY_BE_PATCH = /(?:^|[\s{,"'])(?:op|patch|patchesStrategicMerge)\\?["']?\s*:/;

/** Whether a text may be a list of JSON 6902 operations, or have a patch in it as a text. */
export function mayBePatch(text: string): boolean {
  return MAY_BE_PATCH.test(text) && !text.includes('\0');
}

/** A kind of object by its name, in whatever API group. */
export type KindPattern = string | RegExp;

/**
 * Says whether a YAML document has to be parsed: whether it may hold anything that a finding, a fact, an exception, a
 * problem or the name of an AI workload comes from. In doubt it has to be. It is asked with the document's text and the
 * comments that belong to it; of a template, with one of its readings.
 */
export type Prefilter = (text: string) => boolean;

/** @param kinds those without pods that somebody looks at; kinds with pods are always among what is parsed */
export function prefilter(kinds: readonly KindPattern[]): Prefilter {
  const isAmong = (kind: string) =>
    KINDS_WITH_PODS.has(kind) || kinds.some((known) => (typeof known === 'string' ? known === kind : known.test(kind)));
  const isLookedAt = (kind: string) => isAmong(kind) || isAmong(kindOfItems(kind) ?? kind);
  const leftOut = LONG_KINDS.filter((kind) => !isLookedAt(kind)).join('|');
  const hasLeftOutKind = new RegExp(`^kind:[ \\t]*["']?(?:${leftOut})["']?[ \\t]*(?:#.*)?$`, 'm');
  // Where several documents are read as a whole, what one is says nothing of others.
  const isLeftOut = (text: string) =>
    leftOut !== '' && hasLeftOutKind.test(text) && !isReadWhole(text) && !text.includes(WORKFLOW_DEFAULTS);
  return (text) => MAY_BE_OURS.test(text) && !isLeftOut(text) && mayConcern(text, isLookedAt);
}

function mayConcern(text: string, isLookedAt: (kind: string) => boolean): boolean {
  // An exception is reported even where it covers nothing.
  if (text.includes('bulkhead') || text.includes(WORKFLOW_DEFAULTS)) return true;
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
