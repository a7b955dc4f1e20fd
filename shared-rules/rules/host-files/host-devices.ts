import type { Change } from '../../language/change.ts';
import type { Place } from '../../language/place.ts';
import type { Subject } from '../../model/workload.ts';
import type { Severity } from '../severity.ts';

/** A device of the host that a container may use, or a rule that allows some; on any surface. */
export interface HostDeviceUse {
  readonly subject: Subject;
  readonly at: Place;
  /** A path such as `/dev/sda`, or a rule of the device cgroup such as `b 8:* rwm`. */
  readonly device: string;
  /** What may be done with it: some of `r`, `w` and `m`. */
  readonly permissions: string;
  readonly fromDefault: boolean;
  /** Empty where it cannot be taken away by itself. */
  readonly removal: readonly Change[];
}

/** What a device gives to whoever may use it. */
export interface DeviceExposure {
  /** What it is, as a sentence goes on. */
  readonly gives: string;
  readonly power: string;
  readonly severity: Severity;
}

const DISK: DeviceExposure = {
  gives: 'a disk of the host',
  power:
    'Root in the container gets at every file on it, past mounts and permissions, and needs no capability for that',
  severity: 'high',
};
const CONTROLLER: DeviceExposure = {
  gives: "the controller of the host's NVMe disks",
  power: 'With the capability SYS_ADMIN it sends commands to the disks themselves, which read, format or erase them',
  severity: 'medium',
};
const MEMORY: DeviceExposure = {
  gives: 'the memory and hardware of the host',
  power:
    'With the capability SYS_RAWIO it steers hardware and, where the kernel is not built to refuse that, changes its memory',
  severity: 'high',
};
const EVERYTHING: DeviceExposure = {
  gives: 'all devices of the host',
  power: 'The disks and the memory of the host are among them',
  severity: 'high',
};
const INPUT: DeviceExposure = {
  gives: "the host's keyboard and screen",
  power: 'It can read what is typed on the host, or type there itself',
  severity: 'medium',
};

/**
 * The devices that lead out of a container. What is not here stays silent: graphics, sound, video, serial and USB
 * devices, and `/dev/fuse`, `/dev/kvm` and `/dev/net/tun`, which give nothing of the host's without a capability more.
 * Names: the kernel's list of devices (admin-guide/devices.txt) and udev's links.
 */
const PATHS: readonly (readonly [RegExp, DeviceExposure])[] = [
  [/^\/dev$/, EVERYTHING],
  [/^\/dev\/(?:mem|kmem|port|cpu\/\d+\/msr)$/, MEMORY],
  [/^\/dev\/(?:[shv]d[a-z]+\d*|xvd[a-z]+\d*|nvme\d+n\d+(?:p\d+)?|mmcblk\d+(?:p\d+)?|md\d+|dm-\d+)$/, DISK],
  [/^\/dev\/nvme\d+$/, CONTROLLER],
  [/^\/dev\/(?:mapper|disk)(?:\/.+)?$/, DISK],
  [/^\/dev\/(?:uinput|input|input\/event\d+|console|tty\d+)$/, INPUT],
];

/** The major numbers of disks. Among the character devices `1` is memory and `13` is input. */
const DISK_MAJORS = /^(?:3|8|6[5-9]|7[01]|12[89]|13[0-5]|179|202|253|254|259)$/;

/** What a device, or a rule of the device cgroup, exposes; undefined for ordinary devices. */
export function deviceExposure(device: string, permissions: string): DeviceExposure | undefined {
  if (!/[rw]/.test(permissions)) return undefined;
  const rule = /^([abc]) (\d+|\*):/.exec(device);
  return rule ? ruleExposure(rule[1] as string, rule[2] as string) : pathExposure(device);
}

function pathExposure(device: string): DeviceExposure | undefined {
  const normal = device.replace(/\/+/g, '/').replace(/(.)\/$/, '$1');
  return PATHS.find(([pattern]) => pattern.test(normal))?.[1];
}

function ruleExposure(type: string, major: string): DeviceExposure | undefined {
  if (type === 'a' || (type === 'c' && major === '*')) return EVERYTHING;
  if (type === 'b') return major === '*' || DISK_MAJORS.test(major) ? DISK : undefined;
  if (major === '13') return INPUT;
  return major === '1' ? MEMORY : undefined;
}
