import { normalizeHostPath } from './normalize.ts';

/** What `type` of a hostPath volume may ask for; an empty one asks for nothing. From the Kubernetes API. */
export type HostPathType =
  | 'DirectoryOrCreate'
  | 'Directory'
  | 'FileOrCreate'
  | 'File'
  | 'Socket'
  | 'CharDevice'
  | 'BlockDevice';

const SOCKET = /\.sock$|^\/run\/dbus\/system_bus_socket$|^\/dev\/log$/;

/** Device files whose names the kernel and its documentation (admin-guide/devices.txt) fix. */
const CHARACTER_DEVICE =
  /^\/dev\/(?:null|zero|full|random|urandom|tty|kmsg|mem|port|kvm|fuse|kfd|loop-control|net\/tun|vhost-net|vhost-vsock|nvidiactl|nvidia-uvm|nvidia\d+|dri\/(?:card|renderD)\d+|video\d+|tty(?:S|USB|ACM)\d+)$/;
const BLOCK_DEVICE = /^\/dev\/(?:(?:sd|vd|xvd)[a-z]\d*|nvme\d+n\d+(?:p\d+)?|loop\d+|dm-\d+)$/;

/** What is certainly found at a path of a Linux host, if anything; undefined where its name does not tell. */
export function typeAt(path: string): 'Socket' | 'CharDevice' | 'BlockDevice' | undefined {
  const normal = normalizeHostPath(path);
  if (SOCKET.test(normal)) return 'Socket';
  if (CHARACTER_DEVICE.test(normal)) return 'CharDevice';
  return BLOCK_DEVICE.test(normal) ? 'BlockDevice' : undefined;
}
