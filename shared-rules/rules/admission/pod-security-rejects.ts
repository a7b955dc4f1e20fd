import { inFile } from '../../facts/fact.ts';
import { listed, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { placedPod } from './views.ts';

export const podSecurityRejects = defineRule({
  id: 'pod-security-rejects',
  on: placedPod,
  *detect({ subject, offences, enforcing }) {
    const [first, ...others] = offences;
    const namespace = first && enforcing();
    if (!first || !namespace) return;
    const { key, enforces, enforcesAt } = namespace.fact;
    const uses = listed(offences.map(({ spelling }) => spelling));
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
