import { ownEntry } from '../../language/own-entry.ts';
import { defineRule } from '../api.ts';
import { type AddedCapability, addedCapability } from './capabilities.ts';

/** What the Pod Security Standards' baseline lets a container add: what runtimes give anyway. */
const BASELINE: ReadonlySet<string> = new Set([
  'AUDIT_WRITE',
  'CHOWN',
  'DAC_OVERRIDE',
  'FOWNER',
  'FSETID',
  'KILL',
  'MKNOD',
  'NET_BIND_SERVICE',
  'SETFCAP',
  'SETGID',
  'SETPCAP',
  'SETUID',
  'SYS_CHROOT',
]);

/** With any of these a process can become root on the host. */
const POWERS: Readonly<Record<string, string>> = {
  ALL: 'It is every power of root',
  SYS_ADMIN: 'It lets a process mount file systems and much else, and is close to root on the host',
  SYS_MODULE: "It lets a process load code into the host's kernel",
  SYS_RAWIO: 'It lets a process reach memory and devices of the host directly',
  BPF: "It lets a process load programs into the host's kernel",
  PERFMON: "It lets a process trace the host's kernel",
  DAC_READ_SEARCH: 'It lets a process read any file, on the host too',
};

/** These reach as far as the namespace they are used in. */
const NAMESPACED: Readonly<Record<string, { readonly over: 'network' | 'processes'; readonly power: string }>> = {
  NET_ADMIN: { over: 'network', power: 'It lets a process change interfaces, routes and firewall rules' },
  SYS_PTRACE: { over: 'processes', power: 'It lets a process read and change other processes' },
};

export const addedCapabilities = defineRule({
  id: 'added-capabilities',
  on: addedCapability,
  *detect(added) {
    const { platform, name, capability, shares, at, fixes } = added;
    // Docker gives every container NET_RAW anyway.
    if (BASELINE.has(capability) || (platform === 'engine' && capability === 'NET_RAW')) return;
    const namespaced = ownEntry(NAMESPACED, capability);
    const reachesHost = namespaced ? shares[namespaced.over] : capability in POWERS;
    const reach = namespaced ? ` of ${reachesHost ? 'the host' : 'its own namespace'}` : '';
    const power =
      namespaced?.power ?? ownEntry(POWERS, capability) ?? 'The Pod Security Standards allow it to no workload';
    yield {
      at,
      check: checkOf(added),
      ...(reachesHost && { severity: 'high' }),
      message: `${capability} is added to ${name}. ${power}${reach}. Remove it; if the program needs a privilege, find the smallest capability that grants it.`,
      fixes,
    };
  },
});

/** Other tools tell these apart from the rest, in Kubernetes. */
const OWN_CHECKS: Readonly<Record<string, string>> = { ALL: 'all', SYS_ADMIN: 'sys-admin', NET_ADMIN: 'net-admin' };

function checkOf({ platform, capability }: AddedCapability): string {
  return platform === 'engine' ? 'engine' : (ownEntry(OWN_CHECKS, capability) ?? 'other');
}
