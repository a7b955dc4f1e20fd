import type { Value } from '../../language/yaml/value.ts';
import { containerWorkload } from '../../model/ai/container-traits.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { hostPathOf, readShortMount } from '../../model/mounts.ts';
import { containerSubject, type InspectedContainer } from '../../model/running/inspect.ts';
import type { ExposedPath, HostMount } from './host-mount.ts';
import { normalizeHostPath } from './normalize.ts';

/** Paths of the host, each once: `Mounts` has what is mounted, `Binds` and `HostConfig.Mounts` what was asked for. */
export function containerHostMounts(container: InspectedContainer, ai: AiContext): HostMount[] {
  const images = [container.value.at('Config', 'Image')?.text ?? []].flat();
  return withoutRepeats(pathsOf(container)).map(({ at, ...exposed }) => ({
    subject: containerSubject(container),
    platform: 'engine',
    at,
    exposed: [exposed],
    spelling: exposed.path,
    fromDefault: false,
    related: [],
    images,
    removal: undefined,
    toSocketProxy: undefined,
    workload: () => containerWorkload(container, ai),
  }));
}

interface InspectedPath extends ExposedPath {
  readonly at: Value;
}

function pathsOf({ value, hostConfig }: InspectedContainer): InspectedPath[] {
  const binds = hostConfig.get('Binds')?.items() ?? [];
  return [
    ...mountsIn(value, (mount) => mount.get('RW')?.boolean === false),
    ...binds.flatMap(bindPath),
    ...mountsIn(hostConfig, (mount) => mount.get('ReadOnly')?.boolean === true),
  ];
}

function mountsIn(owner: Value, isReadOnly: (mount: Value) => boolean): InspectedPath[] {
  const mounts = owner.get('Mounts')?.items() ?? [];
  return mounts
    .filter((mount) => ['bind', 'npipe'].includes(mount.get('Type')?.text ?? ''))
    .flatMap((mount) => {
      const at = mount.get('Source');
      return at?.text ? { at, path: at.text, isReadOnly: isReadOnly(mount) } : [];
    });
}

function bindPath(at: Value): InspectedPath[] {
  const mount = readShortMount(at.text ?? '');
  const path = hostPathOf(mount)?.text;
  return path ? [{ at, path, isReadOnly: mount.isReadOnly }] : [];
}

function withoutRepeats(paths: readonly InspectedPath[]): InspectedPath[] {
  const byPath = new Map<string, InspectedPath>();
  for (const one of paths) {
    const normal = normalizeHostPath(one.path);
    if (!byPath.has(normal)) byPath.set(normal, one);
  }
  return [...byPath.values()];
}
