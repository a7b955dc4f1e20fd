import { replace } from '../../language/yaml/change.ts';
import { workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { review } from '../fixes.ts';
import { removeHostPort } from './fixes.ts';
import { hostNetworkPort } from './views.ts';

export const hostPortMismatch = defineRule({
  id: 'host-port-mismatch',
  on: hostNetworkPort,
  *detect(port) {
    const { subject, field, hostPort, entry } = port;
    const containerPort = entry.get('containerPort')?.integer;
    if (containerPort === undefined || containerPort === hostPort) return;
    yield {
      at: field.value,
      message: `${workloadName(subject)} is on the node's network, where hostPort (${hostPort}) must equal containerPort (${containerPort}): the API server refuses it. Make them equal, or remove hostPort.`,
      fixes: [
        review(`Set hostPort to ${containerPort}`, replace(field.value, String(containerPort))),
        removeHostPort(port),
      ],
    };
  },
});
