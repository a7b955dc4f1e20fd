import { inFile, type NamespaceFact, type SourcedFact } from '../../facts/fact.ts';
import { type Place, placeOf } from '../../language/place.ts';
import { isUnconditional } from '../../language/yaml/presence.ts';
import { type Field, keyPlace } from '../../language/yaml/value.ts';
import type { Pod } from '../../model/kubernetes/objects.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podInNamespace } from './views.ts';

export const podSecurityRejects = defineRule({
  id: 'pod-security-rejects',
  on: podInNamespace,
  *detect({ subject, pod, namespaces }) {
    const [first, ...others] = offencesOf(pod);
    const namespace = first && enforcing(namespaces());
    if (!first || !namespace) return;
    const { key, enforces, enforcesAt } = namespace.fact;
    const uses = listed([first, ...others].map(({ spelling }) => spelling));
    const outcome =
      subject.kind === 'Pod'
        ? 'The API server rejects it.'
        : `The API server accepts the ${subject.kind} and rejects every pod of it, so none ever starts.`;
    yield {
      at: first.at,
      message: `${workloadName(subject)} uses ${uses}, and namespace ${key}${inFile(namespace)} enforces Pod Security level ${enforces}, which forbids that. ${outcome} Remove what is forbidden, or move the workload to a namespace for it.`,
      related: [
        { message: `Enforces level ${enforces}`, at: enforcesAt, file: namespace.file },
        ...others.map(({ spelling, at }) => ({ message: `Forbidden too: ${spelling}`, at })),
      ],
    };
  },
});

/** Where there are variants of a Namespace, all of them have to enforce a level. */
function enforcing(namespaces: readonly SourcedFact<NamespaceFact>[]): SourcedFact<NamespaceFact> | undefined {
  const isStrict = ({ fact }: SourcedFact<NamespaceFact>) => /^(?:baseline|restricted)$/.test(fact.enforces ?? '');
  return namespaces.every(isStrict) ? namespaces[0] : undefined;
}

/** Something that Pod Security's baseline forbids. */
interface Offence {
  readonly spelling: string;
  readonly at: Place;
}

/**
 * What the baseline of the Pod Security Standards forbids in every version of it, as far as the host is concerned, in the
 * order of the text.
 */
function offencesOf({ spec, containers }: Pod): Offence[] {
  const fields = ['hostNetwork', 'hostPID', 'hostIPC'].flatMap((name) => switchedOn(spec.field(name), name));
  const privileged = containers.flatMap(({ value, name }) =>
    switchedOn(value.get('securityContext')?.field('privileged'), `privileged in container ${name ?? ''}`.trim()),
  );
  const volumes = (spec.get('volumes')?.items() ?? []).flatMap((volume): Offence[] => {
    const field = volume.field('hostPath');
    if (!field || field.value.isNull || !isUnconditional(volume)) return [];
    return [{ spelling: `hostPath in volume ${volume.get('name')?.text ?? ''}`.trim(), at: keyPlace(field) }];
  });
  const ports = containers
    .flatMap(({ ports }) => ports)
    .flatMap((port): Offence[] => {
      const hostPort = port.get('hostPort');
      return hostPort?.integer && isUnconditional(hostPort)
        ? [{ spelling: `hostPort ${hostPort.integer}`, at: placeOf(hostPort) }]
        : [];
    });
  return [...fields, ...privileged, ...volumes, ...ports].sort((a, b) => a.at.range.start - b.at.range.start);
}

function switchedOn(field: Field | undefined, spelling: string): Offence[] {
  return field?.value.boolean === true && isUnconditional(field.value) ? [{ spelling, at: placeOf(field.value) }] : [];
}
