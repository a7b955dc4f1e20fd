import { isKnown } from '../../language/unknown.ts';

/**
 * One spelling for each host path: single slashes, no `.` or `..`, no slash at the end, `/run` for `/var/run`
 * (a link on every current distribution). On Windows, where the case of letters means nothing, forward slashes and small
 * letters, with the drive in front: `c:/windows`, which is `C:` where a path begins with a backslash (as the kubelet reads
 * it), and `//./pipe/` in front of named pipes. What is not known stays, and `..` behind it.
 */
export function normalizeHostPath(path: string): string {
  const forward = path.replaceAll('\\', '/').replace(/^\/\/[?.]\/(?=[A-Za-z]:)/, '');
  const pipes = /^\/\/[?.]\/pipe\/+/i.exec(forward)?.[0];
  if (pipes !== undefined) return `//./pipe/${forward.slice(pipes.length).toLowerCase()}`;
  if (/^\\(?!\\)/.test(path)) return normalizeHostPath(`c:${forward}`);
  if (/^[A-Za-z]:(?:\/|$)/.test(forward)) {
    const drive = forward.slice(0, 2).toLowerCase();
    return drive + normalizeHostPath(forward.slice(2) || '/').toLowerCase();
  }
  const segments: string[] = [];
  for (const segment of forward.split('/')) {
    if (segment === '..' && isKnown(segments.at(-1) ?? '')) segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const isAbsolute = forward.startsWith('/');
  if (isAbsolute && segments[0] === 'var' && segments[1] === 'run') segments.shift();
  return (isAbsolute ? '/' : '') + segments.join('/');
}

/** Whether a path, as normalizeHostPath gives it, is one of the system drive of Windows. */
export function isOnSystemDrive(normal: string): boolean {
  return normal.startsWith('c:/');
}

/** The path on the drive. */
export function withoutDrive(normal: string): string {
  return normal.slice('c:'.length);
}
