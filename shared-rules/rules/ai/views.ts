import type { View } from '../api.ts';
import { type AgentSandbox, agentSandboxes } from './agent-sandbox.ts';
import { type OpenEndpoint, podEndpoints, serviceEndpoints } from './endpoints.ts';

export const agentSandbox: View<AgentSandbox> = { name: 'agentSandbox', object: agentSandboxes };

export const openEndpoint: View<OpenEndpoint> = {
  name: 'openEndpoint',
  // A Service may open a server to the world.
  kinds: ['Service'],
  object: (object, { ai }) => podEndpoints(object, ai),
  composeFile: (file, { ai }) => serviceEndpoints(file, ai),
};
