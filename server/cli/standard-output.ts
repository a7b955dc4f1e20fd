import { fstatSync, writeFileSync } from 'node:fs';
import { Writable } from 'node:stream';
import type { Output } from '../sinks/terminal.ts';

const DESCRIPTOR = 1;

/**
 * Standard output. Where it is a file, all that is written is in it, or there is an error: Node's own stream takes a write
 * that came back short, as on a full disk, for a whole one.
 */
export function standardOutput(): Output {
  return isFile(DESCRIPTOR) ? new Writable({ write: writeAll }) : process.stdout;
}

function writeAll(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error) => void): void {
  try {
    writeFileSync(DESCRIPTOR, chunk);
    done();
  } catch (error) {
    done(error as Error);
  }
}

function isFile(descriptor: number): boolean {
  try {
    return fstatSync(descriptor).isFile();
  } catch {
    return false;
  }
}
