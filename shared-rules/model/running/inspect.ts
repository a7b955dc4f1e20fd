import type { Value } from '../../language/yaml/value.ts';
import { engineSubject, type Subject } from '../workload.ts';

/**
 * A container as its engine describes it: an item of what `docker inspect` and `podman inspect` print, or the answer
 * of the Docker Engine API. Facts: moby's `api/types/container`, and what Podman 4.3 prints.
 */
export interface InspectedContainer {
  readonly value: Value;
  readonly id: string;
  /** Without the slash that the API puts in front. */
  readonly name: string;
  readonly hostConfig: Value;
  /** All containers of the document, this one too. */
  readonly all: readonly InspectedContainer[];
}

/** The containers that a document describes: it is one, or a list. What else an engine describes is left out. */
export function readContainers(root: Value): InspectedContainer[] {
  const all: InspectedContainer[] = [];
  for (const value of root.isSequence ? root.items() : [root]) {
    const id = value.get('Id')?.text;
    const hostConfig = value.get('HostConfig');
    if (!id || !hostConfig?.isMapping) continue;
    const name = value.get('Name')?.text?.replace(/^\//, '');
    all.push({ value, id, name: name || id.slice(0, 12), hostConfig, all });
  }
  return all;
}

export function containerSubject({ name, value }: InspectedContainer): Subject {
  return engineSubject('container', name, value.range, value.at('Config', 'Image')?.text);
}

/** A setting that puts a container into a namespace of the host. */
export interface HostMode {
  readonly at: Value;
  /** As it is written, such as `PidMode: host`. */
  readonly spelling: string;
}

/**
 * What puts a container into a namespace of the host: `host` itself, or `container:ID` where that container is in it.
 * @param key such as `NetworkMode`
 */
export function hostMode(container: InspectedContainer, key: string): HostMode | undefined {
  const at = container.hostConfig.get(key);
  if (at?.text === 'host') return { at, spelling: `${key}: host` };
  const seen = new Set([container]);
  let joined = at && joinedContainer(container, at.text);
  while (joined && !seen.has(joined)) {
    const mode = joined.hostConfig.get(key)?.text;
    if (mode === 'host')
      return { at: at as Value, spelling: `${key}: container:${joined.name}, which is in the host's` };
    seen.add(joined);
    joined = joinedContainer(joined, mode);
  }
  return undefined;
}

function joinedContainer({ all }: InspectedContainer, mode: string | undefined): InspectedContainer | undefined {
  const reference = /^container:(.+)$/.exec(mode ?? '')?.[1];
  return reference === undefined ? undefined : all.find(({ id, name }) => name === reference || id === reference);
}
