import type { Place } from '../../language/place.ts';
import { replace } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import type { Container, KubernetesObject, Pod } from '../../model/kubernetes/objects.ts';
import { podSubject, type Subject, serviceSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';

/** A mount through which what a container mounts appears on the host as well, on any surface. */
export interface SharedMount {
  readonly subject: Subject;
  readonly at: Place;
  /** As it is written, such as `mountPropagation: Bidirectional`. */
  readonly spelling: string;
  /** The path of the host, where it is known. */
  readonly source: string | undefined;
  readonly fixes: readonly Fix[];
}

export function podSharedMounts(object: KubernetesObject): SharedMount[] {
  return object.pods.flatMap((pod) => pod.containers.flatMap((container) => mountsOf(pod, container)));
}

function mountsOf(pod: Pod, { volumeMounts }: Container): SharedMount[] {
  return volumeMounts.flatMap((mount) => {
    const at = mount.get('mountPropagation');
    if (at?.text !== 'Bidirectional') return [];
    const name = mount.get('name')?.text;
    const volume = pod.spec
      .get('volumes')
      ?.items()
      .find((candidate) => name !== undefined && candidate.get('name')?.text === name);
    return {
      subject: podSubject(pod),
      at,
      spelling: 'mountPropagation: Bidirectional',
      source: volume?.at('hostPath', 'path')?.text,
      fixes: [
        {
          title: 'Set mountPropagation to HostToContainer',
          safety: 'review',
          changes: [replace(at, 'HostToContainer')],
        },
      ],
    };
  });
}

export function serviceSharedMounts(file: ComposeFile): SharedMount[] {
  return file.services.flatMap((service) =>
    (service.value.get('volumes')?.items() ?? []).flatMap((volume) =>
      volume.isMapping ? longMount(service, volume) : shortMount(service, volume),
    ),
  );
}

/** `bind: { propagation: rshared }`. */
function longMount(service: Service, volume: Value): SharedMount[] {
  const at = volume.at('bind', 'propagation');
  const mode = composeText(at)?.text;
  if (!at || (mode !== 'shared' && mode !== 'rshared')) return [];
  const source = composeText(volume.get('source'))?.text;
  return [toMount(service, { at, spelling: `propagation: ${mode}`, source, fixes: [toSlave(at, mode)] })];
}

/** `SOURCE:TARGET:OPTIONS`, with the propagation among the options; only a path can have one. */
function shortMount(service: Service, volume: Value): SharedMount[] {
  const text = composeText(volume)?.text;
  const match = /^([.~/].*?):.*[:,](r?shared)(?:,[^:]*)?$/.exec(text ?? '');
  const mode = match?.[2];
  if (!mode) return [];
  return [toMount(service, { at: volume, spelling: `:${mode}`, source: match[1], fixes: [toSlave(volume, mode)] })];
}

/** The host's mounts go on to appear in the container, but not the other way round. */
function toSlave(at: Value, mode: string): Fix {
  const slave = mode.replace('shared', 'slave');
  const text = (at.text ?? '').replace(/\br?shared\b(?=[^:]*$)/, slave);
  return { title: `Set the propagation to ${slave}`, safety: 'review', changes: [replace(at, text)] };
}

function toMount(service: Service, mount: Omit<SharedMount, 'subject'>): SharedMount {
  return { subject: serviceSubject(service), ...mount };
}
