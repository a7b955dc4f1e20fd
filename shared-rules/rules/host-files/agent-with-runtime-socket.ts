import { classify, describeAi } from '../../model/ai/classify.ts';
import { unlessSet, workloadName } from '../../model/wording.ts';
import { relatedSignals } from '../ai/related-signals.ts';
import { defineRule } from '../api.ts';
import { onPlatform } from '../platform.ts';
import { removeMount, replaceSocket } from './fixes.ts';
import { checkOf } from './host-mount.ts';
import { powerOf } from './rootless-sockets.ts';
import { socketAt } from './runtime-sockets.ts';
import { hostMount } from './views.ts';

export const agentWithRuntimeSocket = defineRule({
  id: 'agent-with-runtime-socket',
  replaces: ['runtime-socket'],
  on: hostMount,
  *detect(mount) {
    const { subject, platform, at, exposed, spelling, fromDefault, related, removal, workload } = mount;
    const sockets = exposed.flatMap(({ path }) => socketAt(path) ?? []);
    const exposure = sockets.find(({ socket }) => socket.sort === 'runtime');
    if (!exposure || !workload) return;
    const classification = classify(workload());
    if (classification.class !== 'ai' || classification.subClass !== 'agent') return;
    const { socket, isParent } = exposure;
    const what = isParent
      ? `is given ${spelling}, which holds the ${socket.program} socket`
      : `is given the ${socket.program} socket (${spelling})`;
    const isDocker = socket.program === 'Docker' && !isParent;
    yield {
      at,
      check: checkOf(platform, isParent ? undefined : socket.known),
      message: `${workloadName(subject)} (${describeAi(classification)}) ${what}${unlessSet(fromDefault)}. An agent does what the texts it reads talk it into, and with the socket it can ${onPlatform(powerOf(exposure), platform)}. Remove the mount; let the agent ask for containers through something that knows which ones it may start.`,
      related: [...related, ...relatedSignals(classification)],
      fixes: isDocker ? replaceSocket(mount) : removeMount(removal),
    };
  },
});
