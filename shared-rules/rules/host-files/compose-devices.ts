import { remove } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { permissionsOfRule, readDevice } from '../../model/devices.ts';
import { serviceSubject } from '../../model/workload.ts';
import type { HostDeviceUse } from './host-devices.ts';

export function serviceHostDevices(file: ComposeFile): HostDeviceUse[] {
  return file.services.flatMap((service) => [
    ...itemsOf(service, 'devices').flatMap((item) => deviceUse(service, item)),
    ...itemsOf(service, 'device_cgroup_rules').flatMap((item) => ruleUse(service, item)),
  ]);
}

function itemsOf({ value }: Service, name: string): readonly Value[] {
  return value.get(name)?.items() ?? [];
}

/** The short form, or a mapping of `source`, `target` and `permissions`. */
function deviceUse(service: Service, item: Value): HostDeviceUse[] {
  const at = item.get('source') ?? item;
  const text = composeText(at);
  if (!text) return [];
  const short = item.isMapping ? { source: text.text, permissions: 'rwm' } : readDevice(text.text);
  const permissions = composeText(item.get('permissions'))?.text ?? short.permissions;
  if (!short.source.startsWith('/')) return [];
  return [toUse(service, item, { at, device: short.source, permissions, fromDefault: text.fromDefault })];
}

function ruleUse(service: Service, item: Value): HostDeviceUse[] {
  const text = composeText(item);
  const permissions = permissionsOfRule(text?.text ?? '');
  if (!text || !permissions) return [];
  return [toUse(service, item, { at: item, device: text.text, permissions, fromDefault: text.fromDefault })];
}

type Device = Pick<HostDeviceUse, 'at' | 'device' | 'permissions' | 'fromDefault'>;

function toUse(service: Service, item: Value, device: Device): HostDeviceUse {
  return { subject: serviceSubject(service), ...device, removal: [remove(item)] };
}
