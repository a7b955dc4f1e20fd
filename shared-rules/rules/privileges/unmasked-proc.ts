import { replace } from '../../language/yaml/change.ts';
import { type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import type { InspectedContainer } from '../../model/running/inspect.ts';
import { capitalized } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { review } from '../fixes.ts';
import { namedRunning } from './named-container.ts';
import { securedContainers } from './security-contexts.ts';
import { commandSecurityOptions, composeSecurityOptions, type SecurityOption } from './security-options.ts';
import type { SecuritySetting } from './security-setting.ts';

/** A container for which the runtime's masks over `/proc` are taken away. */
interface UnmaskedContainer extends SecuritySetting {
  /** Whether its pod has a user namespace of its own, so that its root is nobody on the node. */
  readonly hasOwnUsers: boolean;
  /** Whether the Pod Security Standards' baseline allows it then: from Kubernetes 1.35 on. */
  readonly isAllowed: boolean;
  /** Whether the API server refuses it without users of its own, as it has for some versions. */
  readonly isRefused: boolean;
}

const ON_HOST_USERS = { hasOwnUsers: false, isAllowed: false, isRefused: false };

const unmaskedContainer: View<UnmaskedContainer> = {
  name: 'unmaskedContainer',
  object: ({ pods }, { settings }) => pods.flatMap((pod) => inPod(pod, settings.kubernetesVersion)),
  composeFile: (file) => composeSecurityOptions(file).flatMap(byOption),
  command: (command) => commandSecurityOptions(command).flatMap(byOption),
  container: running,
};

function inPod(pod: Pod, version: string | undefined): UnmaskedContainer[] {
  const hasOwnUsers = pod.spec.get('hostUsers')?.boolean === false;
  const isAllowed = hasOwnUsers && isAtLeast(version, 35);
  // From this version on user namespaces are there without a feature gate.
  const isRefused = !hasOwnUsers && isComplete(pod) && isAtLeast(version, 33);
  return securedContainers(pod).flatMap(({ context, ...named }) => {
    const type = context?.get('procMount');
    if (type?.text !== 'Unmasked') return [];
    const fixes = [review('Set procMount to Default', replace(type, 'Default'))];
    return { ...named, hasOwnUsers, isAllowed, isRefused, at: type, spelling: 'procMount: Unmasked', fixes };
  });
}

/** Docker's word and Podman's. Docker refuses its own with a colon. */
function byOption(option: SecurityOption): UnmaskedContainer[] {
  return /^systempaths=unconfined$|^unmask=ALL$/i.test(option.text) ? [{ ...option, ...ON_HOST_USERS }] : [];
}

/**
 * Docker fills in what it hides of `/proc` when it creates a container, so an empty list was asked for. A privileged
 * container has no list, and neither have Podman's.
 */
function running(container: InspectedContainer): UnmaskedContainer[] {
  const paths = container.hostConfig.get('MaskedPaths');
  if (!paths?.isSequence || paths.items().length > 0 || trueField(container.hostConfig, 'Privileged')) return [];
  return [{ ...namedRunning(container), ...ON_HOST_USERS, at: paths, spelling: 'MaskedPaths: []', fixes: [] }];
}

export const unmaskedProc = defineRule({
  id: 'unmasked-proc',
  on: unmaskedContainer,
  *detect(container) {
    const { platform, name, hasOwnUsers, isAllowed, at, spelling, fixes } = container;
    yield {
      at,
      check: platform,
      ...(hasOwnUsers && { severity: isAllowed ? 'low' : 'medium' }),
      message: `${capitalized(name)} sees all of /proc (${spelling}). ${consequence(container)}`,
      fixes,
    };
  },
});

function consequence({ platform, hasOwnUsers, isAllowed, isRefused }: UnmaskedContainer): string {
  if (hasOwnUsers)
    return `It reads what the runtime hides, though with users of its own (hostUsers: false) it may change little of it${isAllowed ? '' : '; the baseline of the Pod Security Standards allows that from Kubernetes 1.35 on'}. Use the default unless it runs containers itself.`;
  const [machine, alternative] =
    platform === 'kubernetes'
      ? [
          'node',
          `, or give the pod a user namespace of its own (hostUsers: false)${isRefused ? ', without which current versions of Kubernetes refuse it' : ''}`,
        ]
      : ['host', ''];
  return `It reads what the runtime hides and writes settings of the ${machine}'s kernel. Use the default${alternative}.`;
}
