/**
 * Lints the files that are named on standard input, one a line, with the rules bundled over `yaml-recorder.ts`, and writes
 * what had to be parsed: a line of JSON for each file.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_SETTINGS, lint } from '../../shared-rules/index.ts';
import { takeParsed } from './yaml-recorder.ts';

const [, , folder = '', list = '', out = ''] = process.argv;
const lines: string[] = [];
for (const path of readFileSync(list, 'utf8').split('\n')) {
  const text = readFileSync(join(folder, path), 'utf8').replace(/^\uFEFF/, '');
  lint(path, text, { ...DEFAULT_SETTINGS, profile: 'all' });
  lines.push(JSON.stringify({ path, parsed: takeParsed() }));
}
writeFileSync(out, lines.join('\n'));
