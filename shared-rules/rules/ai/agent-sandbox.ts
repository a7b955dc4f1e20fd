import type { Place } from '../../language/place.ts';
import { put } from '../../language/yaml/change.ts';
import { mayGain } from '../../language/yaml/presence.ts';
import { type KubernetesObject, type Pod, trueField } from '../../model/kubernetes/objects.ts';
import { podSubject, type Subject } from '../../model/workload.ts';
import type { Fix, Related } from '../api.ts';

/** The pod of a Sandbox or SandboxTemplate: it runs code that an agent wrote, which nobody has read. */
export interface AgentSandbox {
  readonly subject: Subject;
  /** The runtime class's name, or the key of the pod spec where none is named. */
  readonly at: Place;
  /** The runtime class that shares the node's kernel, empty for the default one; undefined for any other. */
  readonly ordinaryRuntime: string | undefined;
  /** Where it is given something of its node; messages say what, such as `hostNetwork: true`. */
  readonly openings: readonly Related[];
  /** Names a runtime class that isolates. */
  readonly hardening: Fix;
}

/** Runtimes that start processes in the node's own kernel. Any other name may mean a runtime that isolates. */
const ORDINARY_RUNTIME = /^(?:|runc|crun|nvidia(?:-.*)?)$/;

export function agentSandboxes(object: KubernetesObject): AgentSandbox[] {
  const isSandbox = /^(?:extensions\.)?agents\.x-k8s\.io$/.test(object.group);
  return isSandbox ? object.pods.map(readSandbox) : [];
}

function readSandbox(pod: Pod): AgentSandbox {
  const { spec } = pod;
  const runtime = spec.get('runtimeClassName');
  const isKnown = runtime ? runtime.text !== undefined : !mayGain(spec, 'runtimeClassName');
  const name = runtime?.text ?? '';
  const key = typeof spec.key === 'string' ? spec.parent?.field(spec.key) : undefined;
  return {
    subject: podSubject(pod),
    at: runtime ?? (key ? { range: key.range, path: spec.path } : spec),
    ordinaryRuntime: isKnown && ORDINARY_RUNTIME.test(name) ? name : undefined,
    openings: openings(pod),
    hardening: {
      title: 'Set runtimeClassName to gvisor',
      safety: 'review',
      changes: [put(spec, ['runtimeClassName'], 'gvisor')],
    },
  };
}

function openings({ spec, containers }: Pod): Related[] {
  const namespaces = ['hostNetwork', 'hostPID', 'hostIPC'].flatMap((name) => trueField(spec, name) ?? []);
  const paths = (spec.get('volumes')?.items() ?? []).flatMap((volume) => volume.at('hostPath', 'path') ?? []);
  const privileged = containers.flatMap(({ value }) => {
    const context = value.get('securityContext');
    return (context && trueField(context, 'privileged')) ?? [];
  });
  return [
    ...[...namespaces, ...privileged].map(({ name, value }) => ({ message: `${name}: true`, at: value })),
    ...paths.map((path) => ({ message: `hostPath ${path.text ?? ''}`.trimEnd(), at: path })),
  ];
}
