/**
 * Measures Bulkhead and writes `docs/performance.md`: `run.ts [--full] [--only PART,...] [--out FILE]`.
 * Some parts alone are printed, if no file is named for them. Parts: typing, endurance, startup, in-process, deployed, folder, scan, peers, editor, sizes.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { deployedSection } from './deployed.ts';
import { editorSection } from './editor/section.ts';
import { filesIn } from './folder/files.ts';
import { scanSection } from './folder/scan.ts';
import { folderSection, wholeFolder } from './folder/section.ts';
import { inProcessSection } from './in-process.ts';
import { introduction } from './machine.ts';
import { installPeers } from './peers/install.ts';
import { peersSection } from './peers/section.ts';
import { reportText, type Section } from './report.ts';
import { root } from './servers/contenders.ts';
import { type Run, withRun } from './setup.ts';
import { sizesSection } from './sizes.ts';
import { startupSection } from './startup.ts';
import { enduranceSection } from './typing/endurance.ts';
import { typingSection } from './typing/section.ts';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string' },
  },
});
const { full, only } = values;
const parts = new Set(
  (only ?? 'typing,endurance,startup,in-process,deployed,folder,scan,peers,editor,sizes').split(','),
);
const out = values.out ?? (only === undefined ? join(root, 'docs', 'performance.md') : undefined);
const corpus = process.env.BULKHEAD_CORPUS;

async function measure(run: Run): Promise<Section[]> {
  const peers = run.isFull && (parts.has('typing') || parts.has('peers')) ? await installPeers(run) : undefined;
  const sections: Section[] = [];
  if (parts.has('typing')) sections.push(await tried('typing', typingSection(run, peers?.schemas)));
  if (parts.has('endurance')) sections.push(await tried('endurance', enduranceSection(run)));
  if (parts.has('startup')) sections.push(await tried('startup', startupSection(run)));
  if (parts.has('in-process')) sections.push(await inProcessSection(run));
  if (parts.has('deployed')) sections.push(await tried('deployed', deployedSection(run)));
  const isEditorWanted = parts.has('editor') && (run.isFull || only !== undefined);
  if (parts.has('folder') || parts.has('scan') || isEditorWanted || (peers && parts.has('peers'))) {
    const whole = await wholeFolder(run, corpus === undefined ? undefined : await filesIn(corpus));
    if (parts.has('folder')) sections.push(await tried('folder', folderSection(run, whole)));
    if (parts.has('scan')) sections.push(await tried('scan', scanSection(run, whole)));
    if (peers && parts.has('peers')) sections.push(await tried('peers', peersSection(run, peers, whole)));
    if (isEditorWanted) sections.push(await tried('editor', editorSection(run, whole.folder)));
  }
  if (parts.has('sizes')) sections.push(await sizesSection());
  return sections;
}

/** What one part found out; where it failed, that it did: the others are measured all the same. */
async function tried(part: string, section: Promise<Section>): Promise<Section> {
  try {
    return await section;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const target = { what: `The part ${part}`, wanted: 'is measured', measured: reason, isMet: false };
    return { title: `Not measured: ${part}`, text: [reason], tables: [], targets: [target] };
  }
}

const sections = await withRun(full, measure);
const notes = await readFile(join(import.meta.dirname, 'notes.md'), 'utf8');
const report = reportText(introduction(full, only === undefined ? '' : ` -- --only ${only}`), sections, notes);
if (out !== undefined) await writeFile(out, report);
else console.log(report);
for (const { what, wanted, measured, isMet } of sections.flatMap(({ targets }) => targets))
  console.log(`${isMet ? 'met    ' : 'NOT MET'} ${what}: ${measured} (${wanted})`);
if (out !== undefined) console.log(`The report is in ${out}.`);
