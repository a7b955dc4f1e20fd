import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { residentMemory } from './process-memory.ts';

/** How a program ran. */
export interface Ran {
  readonly ms: number;
  readonly status: number | null;
  /** The most memory of its first process, in MiB. */
  readonly peak: number | undefined;
  /** The end of what it said on standard error. */
  readonly complaints: string;
}

/** A run that takes longer is ended. */
const PATIENCE = 20 * 60_000;
/** How often the memory is looked at; what Linux remembers is the highest it ever was. */
const WATCH = 20;

/** Runs a program; what it prints on standard output goes to a file. */
export function runProgram(command: readonly string[], out: string, folder: string): Promise<Ran> {
  const [program = '', ...args] = command;
  const file = openSync(out, 'w');
  const start = performance.now();
  const child = spawn(program, args, { cwd: folder, stdio: ['ignore', file, 'pipe'], timeout: PATIENCE });
  let peak: number | undefined;
  const watch = setInterval(() => {
    peak = residentMemory(child.pid ?? 0)?.peak ?? peak;
  }, WATCH);
  let complaints = '';
  child.stderr?.on('data', (data) => {
    complaints = (complaints + data).slice(-2000);
  });
  return new Promise<Ran>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (status, signal) => {
      const ms = performance.now() - start;
      if (signal) reject(new Error(`${program} was ended by ${signal}: ${complaints}`));
      else resolve({ ms, status, peak, complaints });
    });
  }).finally(() => {
    clearInterval(watch);
    closeSync(file);
  });
}

/** Runs a program that must end well. @returns what it printed */
export async function outputOf(command: readonly string[], folder: string): Promise<string> {
  const out = join(folder, 'output.txt');
  const { status, complaints } = await runProgram(command, out, folder);
  const output = await readFile(out, 'utf8');
  if (status !== 0) throw new Error(`${command.join(' ')} ended with status ${status}: ${complaints}`);
  return output;
}
