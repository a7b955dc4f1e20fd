import { Readable, Writable } from 'node:stream';
import type { Streams } from '../../../server/cli/inputs.ts';

/** Runs a command and gives back its exit status with what it wrote. */
export async function captured(
  command: (streams: Streams) => Promise<number>,
): Promise<{ status: number; out: string; err: string }> {
  const written = { out: '', err: '' };
  const stream = (name: 'out' | 'err') =>
    new Writable({
      write(chunk, _encoding, done) {
        written[name] += chunk;
        done();
      },
    });
  const status = await command({ in: Readable.from([]), out: stream('out'), err: stream('err') });
  return { status, ...written };
}
