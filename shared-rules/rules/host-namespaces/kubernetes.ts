import type { Change } from '../../language/change.ts';
import { put } from '../../language/yaml/change.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { podWorkload } from '../../model/ai/pod-traits.ts';
import { type KubernetesObject, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { podSubject } from '../../model/workload.ts';
import { type HostNamespace, type HostNamespaceUse, removal } from './use.ts';

const POD_FIELDS: readonly (readonly [string, HostNamespace])[] = [
  ['hostPID', 'process'],
  ['hostIPC', 'IPC'],
];

export function podHostNamespaceUses(object: KubernetesObject, ai: AiContext): HostNamespaceUse[] {
  return object.pods.flatMap((pod) =>
    POD_FIELDS.flatMap(([key, namespace]) => {
      const field = trueField(pod.spec, key);
      if (!field) return [];
      const memory = namespace === 'IPC' ? sharedMemory(pod) : [];
      return {
        subject: podSubject(pod),
        namespace,
        at: field.value,
        spelling: `${key}: true`,
        fromDefault: false,
        fixes: removal(field, ', and give /dev/shm memory of its own', memory),
        workload: () => podWorkload(pod, ai),
      };
    }),
  );
}

const SHARED_MEMORY = '/dev/shm';

/** A memory volume at /dev/shm for every container that has none there. */
function sharedMemory(pod: Pod): Change[] {
  const hasNone = (container: (typeof pod.containers)[number]) =>
    container.value.parent?.key === 'containers' &&
    !container.volumeMounts.some((mount) => mount.get('mountPath')?.text === SHARED_MEMORY);
  const containers = pod.containers.filter(hasNone);
  const volumes = pod.spec.get('volumes')?.items() ?? [];
  const taken = new Set(volumes.map((volume) => volume.get('name')?.text));
  const name = ['shm', 'shared-memory'].find((candidate) => !taken.has(candidate));
  if (containers.length === 0 || !name) return [];
  return [
    put(pod.spec, ['volumes'], [{ name, emptyDir: { medium: 'Memory' } }]),
    ...containers.map(({ value }) => put(value, ['volumeMounts'], [{ name, mountPath: SHARED_MEMORY }])),
  ];
}
