import { trueField } from '../../model/kubernetes/objects.ts';
import { capitalized } from '../../model/wording.ts';
import { defineRule, type View } from '../api.ts';
import { securedParts } from './security-contexts.ts';
import { type SecuritySetting, switchedOn } from './security-setting.ts';

const hostProcess: View<SecuritySetting> = {
  name: 'hostProcess',
  object: ({ pods }) =>
    pods.flatMap(securedParts).flatMap(({ context, ...named }) => {
      const options = context?.get('windowsOptions');
      const field = options && trueField(options, 'hostProcess');
      return field ? { ...named, ...switchedOn(field) } : [];
    }),
};

export const windowsHostProcess = defineRule({
  id: 'windows-host-process',
  on: hostProcess,
  *detect({ name, at, spelling, fixes }) {
    yield {
      at,
      message: `${capitalized(name)} runs as a process of the Windows node (${spelling}). There is no boundary between it and the node: it has the node's network, files and users. Run it in an ordinary container, without hostNetwork.`,
      fixes,
    };
  },
});
