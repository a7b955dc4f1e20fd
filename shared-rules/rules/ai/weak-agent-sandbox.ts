import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { agentSandbox } from './views.ts';

export const weakAgentSandbox = defineRule({
  id: 'weak-agent-sandbox',
  on: agentSandbox,
  *detect({ subject, at, ordinaryRuntime, openings, hardening }) {
    if (ordinaryRuntime === undefined && openings.length === 0) return;
    const runtime =
      ordinaryRuntime === undefined
        ? ''
        : ` It shares the node's kernel (${ordinaryRuntime ? `runtimeClassName: ${ordinaryRuntime}` : 'no runtimeClassName'}), so one hole in the kernel leads out. Name a RuntimeClass that isolates, such as gVisor's or Kata's.`;
    const given = openings.map(({ message }) => message).join(', ');
    const opened = given ? ` It is given parts of its node (${given}), so nothing has to be broken. Remove them.` : '';
    yield {
      at,
      message: `${workloadName(subject)} is made for code that nobody has read.${runtime}${opened}`,
      related: openings,
      fixes: openings.length === 0 ? [hardening] : [],
    };
  },
});
