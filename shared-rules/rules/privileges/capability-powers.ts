import { ownEntry } from '../../language/own-entry.ts';

/**
 * What a capability lets a process do, as a sentence goes on behind `It lets a process`. Source: capabilities(7). Those
 * that runtimes give to every container are not here, but for NET_RAW, which only some give.
 */
const POWERS: Readonly<Record<string, string>> = {
  AUDIT_CONTROL: "switch the host's auditing on and off, and change its rules",
  AUDIT_READ: "read the host's audit log",
  BLOCK_SUSPEND: 'keep the host from suspending',
  BPF: "load programs into the host's kernel",
  CHECKPOINT_RESTORE: 'choose the process IDs of its children, and see which files other processes have mapped',
  DAC_READ_SEARCH: 'read any file regardless of its permissions, and open files of the host by their handles',
  IPC_LOCK: 'lock more memory than its limit for that allows, so that the host cannot swap it out',
  IPC_OWNER: 'use the System V shared memory, semaphores and message queues of all users in its IPC namespace',
  LEASE: 'take leases on files of any user, and so delay those who open them',
  LINUX_IMMUTABLE: 'set and clear the immutable and append-only attributes of files',
  MAC_ADMIN: "change the host's mandatory access control, where the host's security module checks this (Smack)",
  MAC_OVERRIDE: "bypass the host's mandatory access control, where the host's security module checks this (Smack)",
  NET_RAW: 'open raw and packet sockets, and so forge packets and read the traffic on its network',
  PERFMON: "trace the host's kernel and the processes on it",
  SYS_ADMIN: 'mount file systems and do much else, and is close to root on the host',
  SYS_BOOT: "load another kernel, and reboot the host where it shares the host's process namespace",
  SYS_MODULE: "load code into the host's kernel",
  SYS_NICE: 'give itself real-time priority, and change the priorities and processors of all processes that it sees',
  SYS_PACCT: "switch the host's process accounting on and off",
  SYS_RAWIO: 'reach memory, I/O ports and devices of the host directly',
  SYS_RESOURCE: 'raise its own resource limits, and exceed disk quotas and reserved space',
  SYS_TIME: "set the host's clock, which all of its processes share",
  SYS_TTY_CONFIG: 'hang up terminals, and change the settings of virtual terminals',
  SYSLOG: "read and clear the messages of the host's kernel, and see its addresses",
  WAKE_ALARM: 'set timers that wake the host up',
};

/** A sentence about what a capability of this name gives. */
export function powerOf(capability: string): string {
  if (capability === 'ALL') return 'It gives every capability that there is';
  if (capability === 'NET_BROADCAST') return 'The kernel does not use it';
  const power = ownEntry(POWERS, capability);
  return power ? `It lets a process ${power}` : 'It is not a capability that Bulkhead knows';
}
