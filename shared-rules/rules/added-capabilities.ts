import { defineRule } from '../engine/rule.ts';

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

/** With any of these a process can become root on the host or take over its network. */
const POWERS: Readonly<Record<string, string>> = {
  ALL: 'it holds every power of root',
  SYS_ADMIN: 'it can mount file systems and is close to root on the host',
  NET_ADMIN: 'it can change interfaces, routes and firewall rules',
  SYS_PTRACE: 'it can read and change other processes',
  SYS_MODULE: "it can load code into the host's kernel",
  SYS_RAWIO: 'it can reach memory and devices of the host directly',
  BPF: "it can load programs into the host's kernel",
  PERFMON: "it can trace the host's kernel",
  DAC_READ_SEARCH: 'it can read any file, on the host too',
};

export const addedCapabilities = defineRule({
  id: 'added-capabilities',
  detect: {
    *containerSecurity({ platform, name, addedCapabilities }) {
      for (const { capability, at, fixes } of addedCapabilities) {
        // Docker gives every container NET_RAW anyway.
        if (BASELINE.has(capability) || (platform === 'compose' && capability === 'NET_RAW')) continue;
        const power = POWERS[capability];
        const why = power ? `With it ${power}` : 'It is outside of what the Pod Security Standards allow any workload';
        yield {
          at,
          ...(power && { severity: 'high' }),
          message: `${capability} is added to ${name}. ${why}. Remove it; if the program needs a privilege, find the smallest capability that grants it.`,
          fixes,
        };
      }
    },
  },
});
