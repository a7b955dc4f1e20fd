import { ownEntry } from '../../language/own-entry.ts';

/**
 * The flags of docker, podman and nerdctl that take a value, from their command references. A flag that is not listed is
 * taken for a switch: at worst a value passes for the image, and what follows is left alone.
 */

function names(list: string): ReadonlySet<string> {
  return new Set(list.trim().split(/\s+/));
}

/** Long flags of `run`, `create`, `exec`, `service create` and their kin. */
const RUN_VALUES = names(`
  add-host annotation arch attach authfile blkio-weight blkio-weight-device cap-add cap-drop cert-dir cgroup-conf
  cgroup-parent cgroupns cgroups chrootdirs cidfile config conmon-pidfile constraint container-label cpu-count
  cpu-percent cpu-period cpu-quota cpu-rt-period cpu-rt-runtime cpu-shares cpus cpuset-cpus cpuset-mems
  credential-spec creds decryption-key detach-keys device device-cgroup-rule device-read-bps device-read-iops
  device-write-bps device-write-iops dns dns-opt dns-option dns-search domainname endpoint-mode entrypoint env env-file env-from-file
  env-merge expose generic-resource gidmap gpus group group-add group-entry health-cmd health-interval
  health-log-destination health-max-log-count health-max-log-size health-on-failure health-retries
  health-start-interval health-start-period health-startup-cmd health-startup-interval health-startup-retries
  health-startup-success health-startup-timeout health-timeout host hostname hostuser image-volume infra-command
  infra-image infra-name init-ctr init-path io-maxbandwidth io-maxiops ip ip6 ipc isolation kernel-memory label
  label-file limit-cpu limit-memory limit-pids link link-local-ip log-driver log-opt mac-address max-concurrent memory
  memory-reservation memory-swap memory-swappiness mode mount mount-add name net net-alias network network-add
  network-alias network-rm oom-score-adj os passwd-entry personality pid pidfile pids-limit placement-pref platform pod
  pod-id-file preserve-fd preserve-fds publish publish-add publish-rm pull rdt-class replicas replicas-max-per-node
  requires reserve-cpu reserve-memory restart restart-condition restart-delay restart-max-attempts restart-window retry
  retry-delay rollback-delay rollback-failure-action rollback-max-failure-ratio rollback-monitor rollback-order
  rollback-parallelism runtime sdnotify seccomp-policy secret security-opt share shm-size shm-size-systemd stop-grace-period
  stop-signal stop-timeout storage-opt subgidname subuidname sysctl systemd timeout tmpfs tz uidmap ulimit umask unsetenv
  update-delay update-failure-action update-max-failure-ratio update-monitor update-order update-parallelism user userns
  uts variant verify volume volume-driver volumes-from workdir
`);

/** Long flags of `build`, `buildx build`, `buildx create` and `buildx bake`. */
const BUILD_VALUES = names(`
  add-host allow annotation arch attest authfile build-arg build-context builder buildkitd-config buildkitd-flags
  cache-from cache-to cache-ttl call cap-add cap-drop cert-dir cgroup-parent config cpu-period cpu-quota cpu-shares
  cpuset-cpus cpuset-mems creds device dns dns-option dns-search driver driver-opt env file format from group-add
  hooks-dir iidfile ignorefile ipc isolation jobs label layer-label logfile manifest memory memory-swap metadata-file
  name network no-cache-filter node os os-feature os-version output pid platform policy progress provenance retry
  retry-delay runtime runtime-flag sbom secret security-opt set shm-size sign-by ssh tag target timestamp ulimit
  unsetenv unsetlabel userns userns-gid-map userns-uid-map uts variant volume
`);

/** Flags before the command: `docker --context remote run …`. */
const GLOBAL_VALUES = names(`
  -H -c -l -a -n --host --context --config --log-level --tlscacert --tlscert --tlskey --connection --url --identity
  --root --runroot --storage-driver --storage-opt --cgroup-manager --runtime --runtime-flag --tmpdir --events-backend
  --hooks-dir --conmon --network-cmd-path --network-config-dir --volumepath --imagestore --module --out --ssh --address
  --namespace --data-root --cni-path --cni-netconfpath --snapshotter --hosts-dir --host-gateway-ip
`);

/** Flags between `docker compose` and its command. */
const COMPOSE_VALUES = names(`
  -f -p --file --project-name --profile --env-file --project-directory --parallel --progress --ansi
`);

/** What a short flag is called in full. Those with a value stand in a table of their own. */
const RUN_SHORT: Readonly<Record<string, string>> = {
  a: 'attach',
  c: 'cpu-shares',
  e: 'env',
  h: 'hostname',
  l: 'label',
  m: 'memory',
  p: 'publish',
  u: 'user',
  v: 'volume',
  w: 'workdir',
};
const RUN_SWITCHES: Readonly<Record<string, string>> = {
  d: 'detach',
  i: 'interactive',
  P: 'publish-all',
  q: 'quiet',
  t: 'tty',
};
const BUILD_SHORT: Readonly<Record<string, string>> = {
  c: 'cpu-shares',
  f: 'file',
  m: 'memory',
  o: 'output',
  t: 'tag',
  v: 'volume',
};
const BUILD_SWITCHES: Readonly<Record<string, string>> = { q: 'quiet' };

/** Other names of a flag: hidden aliases, and the flags of `service update` that add something. */
const SAME: Readonly<Record<string, string>> = {
  net: 'network',
  'network-add': 'network',
  'publish-add': 'publish',
  'mount-add': 'mount',
  'net-alias': 'network-alias',
};

/** What the flags of a command mean. */
export interface FlagTable {
  readonly values: ReadonlySet<string>;
  readonly short: Readonly<Record<string, string>>;
  readonly switches: Readonly<Record<string, string>>;
}

export const RUN_FLAGS: FlagTable = { values: RUN_VALUES, short: RUN_SHORT, switches: RUN_SWITCHES };
export const BUILD_FLAGS: FlagTable = { values: BUILD_VALUES, short: BUILD_SHORT, switches: BUILD_SWITCHES };

/** The name under which rules know a flag. */
export function flagName(long: string): string {
  return ownEntry(SAME, long) ?? long;
}

/** Whether a flag before the command takes the next word for its value. */
export function takesNextWord(global: string): boolean {
  return GLOBAL_VALUES.has(global);
}

/** The same for a flag behind `docker compose`. */
export function takesNextWordOfCompose(flag: string): boolean {
  return COMPOSE_VALUES.has(flag);
}
