import { defineRule } from '../engine/rule.ts';
import { workloadName } from '../source/subject.ts';
import { keyPlace } from '../source/value.ts';
import { remove } from '../source/yaml-edit.ts';

export const publishedPortsIgnored = defineRule({
  id: 'published-ports-ignored',
  detect: {
    *hostNetwork({ subject, at, spelling, fromDefault, ignoredPorts, fixes }) {
      if (!ignoredPorts) return;
      const condition = fromDefault ? ' as long as the variable keeps its default' : '';
      yield {
        at: keyPlace(ignoredPorts),
        message: `${workloadName(subject)} publishes ports and shares the host's network (${spelling}), so the engine discards these ports${condition}. The container listens on the host directly, on whatever ports its program opens. Remove the ports, or leave the host's network and keep them.`,
        related: [{ message: "Joins the host's network here", at }],
        fixes: [
          {
            title: 'Remove the ignored ports',
            safety: fromDefault ? 'review' : 'safe',
            changes: [remove(ignoredPorts)],
          },
          ...fixes,
        ],
      };
    },
  },
});
