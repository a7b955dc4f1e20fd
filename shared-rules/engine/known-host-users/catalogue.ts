import { AGENTS } from './agents.ts';
import { NETWORK } from './network.ts';
import { NODES } from './nodes.ts';
import type { NodePrograms } from './program.ts';
import { STORAGE } from './storage.ts';

/** In the order of the documentation. */
export const KNOWN_HOST_USERS: NodePrograms = { ...NETWORK, ...AGENTS, ...STORAGE, ...NODES };
