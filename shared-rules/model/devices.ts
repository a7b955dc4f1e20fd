/** A device of the host that a container may use, as `--device` and Compose's `devices` write it. */
export interface DeviceMapping {
  /** A path such as `/dev/sda`; anything else names a CDI device. */
  readonly source: string;
  /** What may be done with it: some of `r`, `w` and `m`. */
  readonly permissions: string;
}

/** `SOURCE[:TARGET][:PERMISSIONS]`; from the reference of `docker run`. */
export function readDevice(text: string): DeviceMapping {
  const [source = '', ...others] = text.split(':');
  return { source, permissions: others.findLast((part) => /^[rwm]{1,3}$/.test(part)) ?? 'rwm' };
}

/** `TYPE MAJOR:MINOR PERMISSIONS`, a rule of the device cgroup: what it permits; undefined where it is none. */
export function permissionsOfRule(text: string): string | undefined {
  return /^[abc] (?:\d+|\*):(?:\d+|\*) ([rwm]{1,3})$/.exec(text)?.[1];
}
