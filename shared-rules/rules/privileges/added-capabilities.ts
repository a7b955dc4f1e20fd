import { ownEntry } from '../../language/own-entry.ts';
import { defineRule } from '../api.ts';
import { hostWord, onPlatform } from '../platform.ts';
import { type AddedCapability, addedCapability } from './capabilities.ts';
import { powerOf } from './capability-powers.ts';

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
const ESCAPES: ReadonlySet<string> = new Set([
  'ALL',
  'SYS_ADMIN',
  'SYS_MODULE',
  'SYS_RAWIO',
  'BPF',
  'PERFMON',
  'DAC_READ_SEARCH',
]);

/** These reach as far as the namespace they are used in. */
const NAMESPACED: Readonly<Record<string, { readonly over: 'network' | 'processes'; readonly power: string }>> = {
  NET_ADMIN: { over: 'network', power: 'change interfaces, routes and firewall rules' },
  SYS_PTRACE: { over: 'processes', power: 'read and change other processes' },
};

export const addedCapabilities = defineRule({
  id: 'added-capabilities',
  on: addedCapability,
  *detect(added) {
    const { platform, name, capability, shares, at, fixes } = added;
    // Docker gives every container NET_RAW anyway.
    if (BASELINE.has(capability) || (platform === 'engine' && capability === 'NET_RAW')) return;
    const namespaced = ownEntry(NAMESPACED, capability);
    const reachesHost = namespaced ? shares[namespaced.over] : ESCAPES.has(capability);
    const power = namespaced
      ? `It lets a process ${namespaced.power} of ${reachesHost ? `the ${hostWord(platform)}` : 'its own namespace'}`
      : onPlatform(powerOf(capability), platform);
    yield {
      at,
      check: checkOf(added),
      ...(reachesHost && { severity: 'high' }),
      message: `${capability} is added to ${name}. ${power}. ${remarks(added, reachesHost || namespaced !== undefined)}${advice(capability)}`,
      fixes,
    };
  },
});

function remarks({ platform, isMisnamed }: AddedCapability, isKnownDanger: boolean): string {
  if (platform === 'engine') return '';
  const misnamed = isMisnamed ? 'With CAP_ in front of the name containerd does not add it, and CRI-O does. ' : '';
  return isKnownDanger ? misnamed : `${misnamed}The baseline of the Pod Security Standards does not allow it. `;
}

function advice(capability: string): string {
  return capability === 'ALL' || capability === 'SYS_ADMIN'
    ? 'Remove it, and add the one capability that the program needs, if it needs any.'
    : 'Remove it unless the program needs it.';
}

/** Other tools tell these apart from the rest, in Kubernetes. */
const OWN_CHECKS: Readonly<Record<string, string>> = { ALL: 'all', SYS_ADMIN: 'sys-admin', NET_ADMIN: 'net-admin' };

function checkOf({ platform, capability }: AddedCapability): string {
  return platform === 'engine' ? 'engine' : (ownEntry(OWN_CHECKS, capability) ?? 'other');
}
