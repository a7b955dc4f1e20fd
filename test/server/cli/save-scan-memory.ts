/** Remembers one more outcome of a scan: FOLDER of the memory, and the content of the file. */
import { hash } from '../../../server/workspace/hash.ts';
import type { LintOutcome } from '../../../server/workspace/lint/order.ts';
import { ScanMemory } from '../../../server/workspace/lint/scan-memory.ts';

const [, , folder = '', content = ''] = process.argv;
const memory = await ScanMemory.of(folder, 'folder');
const outcome = { content: hash(content), data: { dependsOnDay: false } } as LintOutcome;
memory.of('a.yaml', ['always', 'today'], 'facts').keep(outcome, JSON.stringify(outcome));
process.exitCode = (await memory.save()) === undefined ? 0 : 1;
