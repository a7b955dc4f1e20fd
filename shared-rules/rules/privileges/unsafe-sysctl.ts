import type { Place } from '../../language/place.ts';
import { remove } from '../../language/yaml/change.ts';
import { type Field, keyPlace, type Value } from '../../language/yaml/value.ts';
import {
  type ContainerCommand,
  isHost,
  type Option,
  optionsOf,
  placeInOption,
  starts,
} from '../../model/commands/container-command.ts';
import type { Service } from '../../model/compose/compose.ts';
import { hostNetworkUses } from '../../model/compose/host-network.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import { type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { workloadName } from '../../model/wording.ts';
import { podSubject, serviceSubject } from '../../model/workload.ts';
import { defineRule, type Fix, type View, type Viewed } from '../api.ts';
import { removalFixes, review } from '../fixes.ts';
import type { Platform } from '../platform.ts';
import { readSysctl, type SysctlNamespace } from './sysctls.ts';

/** A kernel setting that a workload asks for. */
interface SysctlUse extends Viewed {
  readonly platform: Platform;
  readonly at: Place;
  /** As it is written. */
  readonly name: string;
  readonly namespace: SysctlNamespace | undefined;
  /** Whether the workload shares that namespace with its host. */
  readonly reachesHost: boolean;
  /** Whether every kubelet of the version in question accepts it; an engine accepts what has a namespace. */
  readonly isSafe: boolean;
  readonly fixes: readonly Fix[];
}

const sysctlUse: View<SysctlUse> = {
  name: 'sysctlUse',
  object: ({ pods }, { settings }) => pods.flatMap((pod) => inPod(pod, settings.kubernetesVersion)),
  composeFile: ({ services }) => services.flatMap(inService),
  command: (command) => (starts(command) ? inCommand(command) : []),
};

/** @param version the version of Kubernetes that the manifest is for */
function inPod(pod: Pod, version: string | undefined): SysctlUse[] {
  return (pod.spec.at('securityContext', 'sysctls')?.items() ?? []).flatMap((entry) => {
    const at = entry.get('name');
    if (!at?.text) return [];
    const { namespace, safeSince } = readSysctl(at.text);
    const shared = namespace === 'network' ? 'hostNetwork' : 'hostIPC';
    return {
      subject: podSubject(pod),
      platform: 'kubernetes',
      at,
      name: at.text,
      namespace,
      reachesHost: namespace !== undefined && trueField(pod.spec, shared) !== undefined,
      isSafe: safeSince !== undefined && isAtLeast(version, safeSince),
      fixes: [removal(at.text, entry)],
    };
  });
}

/** In a list as `NAME=VALUE`, or as a mapping. */
function inService(service: Service): SysctlUse[] {
  const sysctls = service.value.get('sysctls');
  const use = (name: string, at: Place, entry: Field | Value): SysctlUse => {
    const sharesNetwork = hostNetworkUses(service).length > 0;
    const sharesIpc = composeText(service.value.get('ipc'))?.text === 'host';
    const fixes = [removal(name, entry)];
    return { subject: serviceSubject(service), at, ...inEngine(name, sharesNetwork, sharesIpc), fixes };
  };
  return [
    ...(sysctls?.items() ?? []).flatMap((item) => {
      const name = /^([^=\s]+)\s*=/.exec(composeText(item)?.text ?? '')?.[1];
      return name ? use(name, item.placeOf(name), item) : [];
    }),
    ...(sysctls?.fields() ?? []).map((field) => use(field.name, keyPlace(field), field)),
  ];
}

function inCommand(command: ContainerCommand): SysctlUse[] {
  const isOnHost = (name: string) => optionsOf(command, name).some(isHost);
  return optionsOf(command, 'sysctl').flatMap((option: Option) => {
    const name = /^([^=\s]+)=/.exec(option.value ?? '')?.[1];
    if (!name) return [];
    const at = placeInOption(option, name);
    const fixes = removalFixes(option, titleOf(name));
    return { subject: command.subject, at, ...inEngine(name, isOnHost('network'), isOnHost('ipc')), fixes };
  });
}

function inEngine(name: string, sharesNetwork: boolean, sharesIpc: boolean) {
  const { namespace } = readSysctl(name);
  const shares = namespace === 'network' ? sharesNetwork : sharesIpc;
  const isOwn = namespace !== undefined;
  return { platform: 'engine', name, namespace, reachesHost: isOwn && shares, isSafe: isOwn } as const;
}

export const unsafeSysctl = defineRule({
  id: 'unsafe-sysctl',
  on: sysctlUse,
  *detect(use) {
    if (use.isSafe && !use.reachesHost) return;
    yield {
      at: use.at,
      // Other tools know no namespaces, and report what is on no list.
      ...(use.platform === 'kubernetes' && !use.isSafe && { check: 'unlisted' }),
      message: `${workloadName(use.subject)} sets the sysctl ${use.name}${rest(use)}`,
      fixes: use.fixes,
    };
  },
});

function rest({ platform, namespace, reachesHost }: SysctlUse): string {
  const isPod = platform === 'kubernetes';
  if (namespace === undefined)
    return `, which the whole host shares. It is refused: ${isPod ? 'no kubelet starts such a pod' : 'the engine does not start the container'}. Remove it, and set it on the host.`;
  if (reachesHost)
    return ` ${namespace === 'network' ? 'on' : 'in'} the host's ${namespace}. It is refused: ${isPod ? 'Kubernetes takes no such pod' : 'the engine does not start the container'}. Remove it, or leave the host's ${namespace}.`;
  return ', which is not on the list of safe ones. A kubelet starts the pod only if its own list of allowed unsafe sysctls names it, and it may take memory or bandwidth from others on the node. Remove it, or keep such pods to nodes that are set up for them.';
}

function removal(name: string, entry: Field | Value): Fix {
  return review(titleOf(name), remove(entry));
}

function titleOf(name: string): string {
  return `Remove sysctl ${name}`;
}
