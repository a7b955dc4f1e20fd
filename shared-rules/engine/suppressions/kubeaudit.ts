import type { Range } from '../../language/text.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import { metadataFields } from '../../model/exceptions/exceptions.ts';
import type { Container, KubernetesObject, Pod } from '../../model/kubernetes/objects.ts';
import { CATALOGUE, type RuleId } from '../../rules/catalogue.generated.ts';
import type { Suppression } from './other-tools.ts';

/** The pod form, the container form, and both as they were written before kubeaudit had a domain of its own. */
const OVERRIDE =
  /^(?:kubeaudit\.io\/|audit\.kubernetes\.io\/pod\.|container\.(?:kubeaudit|audit\.kubernetes)\.io\/([^.]+)\.)(allow-.+)$/;

/** kubeaudit's ids, and what they stand for. */
const ALIASES = (Object.keys(CATALOGUE) as RuleId[]).flatMap((rule) => {
  const { aliases, checks } = CATALOGUE[rule];
  return [
    ...aliases.kubeaudit.map((alias) => ({ alias, target: { rule } })),
    ...Object.entries(checks).flatMap(([check, own]) =>
      (own.kubeaudit ?? []).map((alias) => ({ alias, target: { rule, check } })),
    ),
  ];
});

/**
 * What kubeaudit's override labels leave out, such as `kubeaudit.io/allow-privileged: reason` for all containers and
 * `container.kubeaudit.io/NAME.allow-privileged: reason` for one. Some ids name a volume or a capability.
 */
export function kubeauditOverrides(object: KubernetesObject): Suppression[] {
  const fields = [...metadataFields(object, 'labels'), ...metadataFields(object, 'annotations')];
  return fields.flatMap((field) => {
    const { name } = field;
    const [, container, id] = OVERRIDE.exec(name) ?? [];
    if (id === undefined) return [];
    return object.pods.flatMap((pod) =>
      ALIASES.flatMap(({ alias, target }) => {
        const covers = coverOf(pod, container, { alias, id });
        return covers.length > 0 ? { tool: 'kubeaudit' as const, at: keyPlace(field), targets: [target], covers } : [];
      }),
    );
  });
}

/** Where an override counts; nowhere if it means something else than the alias, whose `*` stands for any name. */
function coverOf(pod: Pod, name: string | undefined, { alias, id }: { alias: string; id: string }): Range[] {
  const [start, rest] = alias.split('*') as [string, string | undefined];
  const part = id.slice(start.length);
  if (!id.startsWith(start) || (rest === undefined) !== (part === '')) return [];
  const containers = pod.containers.filter((container) => name === undefined || container.name === name);
  if (start.includes('capability')) return containers.flatMap((container) => capability(container, part));
  // What a pod has for several containers is left out when all of them may have it.
  const concerned = rest === undefined ? pod.containers : pod.containers.filter((one) => mounts(one, part));
  const isWhole = concerned.every((container) => containers.includes(container));
  if (rest === undefined) return isWhole ? [pod.spec.range] : containers.map(({ value }) => value.range);
  const volumes = isWhole ? (pod.spec.get('volumes')?.items() ?? []) : [];
  return volumes.filter((volume) => volume.get('name')?.text === part).map(({ range }) => range);
}

function mounts({ volumeMounts }: Container, volume: string): boolean {
  return volumeMounts.some((mount) => mount.get('name')?.text === volume);
}

function capability(container: Container, name: string): Range[] {
  const added = container.value.at('securityContext', 'capabilities', 'add')?.items() ?? [];
  return added.filter(({ text }) => text?.toLowerCase().replaceAll('_', '-') === name).map(({ range }) => range);
}
