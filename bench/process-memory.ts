import { readFileSync } from 'node:fs';

/** What Linux says of a process's memory, in MiB; undefined on other systems, and when the process is gone. */
export function residentMemory(pid: number): { now: number; peak: number } | undefined {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) / 1024;
    const memory = { now: field('VmRSS'), peak: field('VmHWM') };
    // A process that has ended and is not yet waited for holds none.
    return Number.isNaN(memory.peak) ? undefined : memory;
  } catch {
    return undefined;
  }
}
