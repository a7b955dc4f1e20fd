import { lookUp, type Presence } from '../../language/yaml/presence.ts';
import type { Field } from '../../language/yaml/value.ts';
import type { Container, Pod } from '../../model/kubernetes/objects.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';

/** Where Kubernetes reads the profile of a filter of the kernel. */
export interface KernelFilter {
  readonly name: 'seccomp' | 'AppArmor';
  /** The field of a security context, and the minor version of Kubernetes that came with it: before, it is dropped. */
  readonly key: string;
  readonly since: number;
  /** The annotation for a pod, and the beginning of those for its containers. */
  readonly ofPod: string | undefined;
  readonly ofContainer: string;
  /** The minor version of Kubernetes that ignores the annotations; undefined where every version reads them. */
  readonly ignoredFrom: number | undefined;
}

/** `applySeccompVersionSkew` (before 1.27) and `applyAppArmorVersionSkew` of the API server copy annotations to fields. */
export const SECCOMP: KernelFilter = {
  name: 'seccomp',
  key: 'seccompProfile',
  since: 19,
  ofPod: 'seccomp.security.alpha.kubernetes.io/pod',
  ofContainer: 'container.seccomp.security.alpha.kubernetes.io/',
  ignoredFrom: 27,
};

const APPARMOR: KernelFilter = {
  name: 'AppArmor',
  key: 'appArmorProfile',
  since: 30,
  ofPod: undefined,
  ofContainer: 'container.apparmor.security.beta.kubernetes.io/',
  ignoredFrom: undefined,
};

export const KERNEL_FILTERS = [SECCOMP, APPARMOR];

/** The profile that a pod, or one of its containers, names itself: a field comes before an annotation. */
export function ownProfile(
  pod: Pod,
  container: Container | undefined,
  filter: KernelFilter,
  version: string | undefined,
): Presence {
  const owner = container?.value ?? pod.spec;
  const type = isAtLeast(version, filter.since) ? lookUp(owner, 'securityContext', filter.key, 'type') : 'absent';
  const annotation = container ? filter.ofContainer + (container.name ?? '') : filter.ofPod;
  if (type !== 'absent' || !annotation || !pod.metadata || !readsAnnotations(filter, version)) return type;
  return lookUp(pod.metadata, 'annotations', annotation);
}

/** An annotation that names a profile. */
export interface ProfileAnnotation {
  readonly field: Field;
  /** The name of the container it is for; undefined for the pod. */
  readonly container: string | undefined;
}

/** The annotations of a pod that name profiles, whether they are read or not. */
export function profileAnnotations({ metadata }: Pod, { ofPod, ofContainer }: KernelFilter): ProfileAnnotation[] {
  return (metadata?.get('annotations')?.fields() ?? []).flatMap((field): ProfileAnnotation[] => {
    if (field.name === ofPod) return [{ field, container: undefined }];
    return field.name.startsWith(ofContainer) ? [{ field, container: field.name.slice(ofContainer.length) }] : [];
  });
}

export function readsAnnotations({ ignoredFrom }: KernelFilter, version: string | undefined): boolean {
  return ignoredFrom === undefined || !isAtLeast(version, ignoredFrom);
}
