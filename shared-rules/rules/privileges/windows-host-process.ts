import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { containerSecurity } from './views.ts';

export const windowsHostProcess = defineRule({
  id: 'windows-host-process',
  on: containerSecurity,
  *detect({ name, hostProcess }) {
    for (const { at, spelling, fixes } of hostProcess) {
      yield {
        at,
        message: `${capitalized(name)} runs as a process of the Windows node (${spelling}). There is no boundary between it and the node: it has the node's network, files and users. Run it in an ordinary container.`,
        fixes,
      };
    }
  },
});
