import { isKnown } from '../../language/unknown.ts';

/**
 * One spelling for each host path: single slashes, no `.` or `..`, no slash at the end, `/run` for `/var/run`
 * (a link on every current distribution), forward slashes for Windows pipes. What is not known stays, and `..` behind it.
 */
export function normalizeHostPath(path: string): string {
  const forward = path.replaceAll('\\', '/');
  if (forward.startsWith('//./pipe/')) return forward.toLowerCase();
  const segments: string[] = [];
  for (const segment of forward.split('/')) {
    if (segment === '..' && isKnown(segments.at(-1) ?? '')) segments.pop();
    else if (segment !== '' && segment !== '.') segments.push(segment);
  }
  const isAbsolute = forward.startsWith('/');
  if (isAbsolute && segments[0] === 'var' && segments[1] === 'run') segments.shift();
  return (isAbsolute ? '/' : '') + segments.join('/');
}
