import type { Place } from '../../language/place.ts';
import { isKnown, readable } from '../../language/unknown.ts';
import { remove } from '../../language/yaml/change.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { serviceWorkload } from '../../model/ai/service-traits.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { composeText, partlyKnownText } from '../../model/compose/interpolation.ts';
import { type ServiceMount, serviceMounts } from '../../model/compose/volumes.ts';
import { isSharedMode } from '../../model/mounts.ts';
import { serviceSubject } from '../../model/workload.ts';
import type { Related } from '../api.ts';
import { type HostMount, type MountRemoval, type SharedMount, toSlave } from './host-mount.ts';
import { toSocketProxy } from './socket-proxy.ts';

export function serviceHostMounts(file: ComposeFile, ai: AiContext): HostMount[] {
  return file.services.flatMap((service) => [...serviceVolumes(service, ai), ...apiSocket(service, ai)]);
}

function serviceVolumes(service: Service, ai: AiContext): HostMount[] {
  return serviceMounts(service.value).flatMap((mount) => {
    const source = sourceOf(service, mount);
    if (!source) return [];
    const { path } = source;
    return {
      ...common(service, ai, source.written, {
        what: `the mount of ${readable(path)}`,
        changes: [remove(mount.entry)],
      }),
      at: source.at,
      exposed: [{ path, isReadOnly: mount.isReadOnly }],
      spelling: readable(path),
      fromDefault: source.fromDefault,
      related: source.related,
    };
  });
}

/**
 * What the mounts of a service have in common.
 * @param socket the path as another mount can have it, if it can
 */
function common(service: Service, ai: AiContext, socket: string | undefined, removal: MountRemoval) {
  return {
    subject: serviceSubject(service),
    platform: 'engine' as const,
    images: [composeText(service.value.get('image'))?.text ?? []].flat(),
    removal,
    toSocketProxy: socket === undefined ? undefined : toSocketProxy(service, removal.changes, socket),
    workload: () => serviceWorkload(service, ai),
  };
}

interface BoundPath {
  readonly path: string;
  /** As another mount can have it: in full, or with its variables. */
  readonly written: string | undefined;
  readonly at: Place;
  readonly fromDefault: boolean;
  readonly related: readonly Related[];
}

function sourceOf(service: Service, mount: ServiceMount): BoundPath | undefined {
  const { type, source, fromDefault } = mount;
  if (!source || type === 'image') return undefined;
  if (type === 'volume') return boundVolume(service, mount, source.text);
  const written = isKnown(source.text) ? source.text : source.written;
  return { path: source.text, written, at: source.at, fromDefault, related: [] };
}

/** A named volume of the local driver with `o: bind` is a host path in disguise. */
function boundVolume({ file }: Service, { entry }: ServiceMount, name: string): BoundPath | undefined {
  const device = file.root.at('volumes', name, 'driver_opts', 'device');
  const text = partlyKnownText(device);
  if (!device || !text) return undefined;
  const related = [{ message: 'Mounted here', at: entry.get('source') ?? entry }];
  return { path: text.text, written: device.text, at: device, fromDefault: text.fromDefault, related };
}

/** `use_api_socket: true` mounts the engine's socket and the user's registry credentials. */
function apiSocket(service: Service, ai: AiContext): HostMount[] {
  const field = service.value.field('use_api_socket');
  if (field?.value.boolean !== true) return [];
  const path = '/var/run/docker.sock';
  return [
    {
      ...common(service, ai, path, { what: 'use_api_socket', changes: [remove(field)] }),
      at: field.value,
      exposed: [{ path, isReadOnly: false }],
      spelling: 'use_api_socket: true',
      fromDefault: false,
      related: [],
    },
  ];
}

export function serviceSharedMounts(file: ComposeFile): SharedMount[] {
  return file.services.flatMap((service) =>
    serviceMounts(service.value).flatMap((mount) => sharedMount(service, mount)),
  );
}

/** Only a path can have a propagation; Compose drops that of a named volume. */
function sharedMount(service: Service, { type, source, propagation }: ServiceMount): SharedMount[] {
  if (!propagation || !isSharedMode(propagation.mode) || type === 'volume') return [];
  const { at, spelling, mode, withMode } = propagation;
  return [
    {
      subject: serviceSubject(service),
      platform: 'engine',
      at,
      spelling,
      source: source && isKnown(source.text) ? source.text : undefined,
      oneWay: toSlave(mode, withMode),
    },
  ];
}
