import { sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { SinkText } from './sink-text.ts';

/** A URI, or a reference to one. */
export type UriText = SinkText<'uri'>;

/** A path with forward slashes. On systems that have these, a backslash is a character of a name as any other. */
export function slashed(path: string, separator = sep): string {
  return separator === '\\' ? path.replaceAll('\\', '/') : path;
}

/** The reference to a path with forward slashes from the folder that it is relative to. */
export function relativeUri(path: string): UriText {
  return path
    .split('/')
    .map((name) => encodeURIComponent(name.replaceAll(/\p{Surrogate}/gu, '\uFFFD')))
    .join('/') as UriText;
}

/** The URI of a file on disk. */
export function fileUri(path: string): UriText {
  return pathToFileURL(path).href as UriText;
}

/** An address that was made of parts by the editor or by the CI, and not by a workspace. */
export function ownUri(address: string): UriText {
  return address as UriText;
}
