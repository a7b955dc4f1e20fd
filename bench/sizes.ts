import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { listFiles, PackageManager } from '@vscode/vsce';
import type { Section } from './report.ts';
import { root } from './servers/contenders.ts';

/** What each part of the extension is for. */
const PARTS: readonly (readonly [part: RegExp, what: string])[] = [
  [/^dist\/server\.cjs$/, 'language server'],
  [/^dist\/(?:core|thread)\.cjs$/, 'rules, and the parser of YAML'],
  [/^dist\/grammars\.cjs$/, 'parsers of shell scripts, Dockerfiles and JSON'],
  [/^dist\/client\.cjs$/, 'client'],
  [/^dist\/rules\//, 'pages of the rules'],
  [/^schemas\//, 'schema of the configuration'],
  [/\.png$/, 'icon'],
  [/^package\.json$/, 'package.json'],
  [/./, 'other documents'],
];

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(0)} kB`;

/** How large the extension is, by part. */
export async function sizesSection(): Promise<Section> {
  const files = (await listFiles({ cwd: root, packageManager: PackageManager.None })).map((path) =>
    path.replaceAll('\\', '/'),
  );
  const sums = PARTS.map(([, what]) => ({ what, files: 0, bytes: 0, packed: 0 }));
  for (const path of files) {
    const sum = sums[PARTS.findIndex(([part]) => part.test(path))];
    if (!sum) continue;
    const content = readFileSync(join(root, path));
    sum.files++;
    sum.bytes += content.length;
    sum.packed += deflateRawSync(content, { level: 9 }).length;
  }
  const whole = { what: '**all**', files: files.length, bytes: 0, packed: 0 };
  for (const { bytes, packed } of sums) {
    whole.bytes += bytes;
    whole.packed += packed;
  }
  return {
    title: 'Size of the extension',
    text: ['The files that `vsce` packs, as they are and compressed.'],
    tables: [
      {
        columns: ['part', 'files', 'size', 'compressed'],
        rows: [...sums, whole].map(({ what, files: count, bytes, packed }) => [
          what,
          String(count),
          kilobytes(bytes),
          kilobytes(packed),
        ]),
      },
    ],
    targets: [],
  };
}
