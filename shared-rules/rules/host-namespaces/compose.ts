import type { Change } from '../../language/change.ts';
import { put } from '../../language/yaml/change.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { serviceWorkload } from '../../model/ai/service-traits.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { serviceSubject } from '../../model/workload.ts';
import { type HostNamespace, type HostNamespaceUse, removal } from './use.ts';

/** Compose's keys whose value `host` joins a namespace of the host; from the Compose specification. */
const COMPOSE_KEYS: readonly (readonly [string, HostNamespace])[] = [
  ['pid', 'process'],
  ['ipc', 'IPC'],
  ['userns_mode', 'user'],
  ['uts', 'UTS'],
  ['cgroup', 'cgroup'],
];

export function serviceHostNamespaceUses(file: ComposeFile, ai: AiContext): HostNamespaceUse[] {
  return file.services.flatMap((service) =>
    COMPOSE_KEYS.flatMap(([key, namespace]) => {
      const field = service.value.field(key);
      const text = composeText(field?.value);
      if (!field || text?.text !== 'host') return [];
      const memory = namespace === 'IPC' ? sharedMemorySize(service) : [];
      return {
        subject: serviceSubject(service),
        namespace,
        at: field.value,
        spelling: `${key}: host`,
        fromDefault: text.fromDefault,
        fixes: removal(field, ', and set shm_size to 1gb', memory),
        workload: () => serviceWorkload(service, ai),
      };
    }),
  );
}

function sharedMemorySize({ value }: Service): Change[] {
  return value.get('shm_size') ? [] : [put(value, ['shm_size'], '1gb')];
}
