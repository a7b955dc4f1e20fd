import { put, remove } from '../../language/yaml/change.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import type { AiContext } from '../../model/ai/overrides.ts';
import { serviceWorkload } from '../../model/ai/service-traits.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { hostNetworkUses } from '../../model/compose/host-network.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { serviceSubject } from '../../model/workload.ts';
import type { Fix } from '../api.ts';
import type { HostNetworkUse } from './host-network-use.ts';
import { NO_NEED } from './need.ts';
import { seccompProfiles } from './seccomp-profiles.ts';

/** A use that is inherited comes behind the one it is inherited from, which stands at the same place. */
export function serviceHostNetworkUses(file: ComposeFile, ai: AiContext): HostNetworkUse[] {
  const uses = file.services.flatMap((service) => hostNetworkUses(service).map((use) => ({ service, use })));
  return [...uses.filter(({ use }) => !use.isInherited), ...uses.filter(({ use }) => use.isInherited)].map(
    ({ service, use }) => toUse(service, use, ai),
  );
}

type ServiceUse = ReturnType<typeof hostNetworkUses>[number];

function toUse(service: Service, use: ServiceUse, ai: AiContext): HostNetworkUse {
  const { network } = use;
  const ports = service.value.field('ports');
  return {
    subject: serviceSubject(service),
    at: use.at,
    spelling: network ? `network "${network.name}", which is the host's` : 'network_mode: host',
    check: network ? 'engine' : 'network-mode',
    fromDefault: use.fromDefault,
    related: [
      ...(network ? [{ message: "This network is the host's own", at: keyPlace(network) }] : []),
      ...seccompProfiles((service.value.get('security_opt')?.items() ?? []).map((at) => ({ text: at.text, at }))),
    ],
    fixes: serviceFixes(service, use),
    offers: () => ({}),
    ignoredPorts:
      ports && ports.value.items().length > 0 ? { at: keyPlace(ports), removal: [remove(ports)] } : undefined,
    isDevContainer: /(?:^|[\\/])\.devcontainer[\\/]/.test(service.file.path),
    workload: () => serviceWorkload(service, ai),
    need: () => NO_NEED,
  };
}

/** Their devices are found by multicast on the local network, which does not reach a network of the engine. */
const NEEDS_MULTICAST = /(?:^|[/-])(?:home-?assistant|homebridge)(?:[:@]|$)/;

/** None for what cannot work elsewhere, and none in a service that only inherits the mode. */
function serviceFixes(service: Service, use: ServiceUse): Fix[] {
  const image = composeText(service.value.get('image'))?.text ?? '';
  if (use.isInherited || NEEDS_MULTICAST.test(image)) return [];
  const what = use.network ? `network "${use.network.name}"` : 'network_mode';
  const plain: Fix = { title: `Remove ${what}`, safety: 'review', changes: [remove(use.entry)] };
  const hasPorts = (service.value.get('ports')?.items() ?? []).length > 0;
  if (hasPorts) return [{ ...plain, title: `${plain.title} and keep the published ports` }];
  const exposed = exposedPorts(service);
  if (exposed.length === 0) return [plain];
  return [
    {
      ...plain,
      title: `${plain.title} and publish ${exposed.join(' and ')} on 127.0.0.1`,
      changes: [...plain.changes, put(service.value, ['ports'], exposed.map(onLoopback))],
    },
    plain,
  ];
}

/** The ports that `expose` names, such as `8080` and `53/udp`; none where one of them is not a plain port. */
function exposedPorts({ value }: Service): string[] {
  const ports = (value.get('expose')?.items() ?? []).map((item) => item.text ?? '');
  return ports.every((port) => /^\d+(?:\/(?:tcp|udp))?$/.test(port)) ? ports : [];
}

function onLoopback(port: string): string {
  return `127.0.0.1:${Number.parseInt(port, 10)}:${port}`;
}
