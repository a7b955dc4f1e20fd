import { type Mount, readLongMount, readShortMount } from '../mounts.ts';
import type { Option } from './container-command.ts';

/** The mount that `--volume` or `--mount` asks for; undefined for any other option. */
export function mountOf({ name, value = '' }: Option): Mount | undefined {
  if (name === 'volume') return readShortMount(value);
  return name === 'mount' ? readLongMount(value) : undefined;
}
