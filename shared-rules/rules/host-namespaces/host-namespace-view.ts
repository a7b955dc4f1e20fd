import type { Place } from '../../language/place.ts';
import { remove } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import { commandWorkload } from '../../model/ai/command-traits.ts';
import { containerWorkload } from '../../model/ai/container-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import { serviceWorkload } from '../../model/ai/service-traits.ts';
import type { WorkloadTraits } from '../../model/ai/traits.ts';
import { type ContainerCommand, type Option, optionsOf, starts } from '../../model/commands/container-command.ts';
import type { Service } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { containerSubject, hostMode, type InspectedContainer } from '../../model/running/inspect.ts';
import { podSubject, serviceSubject } from '../../model/workload.ts';
import type { Fix, View, Viewed } from '../api.ts';
import { removalFixes, review } from '../fixes.ts';
import type { Platform } from '../platform.ts';

/** A workload that joins a namespace of the host. */
interface HostNamespaceUse extends Viewed {
  readonly platform: Platform;
  readonly at: Place;
  /** As it is written, such as `hostPID: true`. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  /** Its removal first. */
  readonly fixes: readonly Fix[];
  /** What the AI classifier looks at. */
  readonly workload: () => WorkloadTraits;
}

/** What joins one namespace of the host on each surface. */
interface NamespaceFields {
  /** A field of the pod spec that is true; undefined where Kubernetes shares no such namespace. */
  readonly pod?: string;
  /** Compose's key whose value is `host`; from the Compose specification. */
  readonly compose: string;
  /** An option whose value is `host`. */
  readonly flag: string;
  /** Fields of an engine's `HostConfig`; Docker and Podman may differ. */
  readonly inspect: readonly string[];
}

/** Fixes beside the removal, which put something in its place. */
interface Replacements {
  readonly pod: (pod: Pod, field: Field) => readonly Fix[];
  readonly compose: (service: Service, field: Field) => readonly Fix[];
  readonly command: (command: ContainerCommand, option: Option) => readonly Fix[];
}

const NONE: Replacements = { pod: () => [], compose: () => [], command: () => [] };

/** Shows what joins a namespace of the host. */
export function hostNamespaceView(fields: NamespaceFields, replacements = NONE): View<HostNamespaceUse> {
  return {
    name: `hostNamespace ${fields.flag}`,
    object: ({ pods }, { ai }) => pods.flatMap((pod) => inPod(pod, fields, replacements, ai)),
    composeFile: ({ services }, { ai }) => services.flatMap((service) => inService(service, fields, replacements, ai)),
    command: (command, { ai }) => (starts(command) ? inCommand(command, fields, replacements, ai) : []),
    container: (container, { ai }) => fields.inspect.flatMap((key) => running(container, key, ai)),
  };
}

function inPod(pod: Pod, fields: NamespaceFields, replacements: Replacements, ai: AiContext): HostNamespaceUse[] {
  const field = fields.pod === undefined ? undefined : trueField(pod.spec, fields.pod);
  if (!field) return [];
  return [
    {
      subject: podSubject(pod),
      platform: 'kubernetes',
      at: field.value,
      spelling: `${field.name}: true`,
      fromDefault: false,
      fixes: [removal(field), ...replacements.pod(pod, field)],
      workload: () => podWorkload(pod, ai),
    },
  ];
}

function inService(
  service: Service,
  fields: NamespaceFields,
  replacements: Replacements,
  ai: AiContext,
): HostNamespaceUse[] {
  const field = service.value.field(fields.compose);
  const text = composeText(field?.value);
  if (!field || text?.text !== 'host') return [];
  return [
    {
      subject: serviceSubject(service),
      platform: 'engine',
      at: field.value,
      spelling: `${field.name}: host`,
      fromDefault: text.fromDefault,
      fixes: [removal(field), ...replacements.compose(service, field)],
      workload: () => serviceWorkload(service, ai),
    },
  ];
}

function inCommand(
  command: ContainerCommand,
  fields: NamespaceFields,
  replacements: Replacements,
  ai: AiContext,
): HostNamespaceUse[] {
  return optionsOf(command, fields.flag)
    .filter(({ value }) => value === 'host')
    .map((option) => ({
      subject: command.subject,
      platform: 'engine',
      at: option.at,
      spelling: option.spelling,
      fromDefault: option.fromDefault,
      fixes: [...removalFixes(option, `Remove ${option.spelling}`), ...replacements.command(command, option)],
      workload: () => commandWorkload(command, ai),
    }));
}

function running(container: InspectedContainer, key: string, ai: AiContext): HostNamespaceUse[] {
  const mode = hostMode(container, key);
  if (!mode) return [];
  const workload = () => containerWorkload(container, ai);
  return [
    { ...mode, subject: containerSubject(container), platform: 'engine', fromDefault: false, fixes: [], workload },
  ];
}

function removal(field: Field): Fix {
  return review(`Remove ${field.name}`, remove(field));
}
