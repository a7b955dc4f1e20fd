import { DeployedFiles, type Files } from './deployed-files.ts';
import { chartOf, overlaysOf } from './deployed-texts.ts';
import { atMost, type Section } from './report.ts';
import type { Run } from './setup.ts';
import { median, milliseconds, p95 } from './statistics.ts';

/** An edit of a file that others are put together with: what is replaced, by each of many numbers. */
interface Edited {
  readonly what: string;
  readonly file: string;
  readonly before: string;
  readonly after: string;
  /** In milliseconds, where that was promised. */
  readonly most?: number;
}

const OVERLAYS: readonly Edited[] = [
  { what: 'base with 20 overlays', file: 'base/all.yaml', before: 'replicas: 2', after: 'replicas: ' },
  { what: 'patch of an overlay', file: 'over3/patch.yaml', before: 'replicas: 3', after: 'replicas: ' },
];
const CHART: readonly Edited[] = [
  { what: 'values.yaml', file: 'chart/values.yaml', before: 'replicas: 2', after: 'replicas: ', most: 60 },
  {
    what: 'template',
    file: 'chart/templates/part5.yaml',
    before: 'containerPort: 8080',
    after: 'containerPort: ',
    most: 25,
  },
  { what: 'partial', file: 'chart/templates/_helpers.tpl', before: 'trunc 40', after: 'trunc ' },
];

/** What an edit of a file costs that is deployed together with others, without a protocol. */
export async function deployedSection({ isFull, say }: Run): Promise<Section> {
  const edits = isFull ? 100 : 30;
  const objects = isFull ? 200 : 50;
  say('editing overlays and charts');
  const rows = [
    ...edited(overlaysOf(objects, 20), OVERLAYS, edits, `${objects} objects`),
    ...edited(chartOf(100), CHART, edits, 'chart of 100 templates'),
  ];
  return {
    title: 'Files that are deployed together',
    text: [
      'In one process, from a changed text to the findings in it, while all other files are known. The values file is rendered with two environments, each with 100 templates of about 55 lines; the base is built for each of 20 overlays.',
    ],
    tables: [
      {
        columns: ['of', 'edited', 'median', 'p95'],
        rows: rows.map(({ of, what, samples }) => [
          of,
          what,
          milliseconds(median(samples)),
          milliseconds(p95(samples)),
        ]),
      },
    ],
    targets: rows.flatMap(({ what, most, samples }) =>
      most === undefined ? [] : [atMost(`An edit of a ${what} of 100 templates`, most, median(samples), 'ms')],
    ),
  };
}

function edited(files: Files, all: readonly Edited[], count: number, of: string) {
  const workspace = new DeployedFiles(files);
  return all.map(({ what, file, before, after, most }) => {
    const texts = Array.from({ length: count }, (_, index) =>
      (files[file] as string).replace(before, `${after}${index + 10}`),
    );
    return { of, what, most, samples: workspace.typed(file, texts) };
  });
}
