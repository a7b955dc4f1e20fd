import { URI } from 'vscode-uri';
import { isExcluded, isWalked, leadsThroughLink } from '../../workspace/walk.ts';
import { isConfig } from './config-files.ts';
import type { Folders } from './folders.ts';
import type { Settings } from './settings-store.ts';
import { fileOf } from './uris.ts';

/** Schemes of documents that an editor, or its client for Bulkhead, derives from others: problems are shown at the original. */
const DERIVED_SCHEME =
  /^(?:bulkhead-deployed|git|gitfs|gitlens|scm-history-item|output|chat-.*|vscode-(?!vfs$|remote$|test-web$).*)$/;

/** Whether a document is checked while it is open. */
export function isCheckedWhileOpen(uri: string, { enable, exclude }: Settings, folders: Folders): boolean {
  const below = folders.pathInFolder(uri);
  return (
    enable &&
    !isConfig(uri) &&
    !DERIVED_SCHEME.test(URI.parse(uri).scheme) &&
    !(below !== undefined && isExcluded(below, exclude))
  );
}

/** Whether a file is one of those that are listed while they are not open, as a scan lists them. */
export function isListed(uri: string, { enable, scope, exclude }: Settings, folders: Folders): boolean {
  const below = folders.pathInFolder(uri);
  if (!enable || scope !== 'workspace' || below === undefined || !isWalked(below, exclude)) return false;
  const folder = folders.scopeOf(uri);
  return !leadsThroughLink(fileOf(folder), below) && !folders.gitIgnoreOf(folder).ignores(fileOf(uri));
}
