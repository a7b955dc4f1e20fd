import { type Node, Pair, Scalar, YAMLMap, YAMLSeq } from 'yaml';
import { YamlDocument } from '../../language/yaml/document.ts';
import type { Value } from '../../language/yaml/value.ts';
import { type KubernetesObject, readPartialObject } from './objects.ts';

/**
 * What a template defines for others to include: a pod spec, with `spec:` around it or more, or a part of one, as a list of
 * containers or a security context. It is known by its shape, and belongs to no object. Fields: the reference of the
 * Kubernetes API, PodSpec v1 core.
 */
export function readFragment({ root }: YamlDocument): KubernetesObject[] {
  if (!root || (root.isMapping && (root.field('apiVersion') ?? root.field('kind')))) return [];
  const spec = podSpecAround(root);
  const whole = spec ? YamlDocument.assemble(spec, new Map(), root.document).root : root;
  return whole ? readPartialObject(whole).filter(({ pods }) => pods.length > 0) : [];
}

/** The pod spec that a part of one belongs into; undefined for what is more, or something else. */
function podSpecAround(root: Value): Node | undefined {
  const { node } = root;
  const items = root.items();
  if (items.length > 0 && items.every(isContainer)) return mapping('containers', node);
  if (items.length > 0 && items.every(isVolume)) return mapping('volumes', node);
  if (isSecurityContext(root))
    return isOfContainer(root)
      ? mapping('containers', list(mapping('securityContext', node)))
      : mapping('securityContext', node);
  const own = root.get('securityContext');
  return isContainer(root) || (own && isOfContainer(own)) ? mapping('containers', list(node)) : undefined;
}

/** A mapping that is written nowhere; it stands where its value does. */
function mapping(key: string, value: Node): Node {
  const map = new YAMLMap();
  map.range = value.range ?? null;
  map.items.push(new Pair(new Scalar(key), value));
  return map;
}

function list(item: Node): Node {
  const seq = new YAMLSeq();
  seq.range = item.range ?? null;
  seq.items.push(item);
  return seq;
}

const OF_CONTAINERS = ['allowPrivilegeEscalation', 'capabilities', 'privileged', 'procMount', 'readOnlyRootFilesystem'];
const OF_SECURITY_CONTEXTS: ReadonlySet<string> = new Set([
  ...OF_CONTAINERS,
  'appArmorProfile',
  'fsGroup',
  'fsGroupChangePolicy',
  'runAsGroup',
  'runAsNonRoot',
  'runAsUser',
  'seLinuxChangePolicy',
  'seLinuxOptions',
  'seccompProfile',
  'supplementalGroups',
  'supplementalGroupsPolicy',
  'sysctls',
  'windowsOptions',
]);

function isSecurityContext(value: Value): boolean {
  const names = value.fields().map(({ name }) => name);
  return names.length > 0 && names.every((name) => OF_SECURITY_CONTEXTS.has(name));
}

function isOfContainer(securityContext: Value): boolean {
  return OF_CONTAINERS.some((name) => securityContext.field(name));
}

const CONTAINER_KEYS = ['args', 'command', 'env', 'envFrom', 'ports', 'resources', 'securityContext', 'volumeMounts'];

function isContainer(value: Value): boolean {
  if (!value.isMapping || value.field('containers')) return false;
  return value.field('image') !== undefined || (hasName(value) && CONTAINER_KEYS.some((name) => value.field(name)));
}

const VOLUME_SOURCES = [
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'hostPath',
  'nfs',
  'persistentVolumeClaim',
  'projected',
  'secret',
];

function isVolume(value: Value): boolean {
  return value.isMapping && hasName(value) && VOLUME_SOURCES.some((name) => value.field(name));
}

function hasName(value: Value): boolean {
  return value.field('name') !== undefined;
}
