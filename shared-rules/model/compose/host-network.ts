import type { Place } from '../../language/place.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import { composeBoolean } from './booleans.ts';
import { type ComposeFile, type Service, serviceField } from './compose.ts';
import { composeText } from './interpolation.ts';

/** A way in which a service joins the host's network. */
export interface ServiceHostNetwork {
  /** What says so: the value of `network_mode`, or the name of the network in the service's list. */
  readonly at: Place;
  /** The entry to remove in order to leave the host's network. */
  readonly entry: Field | Value;
  readonly fromDefault: boolean;
  /** The top-level network that is named `host`, where one is used. */
  readonly network: Field | undefined;
  /** Whether a service that this one extends says so. */
  readonly isInherited: boolean;
}

/** How the service joins the host's network: by `network_mode`, or by a network whose name is `host`. */
export function hostNetworkUses(service: Service): ServiceHostNetwork[] {
  const mode = serviceField(service, 'network_mode');
  const text = composeText(mode?.value);
  if (mode && text?.text === 'host') {
    const isInherited = mode.owner.node !== service.value.node;
    return [{ at: mode.value, entry: mode, fromDefault: text.fromDefault, network: undefined, isInherited }];
  }
  const networks = service.value.get('networks');
  const uses: ServiceHostNetwork[] = [];
  for (const item of networks?.items() ?? []) {
    const named = hostNamedNetwork(service.file, item.text);
    if (named) uses.push({ at: item, entry: item, ...named, isInherited: false });
  }
  for (const field of networks?.fields() ?? []) {
    const named = hostNamedNetwork(service.file, field.name);
    if (named) uses.push({ at: keyPlace(field), entry: field, ...named, isInherited: false });
  }
  return uses;
}

/** The top-level network of that key if its real name is `host`: an external network takes its key as its name. */
function hostNamedNetwork(file: ComposeFile, key: string | undefined) {
  const network = key === undefined ? undefined : file.root.at('networks')?.field(key);
  if (!network) return undefined;
  const external = network.value.get('external');
  const name = network.value.get('name') ?? external?.get('name');
  const text = composeText(name);
  if (name) return text?.text === 'host' ? { network, fromDefault: text.fromDefault } : undefined;
  const switched = composeBoolean(external);
  if (key !== 'host' || !(external?.isMapping || switched?.value)) return undefined;
  return { network, fromDefault: switched?.fromDefault ?? false };
}
