import type { Value } from '../../language/yaml/value.ts';
import { containerWorkload } from '../../model/ai/container-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { containerSubject, type InspectedContainer } from '../../model/running/inspect.ts';
import { type HostMount, NO_VOLUME } from './host-mount.ts';
import { normalizeHostPath } from './normalize.ts';

/** Paths of the host, each once: `Mounts` tells what is mounted, `Binds` and `HostConfig.Mounts` what was asked for. */
export function containerHostMounts(container: InspectedContainer, ai: AiContext): HostMount[] {
  const { value, hostConfig } = container;
  const found = new Map<string, { at: Value; path: string; isReadOnly: boolean }>();
  const add = (at: Value | undefined, path: string | undefined, isReadOnly: boolean) => {
    if (!at || !path || found.has(normalizeHostPath(path))) return;
    found.set(normalizeHostPath(path), { at, path, isReadOnly });
  };
  for (const mount of value.get('Mounts')?.items() ?? [])
    if (isOfHost(mount)) add(mount.get('Source'), mount.get('Source')?.text, mount.get('RW')?.boolean === false);
  for (const bind of hostConfig.get('Binds')?.items() ?? []) {
    const [, path, options] = BIND.exec(bind.text ?? '') ?? [];
    add(bind, path, /(?:^|,)ro(?:,|$)/.test(options ?? ''));
  }
  for (const mount of hostConfig.get('Mounts')?.items() ?? [])
    if (isOfHost(mount)) add(mount.get('Source'), mount.get('Source')?.text, mount.get('ReadOnly')?.boolean === true);
  const images = [value.at('Config', 'Image')?.text ?? []].flat();
  return [...found.values()].map(({ at, path, isReadOnly }) => ({
    subject: containerSubject(container),
    at,
    exposed: [{ path, isReadOnly }],
    spelling: path,
    fromDefault: false,
    related: [],
    images,
    fixes: [],
    proxyFix: undefined,
    ...NO_VOLUME,
    workload: () => containerWorkload(container, ai),
  }));
}

/** `SOURCE:TARGET[:OPTIONS]` with a path for its source; both may begin with a drive of Windows. */
const BIND = /^((?:[a-zA-Z]:)?[\\/][^:]*):(?:[a-zA-Z]:)?[^:]*(?::(.*))?$/;

function isOfHost(mount: Value): boolean {
  return ['bind', 'npipe'].includes(mount.get('Type')?.text ?? '');
}
