import { put } from '../../language/yaml/change.ts';
import { lookUp } from '../../language/yaml/presence.ts';
import type { Value } from '../../language/yaml/value.ts';
import { isForWindows } from '../../model/kubernetes/host-process.ts';
import { type Container, type Pod, podSpecKey } from '../../model/kubernetes/objects.ts';
import { isCompleteContainer } from '../../model/kubernetes/pod-completeness.ts';
import { isOn } from '../../model/kubernetes/pod-switches.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { versionedPod } from '../base-views.ts';

export const noUserNamespace = defineRule({
  id: 'no-user-namespace',
  on: versionedPod,
  *detect({ subject, pod, kubernetesVersion }) {
    const hasOwnNamespaces = HOST_NAMESPACES.every((name) => isOn(pod, name) === false);
    if (!isOn(pod, 'hostUsers') || !hasOwnNamespaces || !couldHaveOwnUsers(pod, kubernetesVersion)) return;
    const { spec } = pod;
    yield {
      at: spec.field('hostUsers')?.value ?? podSpecKey(pod),
      message: `${workloadName(subject)} may run as root, and root in it is root on the node: it has no user namespace of its own. Set hostUsers to false, which makes it an unprivileged user there, or runAsNonRoot to true.`,
      fixes: [{ title: 'Set hostUsers to false', safety: 'review', changes: [put(spec, ['hostUsers'], false)] }],
    };
  },
});

const HOST_NAMESPACES = ['hostNetwork', 'hostPID', 'hostIPC'] as const;

/** API groups whose pod specs are Kubernetes' own, with every field. */
const OWN_GROUPS: ReadonlySet<string> = new Set(['', 'apps', 'batch']);

/**
 * Whether a pod can have a user namespace of its own, and a container may run as root without one. User namespaces are on
 * by default from 1.33. They are for Linux, the API server refuses block devices with them, and NFS cannot map their ids.
 */
function couldHaveOwnUsers(pod: Pod, version: string | undefined): boolean {
  const { object, spec, containers } = pod;
  const usesNfs = spec
    .get('volumes')
    ?.items()
    .some((volume) => volume.field('nfs'));
  const usesDevices = containers.some(({ value }) => value.field('volumeDevices'));
  return (
    isAtLeast(version, 33) &&
    OWN_GROUPS.has(object.group) &&
    !isForWindows(pod) &&
    !usesNfs &&
    !usesDevices &&
    containers.some((container) => isCompleteContainer(pod, container) && mayRunAsRoot(spec, container))
  );
}

/** The container's own settings come before the pod's. */
function mayRunAsRoot(spec: Value, { value }: Container): boolean {
  const setting = (name: string) => {
    const own = lookUp(value, 'securityContext', name);
    return own === 'absent' ? lookUp(spec, 'securityContext', name) : own;
  };
  const [nonRoot, user] = [setting('runAsNonRoot'), setting('runAsUser')];
  if (nonRoot === 'unknown' || user === 'unknown') return false;
  return (nonRoot === 'absent' || nonRoot.boolean === false) && (user === 'absent' || user.integer === 0);
}
