import { writeFile } from 'node:fs/promises';
import { CONFIG_NAME, starterConfig } from '../../shared-rules/index.ts';
import { terminalLines } from '../sinks/terminal.ts';
import { EXIT, UsageError } from './exit-status.ts';
import type { Streams } from './inputs.ts';

export interface InitOptions {
  /** Write over a configuration that is there. */
  readonly force?: boolean;
}

/** Writes a first configuration into the current folder. */
export async function init({ force }: InitOptions, { out }: Pick<Streams, 'out'>): Promise<number> {
  try {
    await writeFile(CONFIG_NAME, starterConfig(), { flag: force ? 'w' : 'wx' });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') throw new UsageError(`there is a ${CONFIG_NAME} already. To write over it, add --force.`);
    throw new UsageError(`${CONFIG_NAME} cannot be written (${code ?? String(error)}).`);
  }
  out.write(terminalLines(`${CONFIG_NAME} is written. Every key is explained in it.\n`));
  return EXIT.clean;
}
