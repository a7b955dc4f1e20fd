import { CONFIG_NAME, starterConfig } from '../../shared-rules/index.ts';
import { terminalLines } from '../sinks/terminal.ts';
import { saveFile } from '../workspace/save-file.ts';
import { statsOf } from '../workspace/write-file.ts';
import { EXIT, UsageError } from './exit-status.ts';
import type { Streams } from './inputs.ts';

export interface InitOptions {
  /** Write over a configuration that is there. */
  readonly force?: boolean;
}

/** Writes a first configuration into the current folder. */
export async function init({ force }: InitOptions, { out }: Pick<Streams, 'out'>): Promise<number> {
  if (!force && (await statsOf(CONFIG_NAME)))
    throw new UsageError(`there is a ${CONFIG_NAME} already. To write over it, add --force.`);
  const failure = await saveFile(CONFIG_NAME, starterConfig());
  if (failure) throw new UsageError(`${CONFIG_NAME} ${failure}.`);
  out.write(terminalLines(`${CONFIG_NAME} is written. Every key is explained in it.\n`));
  return EXIT.clean;
}
