import { remembered } from '../../language/remembered.ts';
import type { Value } from '../../language/yaml/value.ts';
import { imageRepository } from '../image.ts';
import type { Container, KubernetesObject, Pod } from '../kubernetes/objects.ts';
import { readCommandLine } from './command-line.ts';
import { type AiContext, annotationOverride, commentOverride, type Override, settingOverride } from './overrides.ts';
import { addLabels, kindOf, Traits, type WorkloadTraits } from './traits.ts';

/** A pod with all that its object says, as the classifier sees it. */
export function podWorkload(pod: Pod, context: AiContext): WorkloadTraits {
  return workloadsIn(context)(pod);
}

const workloadsIn = remembered((context: AiContext) => remembered((pod: Pod) => readPod(pod, context)));

function readPod(pod: Pod, context: AiContext): WorkloadTraits {
  const { object, spec, metadata } = pod;
  const traits = new Traits();
  const ownMetadata = object.root.get('metadata');
  const metadatas = ownMetadata?.node === metadata?.node ? [ownMetadata] : [ownMetadata, metadata];
  addObject(traits, object);
  for (const one of metadatas.slice(1)) addMetadata(traits, one);
  traits.addText('runtime class', spec.get('runtimeClassName'));
  addNodeChoice(traits, spec);
  addDeviceClaims(traits, pod, context);
  addVolumes(traits, pod);
  for (const container of pod.containers) addContainer(traits, container);
  return {
    kind: kindOf(object),
    namespace: object.namespace,
    traits: traits.all,
    override: overrideFor(object, metadatas, traits, context),
  };
}

/** Kinds of AI platforms whose operator makes the whole pod, so that they may hold no pod spec. */
const MADE_BY_OPERATOR =
  /^(?:apps\.nvidia\.com\/(?:NIM|Nemo)\w+|kubeai\.org\/Model|production-stack\.vllm\.ai\/(?:VLLMRuntime|VLLMRouter|CacheServer)|inference\.llmaz\.io\/Playground|kaito\.sh\/\w+|serving\.kserve\.io\/(?:LLM)?InferenceService|serving\.yatai\.ai\/BentoDeployment|kagent\.dev\/(?:\w*Agent|AgentHarness))$/;

/** Whether its operator makes the pods of an object that need not say anything about them. */
export function isMadeByOperator(object: KubernetesObject): boolean {
  return isKindMadeByOperator(kindOf(object));
}

/** @param kind `group/Kind` */
export function isKindMadeByOperator(kind: string): boolean {
  return MADE_BY_OPERATOR.test(kind);
}

/** An object whose pods its operator makes, as the classifier sees it. */
export function objectWorkload(object: KubernetesObject, context: AiContext): WorkloadTraits {
  const traits = new Traits();
  addObject(traits, object);
  return {
    kind: kindOf(object),
    namespace: object.namespace,
    traits: traits.all,
    override: overrideFor(object, [object.root.get('metadata')], traits, context),
  };
}

function addObject(traits: Traits, object: KubernetesObject): void {
  traits.add('kind', kindOf(object), object.root.get('kind'));
  traits.addText('name', object.root.at('metadata', 'name'));
  addMetadata(traits, object.root.get('metadata'));
}

function addMetadata(traits: Traits, metadata: Value | undefined): void {
  for (const name of ['labels', 'annotations']) addLabels(traits, metadata?.get(name));
}

/** A comment at the name goes before an annotation, and the file before the settings. */
function overrideFor(
  object: KubernetesObject,
  metadatas: readonly (Value | undefined)[],
  traits: Traits,
  context: AiContext,
): Override | undefined {
  const comment = commentOverride(context, nameOf(object));
  if (comment) return comment;
  for (const metadata of metadatas.toReversed())
    for (const word of ['annotation', 'label']) {
      const override = annotationOverride(context, metadata?.get(`${word}s`), word);
      if (override) return override;
    }
  return settingOverride(
    context,
    traits.all.filter(({ aspect }) => aspect === 'image'),
  );
}

/** Where an object's name is written; its kind where it has none. */
export function nameOf({ root }: KubernetesObject): Value | undefined {
  const metadata = root.get('metadata');
  return metadata?.get('name') ?? metadata?.get('generateName') ?? root.get('kind');
}

/** On which nodes it may run. */
function addNodeChoice(traits: Traits, spec: Value): void {
  for (const { name, value } of spec.get('nodeSelector')?.fields() ?? []) traits.add('node', name, value);
  for (const item of spec.get('tolerations')?.items() ?? []) traits.addText('node', item.get('key'));
  const affinity = spec.at('affinity', 'nodeAffinity');
  const required = affinity?.at('requiredDuringSchedulingIgnoredDuringExecution', 'nodeSelectorTerms')?.items() ?? [];
  const preferred = affinity?.get('preferredDuringSchedulingIgnoredDuringExecution')?.items() ?? [];
  for (const term of [...required, ...preferred.flatMap((item) => item.get('preference') ?? [])])
    for (const expression of term.get('matchExpressions')?.items() ?? []) traits.addText('node', expression.get('key'));
}

/** Kinds of objects whose names a pod's claims refer to. */
export const DEVICE_CLAIM_KINDS = ['ResourceClaimTemplate', 'ResourceClaim'];

/**
 * The classes of the devices it claims, where the claims stand in the same file. Fields: the API resource.k8s.io in all
 * its versions.
 */
function addDeviceClaims(traits: Traits, { object, spec }: Pod, { objects }: AiContext): void {
  for (const claim of spec.get('resourceClaims')?.items() ?? []) {
    for (const [kind, field, path] of [
      ['ResourceClaimTemplate', 'resourceClaimTemplateName', ['spec', 'spec', 'devices', 'requests']],
      ['ResourceClaim', 'resourceClaimName', ['spec', 'devices', 'requests']],
    ] as const) {
      const name = claim.get(field)?.text;
      const target = objects(kind).find(
        (other) =>
          name !== undefined &&
          other.name === name &&
          (other.namespace ?? object.namespace) === (object.namespace ?? other.namespace),
      );
      for (const request of target?.root.at(...path)?.items() ?? [])
        for (const owner of [request, request.get('exactly'), ...(request.get('firstAvailable')?.items() ?? [])])
          traits.addText('resource', owner?.get('deviceClassName'));
    }
  }
}

const SHARED_MEMORY = '/dev/shm';

/** Volumes by the names of what they hold, the paths of the node among them. */
function addVolumes(traits: Traits, { object, spec, containers }: Pod): void {
  const volumes = spec.get('volumes')?.items() ?? [];
  for (const volume of volumes) {
    traits.addText('volume', volume.at('persistentVolumeClaim', 'claimName'));
    traits.addText('volume', volume.at('image', 'reference'));
    if (volume.get('csi')) traits.addText('volume', volume.get('name'));
    traits.addText('host path', volume.at('hostPath', 'path'));
  }
  for (const template of object.root.at('spec', 'volumeClaimTemplates')?.items() ?? [])
    traits.addText('volume', template.at('metadata', 'name'));
  const inMemory = new Set(
    volumes
      .filter((volume) => volume.at('emptyDir', 'medium')?.text === 'Memory')
      .map((volume) => volume.get('name')?.text),
  );
  for (const mount of containers.flatMap((container) => container.volumeMounts)) {
    const path = mount.get('mountPath');
    if (path?.text !== SHARED_MEMORY || inMemory.has(mount.get('name')?.text)) traits.addText('mount', path);
  }
}

function addContainer(traits: Traits, { value, image, env, ports }: Container): void {
  traits.add('image', image?.rawText && imageRepository(image.rawText), image);
  for (const list of ['limits', 'requests'])
    for (const field of value.at('resources', list)?.fields() ?? [])
      if (field.value.text !== '0') traits.add('resource', field.name, field.value);
  for (const item of env) traits.addText('env', item.get('name'));
  traits.addCommand(readCommandLine(value, ['command', 'args']));
  for (const port of ports) {
    traits.addText('port', port.get('containerPort'));
    traits.addText('port', port.get('name'));
  }
}
