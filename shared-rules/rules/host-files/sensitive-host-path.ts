import { unlessSet, workloadName } from '../../model/wording.ts';
import { defineRule } from '../api.ts';
import { hostWord, onPlatform } from '../platform.ts';
import { SEVERITIES } from '../severity.ts';
import { removeMount } from './fixes.ts';
import { checkOf } from './host-mount.ts';
import { sensitivePathAt } from './host-paths.ts';
import { hostMount } from './views.ts';

export const sensitiveHostPath = defineRule({
  id: 'sensitive-host-path',
  replaces: ['host-path'],
  on: hostMount,
  *detect({ subject, platform, at, exposed, spelling, fromDefault, related, removal }) {
    const [worst] = exposed
      .flatMap(({ path, isReadOnly }) => sensitivePathAt(path, isReadOnly) ?? [])
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    if (!worst) return;
    yield {
      at,
      check: checkOf(platform, worst.known),
      severity: worst.severity,
      message: `${workloadName(subject)} mounts ${spelling} of the ${hostWord(platform)}${unlessSet(fromDefault)}, which holds ${onPlatform(worst.holds, platform)}. Whoever controls the container reads it, and where the mount is writable, changes it. Mount the one file or folder that is needed, read-only, or use a volume of its own.`,
      related,
      fixes: removeMount(removal),
    };
  },
});
