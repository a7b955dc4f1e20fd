/**
 * An image repository without tag, which may stand behind any registry or mirror prefix. A `*` stands for any text
 * without a slash, at the end behind a slash for any text.
 */
export function imageGlob(glob: string): RegExp {
  const source = glob
    .split('*')
    .map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    .join(glob.endsWith('/*') ? '.*' : '[^/]*');
  return new RegExp(`(?:^|/)${source}$`, 'i');
}
