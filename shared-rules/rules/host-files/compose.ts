import { remove } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { serviceWorkload } from '../../model/ai/service-traits.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { serviceSubject } from '../../model/workload.ts';
import { type HostMount, NO_VOLUME } from './host-mount.ts';
import { socketProxyFix } from './socket-proxy.ts';

export function serviceHostMounts(file: ComposeFile, ai: AiContext): HostMount[] {
  return file.services.flatMap((service) => [...serviceVolumes(service, ai), ...apiSocket(service, ai)]);
}

function serviceVolumes(service: Service, ai: AiContext): HostMount[] {
  return (service.value.get('volumes')?.items() ?? []).flatMap((volume) => {
    const mount = volume.isMapping ? longVolume(volume) : shortVolume(service, volume);
    if (!mount) return [];
    return {
      ...NO_VOLUME,
      subject: serviceSubject(service),
      exposed: [{ path: mount.spelling, isReadOnly: mount.isReadOnly }],
      images: [composeText(service.value.get('image'))?.text ?? []].flat(),
      fixes: [{ title: `Remove the mount of ${mount.spelling}`, safety: 'review', changes: [remove(volume)] }],
      proxyFix: socketProxyFix(service, remove(volume), mount.spelling),
      workload: () => serviceWorkload(service, ai),
      ...mount,
    };
  });
}

type Mount = Pick<HostMount, 'at' | 'spelling' | 'fromDefault' | 'related'> & { readonly isReadOnly: boolean };

/** `type: bind` (or `npipe`) with a `source`. */
function longVolume(volume: Value): Mount | undefined {
  const type = volume.get('type')?.text;
  const source = volume.get('source');
  const text = type === 'volume' || type === 'image' ? undefined : composeText(source);
  if (!source || !text) return undefined;
  const isReadOnly = volume.get('read_only')?.boolean === true;
  return { at: source, spelling: text.text, fromDefault: text.fromDefault, related: [], isReadOnly };
}

/** `SOURCE:TARGET[:OPTIONS]`; a source without a slash names a volume, which may be bound to a path by its driver. */
function shortVolume(service: Service, volume: Value): Mount | undefined {
  const text = composeText(volume);
  const source = text && shortSource(text.text);
  if (!source) return undefined;
  const isReadOnly = /:(?:[^:]*,)?ro(?:,[^:]*)?$/.test(text.text);
  if (!/^[.~/\\]|^[a-zA-Z]:/.test(source)) return boundVolume(service, source, volume, isReadOnly);
  const range = volume.rangeOf(source);
  return { at: { range, path: volume.path }, spelling: source, fromDefault: text.fromDefault, related: [], isReadOnly };
}

/** The part before the first colon that is not a drive's, as in `C:\data:/data`. */
function shortSource(text: string): string | undefined {
  const match = /^((?:[a-zA-Z]:(?=[\\/]))?[^:]*):/.exec(text);
  return match?.[1];
}

/** A named volume of the local driver with `o: bind` is a host path in disguise. */
function boundVolume(service: Service, name: string, volume: Value, isReadOnly: boolean): Mount | undefined {
  const device = service.file.root.at('volumes', name, 'driver_opts', 'device');
  const text = composeText(device);
  if (!device || !text) return undefined;
  return {
    at: device,
    spelling: text.text,
    fromDefault: text.fromDefault,
    related: [{ message: 'Mounted here', at: volume }],
    isReadOnly,
  };
}

/** `use_api_socket: true` mounts the engine's socket and the user's registry credentials. */
function apiSocket(service: Service, ai: AiContext): HostMount[] {
  const field = service.value.field('use_api_socket');
  if (field?.value.boolean !== true) return [];
  return [
    {
      ...NO_VOLUME,
      subject: serviceSubject(service),
      at: field.value,
      exposed: [{ path: '/var/run/docker.sock', isReadOnly: false }],
      spelling: 'use_api_socket: true',
      fromDefault: false,
      related: [],
      images: [composeText(service.value.get('image'))?.text ?? []].flat(),
      fixes: [{ title: 'Remove use_api_socket', safety: 'review', changes: [remove(field)] }],
      proxyFix: socketProxyFix(service, remove(field), '/var/run/docker.sock'),
      workload: () => serviceWorkload(service, ai),
    },
  ];
}
