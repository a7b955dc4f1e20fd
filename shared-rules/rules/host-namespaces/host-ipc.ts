import type { Change } from '../../language/change.ts';
import { put, remove } from '../../language/yaml/change.ts';
import type { Field } from '../../language/yaml/value.ts';
import { classify, describeSignals } from '../../model/ai/classify.ts';
import { type ContainerCommand, type Option, optionsOf } from '../../model/commands/container-command.ts';
import type { Service } from '../../model/compose/compose.ts';
import type { Container, Pod } from '../../model/kubernetes/objects.ts';
import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule, type Fix } from '../api.ts';
import { review, reviewIfPossible } from '../fixes.ts';
import { hostWord } from '../platform.ts';
import { hostNamespaceView } from './host-namespace-view.ts';

export const hostIpc = defineRule({
  id: 'host-ipc',
  on: hostNamespaceView(
    { pod: 'hostIPC', compose: 'ipc', flag: 'ipc', inspect: ['IpcMode'] },
    // Most workloads join it for large shared memory, which they can have of their own.
    { pod: withMemoryVolume, compose: withSize, command: sizeInstead },
  ),
  *detect({ subject, platform, at, spelling, fromDefault, fixes, workload }) {
    const { class: aiClass, signals } = classify(workload());
    const isAi = aiClass === 'ai';
    const what = isAi ? ` (AI workload: ${describeSignals(signals)})` : '';
    yield {
      at,
      check: platform,
      ...(isAi && { severity: 'high' }),
      message: `${workloadName(subject)}${what} shares the ${hostWord(platform)}'s IPC namespace (${spelling})${unlessSet(fromDefault)}. It can read and change the shared memory and message queues of every process on the ${hostWord(platform)}. Remove it; for large shared memory give /dev/shm memory of its own.`,
      fixes,
    };
  },
});

function withMemoryVolume(pod: Pod, field: Field): Fix[] {
  const changes = memoryVolume(pod);
  if (changes.length === 0) return [];
  return [review('Remove hostIPC, and give /dev/shm memory of its own', remove(field), ...changes)];
}

const MOUNT_PATH = '/dev/shm';

/** A memory volume at /dev/shm for every container that has none there. */
function memoryVolume(pod: Pod): Change[] {
  const hasNone = ({ value, volumeMounts }: Container) =>
    value.parent?.key === 'containers' && !volumeMounts.some((mount) => mount.get('mountPath')?.text === MOUNT_PATH);
  const containers = pod.containers.filter(hasNone);
  const volumes = pod.spec.get('volumes')?.items() ?? [];
  const taken = new Set(volumes.map((volume) => volume.get('name')?.text));
  const name = ['shm', 'shared-memory'].find((candidate) => !taken.has(candidate));
  if (containers.length === 0 || !name) return [];
  return [
    put(pod.spec, ['volumes'], [{ name, emptyDir: { medium: 'Memory' } }]),
    ...containers.map(({ value }) => put(value, ['volumeMounts'], [{ name, mountPath: MOUNT_PATH }])),
  ];
}

function withSize({ value }: Service, field: Field): Fix[] {
  if (value.get('shm_size')) return [];
  return [review('Remove ipc, and set shm_size to 1gb', remove(field), put(value, ['shm_size'], '1gb'))];
}

function sizeInstead(command: ContainerCommand, option: Option): Fix[] {
  if (optionsOf(command, 'shm-size').length > 0) return [];
  return reviewIfPossible(`Replace ${option.spelling} by --shm-size=1g`, option.replacedBy(['--shm-size=1g']));
}
