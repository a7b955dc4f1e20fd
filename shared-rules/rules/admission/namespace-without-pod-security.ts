import { inFile } from '../../facts/fact.ts';
import { put } from '../../language/yaml/change.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { unlabelledNamespace } from './views.ts';

const LABELS = {
  'pod-security.kubernetes.io/audit': 'baseline',
  'pod-security.kubernetes.io/warn': 'baseline',
};

export const namespaceWithoutPodSecurity = defineRule({
  id: 'namespace-without-pod-security',
  on: unlabelledNamespace,
  *detect({ subject, at, root, pods }) {
    if (pods.length === 0) return;
    const names = pods.map(
      (pod) => `${workloadName(pod.fact.holder)}${inFile(pod)} (${pod.fact.hostFields.join(', ')})`,
    );
    yield {
      at,
      message: `${workloadName(subject)} has no labels for Pod Security, and pods in it join namespaces of their node: ${listed(names)}. Nobody is told about them, or about the next one. Add labels that warn and write to the audit log.`,
      related: pods.map(({ fact, file }) => ({ message: 'Joins namespaces of its node', at: fact.at, file })),
      fixes: [
        {
          title: 'Add labels that warn about and audit what baseline forbids',
          safety: 'review',
          changes: [put(root, ['metadata', 'labels'], LABELS)],
        },
      ],
    };
  },
});
