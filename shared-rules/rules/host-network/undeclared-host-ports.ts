import { put } from '../../language/yaml/change.ts';
import { keyPlace } from '../../language/yaml/value.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { podNamespaces } from './views.ts';

export const undeclaredHostPorts = defineRule({
  id: 'undeclared-host-ports',
  on: podNamespaces,
  *detect({ subject, hostNetwork, declaresPorts, probedPorts }) {
    if (!hostNetwork.field || !hostNetwork.isOn || declaresPorts() !== false) return;
    const probed = probedPorts();
    const seen = probed.map(({ port }) => port).join(', ');
    const what = seen ? `Its probes show that it listens on ${seen}: declare` : 'Declare';
    yield {
      at: keyPlace(hostNetwork.field),
      message: `${workloadName(subject)} is on the node's network and declares no port, so the scheduler may put it on a node where another pod has its ports already. ${what} what it listens on under ports.`,
      related: probed.map(({ at }) => ({ message: 'A probe finds this port open', at })),
      fixes:
        probed.length === 0
          ? []
          : [
              {
                title: `Declare port ${seen}`,
                safety: 'review',
                changes: probed.map(({ container, port }) => put(container, ['ports'], [{ containerPort: port }])),
              },
            ],
    };
  },
});
