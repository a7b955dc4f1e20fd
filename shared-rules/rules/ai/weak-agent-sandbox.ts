import { put } from '../../language/yaml/change.ts';
import { isWritten, lookUp } from '../../language/yaml/presence.ts';
import { type Pod, podSpecKey, trueField } from '../../model/kubernetes/objects.ts';
import { isComplete } from '../../model/kubernetes/pod-completeness.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule, type Related } from '../api.ts';
import { pod } from '../base-views.ts';

/** The groups of Sandbox and SandboxTemplate, whose pods run code that an agent wrote. */
const SANDBOXES = /^(?:extensions\.)?agents\.x-k8s\.io$/;

export const weakAgentSandbox = defineRule({
  id: 'weak-agent-sandbox',
  on: pod,
  *detect({ subject, pod }) {
    if (!SANDBOXES.test(pod.object.group)) return;
    const { spec } = pod;
    const ordinary = ordinaryRuntime(pod);
    const opened = openings(pod);
    if (ordinary === undefined && opened.length === 0) return;
    yield {
      check: ordinary === undefined ? 'host-access' : 'runtime',
      at: spec.get('runtimeClassName') ?? podSpecKey(pod),
      message: `${workloadName(subject)} is made for code that nobody has read.${runtimeSentences(ordinary)}${openingSentences(opened)}`,
      related: opened,
      fixes:
        opened.length > 0
          ? []
          : [
              {
                title: 'Set runtimeClassName to gvisor',
                safety: 'review',
                changes: [put(spec, ['runtimeClassName'], 'gvisor')],
              },
            ],
    };
  },
});

/** Runtimes that start processes in the node's own kernel. Any other name may mean a runtime that isolates. */
const ORDINARY_RUNTIME = /^(?:|runc|crun|nvidia(?:-.*)?)$/;

/** The runtime class that shares the node's kernel, empty for the default one; undefined for any other. */
function ordinaryRuntime(pod: Pod): string | undefined {
  const runtime = lookUp(pod.spec, 'runtimeClassName');
  const name = isWritten(runtime) ? runtime.text : runtime === 'absent' && isComplete(pod) ? '' : undefined;
  return name !== undefined && ORDINARY_RUNTIME.test(name) ? name : undefined;
}

/** Where a pod is given something of its node; messages say what, such as `hostNetwork: true`. */
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

function runtimeSentences(ordinary: string | undefined): string {
  if (ordinary === undefined) return '';
  const named = ordinary ? `runtimeClassName: ${ordinary}` : 'no runtimeClassName';
  return ` It shares the node's kernel (${named}), so one hole in the kernel leads out. Name a RuntimeClass that isolates, such as gVisor's or Kata's.`;
}

function openingSentences(opened: readonly Related[]): string {
  if (opened.length === 0) return '';
  const given = opened.map(({ message }) => message).join(', ');
  return ` It is given parts of its node (${given}), so nothing has to be broken. Remove them.`;
}
