import { relative } from 'node:path';
import { lint, WorkspaceFacts } from '../../shared-rules/index.ts';
import type { Input } from './inputs.ts';
import type { RunSettings } from './run-settings.ts';

/** What files say to each other. What cannot be read says nothing. */
export async function collectFactsOf(
  inputs: readonly Input[],
  { lint: settings, root }: RunSettings,
): Promise<WorkspaceFacts> {
  const workspace = new WorkspaceFacts();
  for (const { name, isIgnored, read: readInput } of inputs) {
    const read = isIgnored ? undefined : await readInput();
    if (read && 'text' in read) workspace.update(name, lint(relative(root, name), read.text, settings));
  }
  return workspace;
}
