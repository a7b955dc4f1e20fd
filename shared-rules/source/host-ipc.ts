import type { Fix, Subject } from '../engine/rule.ts';
import { podWorkload, serviceWorkload, type Workload } from './ai/traits.ts';
import { type ComposeFile, composeText } from './compose.ts';
import { type KubernetesObject, type Pod, trueField } from './kubernetes.ts';
import { podSubject, serviceSubject } from './subject.ts';
import type { Field, Place } from './value.ts';
import { type Change, put, remove } from './yaml-edit.ts';

/** A workload that joins the host's IPC namespace, on any surface. */
export interface HostIpcUse {
  readonly subject: Subject;
  readonly at: Place;
  /** As it is written, such as `hostIPC: true`. */
  readonly spelling: string;
  readonly fromDefault: boolean;
  /** Without the namespace, and without it but with shared memory of the workload's own. */
  readonly fixes: readonly Fix[];
  readonly workload: () => Workload;
}

export function podHostIpcUses(object: KubernetesObject): HostIpcUse[] {
  return object.pods.flatMap((pod) => {
    const field = trueField(pod.spec, 'hostIPC');
    if (!field) return [];
    return {
      subject: podSubject(pod),
      at: field.value,
      spelling: 'hostIPC: true',
      fromDefault: false,
      fixes: podFixes(pod, field),
      workload: () => podWorkload(pod),
    };
  });
}

function podFixes(pod: Pod, field: Field): Fix[] {
  const withMemory = {
    title: 'Remove hostIPC, and give /dev/shm memory of its own',
    changes: [remove(field), ...sharedMemory(pod)],
  };
  return [
    { title: 'Remove hostIPC', safety: 'review', changes: [remove(field)] },
    ...(withMemory.changes.length > 1 ? [{ ...withMemory, safety: 'review' as const }] : []),
  ];
}

const SHARED_MEMORY = '/dev/shm';

/** A memory volume at /dev/shm for every container that has none there. */
function sharedMemory(pod: Pod): Change[] {
  const containers = (pod.spec.get('containers')?.items() ?? []).filter(
    (container) =>
      container.isMapping &&
      !container
        .get('volumeMounts')
        ?.items()
        .some((mount) => mount.get('mountPath')?.text === SHARED_MEMORY),
  );
  if (containers.length === 0) return [];
  const taken = new Set(
    pod.spec
      .get('volumes')
      ?.items()
      .map((volume) => volume.get('name')?.text),
  );
  const name = ['shm', 'shared-memory', 'bulkhead-shm'].find((candidate) => !taken.has(candidate));
  if (!name) return [];
  return [
    put(pod.spec, ['volumes'], [{ name, emptyDir: { medium: 'Memory' } }]),
    ...containers.map((container) => put(container, ['volumeMounts'], [{ name, mountPath: SHARED_MEMORY }])),
  ];
}

export function serviceHostIpcUses(file: ComposeFile): HostIpcUse[] {
  return file.services.flatMap((service) => {
    const field = service.value.field('ipc');
    const text = composeText(field?.value);
    if (!field || text?.text !== 'host') return [];
    const removal = remove(field);
    const hasSize = service.value.get('shm_size') !== undefined;
    const title = 'Remove ipc, and set shm_size to 1gb';
    return {
      subject: serviceSubject(service),
      at: field.value,
      spelling: 'ipc: host',
      fromDefault: text.fromDefault,
      fixes: [
        { title: 'Remove ipc', safety: 'review' as const, changes: [removal] },
        ...(hasSize
          ? []
          : [{ title, safety: 'review' as const, changes: [removal, put(service.value, ['shm_size'], '1gb')] }]),
      ],
      workload: () => serviceWorkload(service),
    };
  });
}
