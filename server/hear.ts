import { relative } from 'node:path';
import { lint, Workspace } from '../shared-rules/index.ts';
import type { RunSettings } from './config-file.ts';
import { readTextFile } from './read-file.ts';

/** What files say to each other. What cannot be read says nothing. */
export async function hear(files: readonly string[], { lint: settings, root }: RunSettings): Promise<Workspace> {
  const workspace = new Workspace();
  for (const file of files) {
    const read = await readTextFile(file);
    if ('text' in read) workspace.update(file, lint(relative(root, file), read.text, settings));
  }
  return workspace;
}
