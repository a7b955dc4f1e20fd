import { remove, replace } from '../../language/yaml/change.ts';
import type { Value } from '../../language/yaml/value.ts';
import { composeText } from '../../model/compose/interpolation.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import { isAtLeast } from '../../model/kubernetes/version.ts';
import { review, type Setting } from '../fixes.ts';

/** A kernel filter that is switched off. */
export interface Unconfined extends Setting {
  readonly filter: 'seccomp' | 'AppArmor';
}

/** Seccomp and AppArmor, as the security context of a pod or a container sets them. */
export function filtersOff(owner: Value): Unconfined[] {
  const profiles = [
    ['seccomp', 'seccompProfile'],
    ['AppArmor', 'appArmorProfile'],
  ] as const;
  return profiles.flatMap(([filter, key]) => {
    const type = owner.at('securityContext', key, 'type');
    if (type?.text !== 'Unconfined') return [];
    const fixes = [review(`Set ${key} to RuntimeDefault`, replace(type, 'RuntimeDefault'))];
    return { filter, at: type, spelling: `${key}: Unconfined`, fixes };
  });
}

const APPARMOR_ANNOTATION = 'container.apparmor.security.beta.kubernetes.io/';

/** AppArmor as annotations of the pod set it for its containers: deprecated since 1.30, and still honoured. */
export function annotatedFiltersOff({ metadata }: Pod): { container: string; off: Unconfined }[] {
  return (metadata?.get('annotations')?.fields() ?? []).flatMap(({ name, value }) => {
    if (!name.startsWith(APPARMOR_ANNOTATION) || value.text !== 'unconfined') return [];
    const fixes = [review('Set the AppArmor annotation to runtime/default', replace(value, 'runtime/default'))];
    const spelling = 'the annotation says unconfined';
    return {
      container: name.slice(APPARMOR_ANNOTATION.length),
      off: { filter: 'AppArmor', at: value, spelling, fixes },
    };
  });
}

/** The types that the Pod Security Standards' baseline leaves to every workload. */
function isOrdinaryType(type: string, version: string | undefined): boolean {
  if (type === 'container_engine_t') return isAtLeast(version, 31);
  return ['container_t', 'container_init_t', 'container_kvm_t'].includes(type);
}

/** SELinux labels beyond those that every workload may have. A level keeps containers apart, and is left alone. */
export function customSelinux(owner: Value, version: string | undefined): Setting[] {
  const options = owner.at('securityContext', 'seLinuxOptions');
  return ['user', 'role', 'type'].flatMap((key) => {
    const field = options?.field(key);
    const text = field?.value.text;
    if (!field || !text || (key === 'type' && isOrdinaryType(text, version))) return [];
    return {
      at: field.value,
      spelling: `${key}: ${text}`,
      fixes: [review(`Remove the SELinux ${key}`, remove(field))],
    };
  });
}

/**
 * What an engine's security option such as `seccomp=unconfined` takes away. Both separators are read, but for
 * `systempaths=`, which engines refuse with a colon.
 */
export function readSecurityOption(text: string): 'seccomp' | 'AppArmor' | 'SELinux' | 'masks of /proc' | undefined {
  if (/^seccomp[=:]unconfined$/.test(text)) return 'seccomp';
  if (/^apparmor[=:]unconfined$/.test(text)) return 'AppArmor';
  if (/^systempaths=unconfined$|^unmask=ALL$/i.test(text)) return 'masks of /proc';
  const label = /^label[=:](?:(disable)|(user|role|type):(.+))$/.exec(text);
  return label && !(label[2] === 'type' && isOrdinaryType(label[3] ?? '', undefined)) ? 'SELinux' : undefined;
}

function optionsThat(options: Value | undefined, takes: readonly ReturnType<typeof readSecurityOption>[]): Setting[] {
  return (options?.items() ?? []).flatMap((item) => {
    const text = composeText(item)?.text ?? '';
    return takes.includes(readSecurityOption(text))
      ? { at: item, spelling: text, fixes: [review(`Remove ${text}`, remove(item))] }
      : [];
  });
}

/** The options of a list that switch a kernel filter off. */
export function securityOptions(options: Value | undefined): Unconfined[] {
  return (['seccomp', 'AppArmor'] as const).flatMap((filter) =>
    optionsThat(options, [filter]).map((setting) => ({ ...setting, filter })),
  );
}

/** The options of a list that choose a SELinux label, or none. */
export function selinuxOptions(options: Value | undefined): Setting[] {
  return optionsThat(options, ['SELinux']);
}

/** The options of a list that take the masks over /proc away. */
export function unmaskingOptions(options: Value | undefined): Setting[] {
  return optionsThat(options, ['masks of /proc']);
}
