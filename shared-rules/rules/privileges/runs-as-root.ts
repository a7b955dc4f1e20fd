import { capitalized } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hardening } from './views.ts';

export const runsAsRoot = defineRule({
  id: 'runs-as-root',
  on: hardening,
  *detect({ right, name, at, spelling, fixes }) {
    if (right !== 'root') return;
    const what =
      spelling === 'runAsUser: 0'
        ? 'runs as root (runAsUser: 0)'
        : `may run as root: its image decides, ${spelling ? `and is allowed to (${spelling})` : 'and neither runAsNonRoot nor runAsUser is set'}`;
    yield {
      at,
      message: `${capitalized(name)} ${what}. Root in a container is root on the node as soon as it gets out. Set runAsNonRoot, with a user in the image or runAsUser; or give the pod users of its own (hostUsers: false).`,
      fixes,
    };
  },
});
