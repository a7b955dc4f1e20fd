import { put, replace } from '../../language/yaml/change.ts';
import type { ComposeFile, Service } from '../../model/compose/compose.ts';
import { hostNetworkUses, type ServiceHostNetwork } from '../../model/compose/host-network.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { publishedOnHost } from '../../model/compose/ports.ts';
import { unlessSet, workloadName } from '../../model/wording.ts';
import { serviceSubject } from '../../model/workload.ts';
import { defineRule, type Fix, type View, type Viewed } from '../api.ts';
import { type NamedHost, namedHosts, type ServiceText, serviceTexts } from './named-hosts.ts';

/** A name by which a service looks for another of its file. */
interface ServiceReference extends Viewed {
  readonly caller: Service;
  /** The service that is looked for. */
  readonly target: Service;
  readonly text: ServiceText;
  readonly host: NamedHost;
  /** How each of the two joins the host's network; at least one of them does. */
  readonly callerMode: ServiceHostNetwork | undefined;
  readonly targetMode: ServiceHostNetwork | undefined;
}

const referenceAcrossHostNetwork: View<ServiceReference> = {
  name: 'referenceAcrossHostNetwork',
  composeFile: referencesAcrossHostNetwork,
};

/** Only the networks of a project know its services by name. */
export const unreachableServiceName = defineRule({
  id: 'unreachable-service-name',
  on: referenceAcrossHostNetwork,
  *detect(reference) {
    const { subject, target, text, host, callerMode, targetMode } = reference;
    const mode = (callerMode ?? targetMode) as ServiceHostNetwork;
    const condition = unlessSet(mode.fromDefault || text.fromDefault);
    yield {
      at: text.at,
      message: `${workloadName(subject)} looks for service ${target.name} by name (${host.spelling}), but ${reason(reference)}${condition}. ${advice(reference)}`,
      related: [{ message: "Joins the host's network here", at: mode.at }],
      fixes: targetMode ? [mapToHost(reference)] : toPublishedPort(reference),
    };
  },
});

function reason({ target, callerMode, targetMode }: ServiceReference): string {
  if (!targetMode) return "it is on the host's network, where names of services do not resolve";
  return `${callerMode ? 'both are' : `${target.name} is`} on the host's network, where a service has no name`;
}

function advice({ targetMode }: ServiceReference): string {
  return targetMode
    ? "Leave the host's network, or map the name to the host in extra_hosts."
    : "Leave the host's network, or publish the other's port on 127.0.0.1 and use that.";
}

/** The name gets the host's address: as containers see it, or as programs on the host do. */
function mapToHost({ caller, host, callerMode }: ServiceReference): Fix {
  const address = callerMode ? '127.0.0.1' : 'host-gateway';
  const hosts = caller.value.get('extra_hosts');
  const change = hosts?.isMapping
    ? put(caller.value, ['extra_hosts', host.name], address)
    : put(caller.value, ['extra_hosts'], [`${host.name}:${address}`]);
  return { title: `Map ${host.name} to the host in extra_hosts`, safety: 'review', changes: [change] };
}

/** On the host's network, what another service publishes is on the host's own address. */
function toPublishedPort({ target, text, host }: ServiceReference): Fix[] {
  const port = host.port === undefined ? undefined : publishedOnHost(target, host.port);
  const written = text.at.text ?? '';
  if (port === undefined || written.split(host.spelling).length !== 2) return [];
  const address = `127.0.0.1:${port}`;
  const changes = [replace(text.at, written.replace(host.spelling, address))];
  return [{ title: `Use ${address}, where service ${target.name} publishes the port`, safety: 'review', changes }];
}

function referencesAcrossHostNetwork({ services }: ComposeFile): ServiceReference[] {
  const modes = new Map(services.map((service) => [service, hostNetworkUses(service)[0]]));
  if (![...modes.values()].some((mode) => mode)) return [];
  return services.flatMap((caller) =>
    serviceTexts(caller).flatMap((text) =>
      namedHosts(text).flatMap((host): ServiceReference[] => {
        const target = services.find((service) => service !== caller && namesOf(service).includes(host.name));
        const [callerMode, targetMode] = [modes.get(caller), target && modes.get(target)];
        if (!target || !(callerMode ?? targetMode) || isMapped(host.name, caller)) return [];
        return [{ subject: serviceSubject(caller), caller, target, text, host, callerMode, targetMode }];
      }),
    ),
  );
}

/** What other containers may call a service by. */
function namesOf({ name, value }: Service): string[] {
  return [name, composeText(value.get('container_name'))?.text ?? name];
}

/** Whether something else gives the name a meaning: the service's own hosts and links, or an alias in a network. */
function isMapped(name: string, { value, file }: Service): boolean {
  const hosts = value.get('extra_hosts');
  const entries = [...(hosts?.items() ?? []), ...(value.get('links')?.items() ?? [])].map((item) => item.text ?? '');
  if (hosts?.field(name) || entries.some((entry) => entry.split(/[:=]/).includes(name))) return true;
  return file.services.some((service) =>
    (service.value.get('networks')?.fields() ?? []).some((network) =>
      network.value
        .get('aliases')
        ?.items()
        .some((alias) => alias.text === name),
    ),
  );
}
