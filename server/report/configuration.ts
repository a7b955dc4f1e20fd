import type { AcceptedBy, Weakening } from '../../shared-rules/index.ts';
import type { Report } from './report.ts';
import { plural } from './wording.ts';

/** Something that is wrong in a configuration, or does not count. Lines and columns count from 1. */
export interface ConfigurationProblem {
  readonly severity: 'error' | 'warning';
  readonly message: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a configuration makes a run report less of. */
export interface ConfigurationReport {
  /** As it is named for people. */
  readonly file: string;
  readonly weakening: Weakening;
  /** How many files `ignore` leaves out. */
  readonly leftOut: number;
  /** What it says that a policy does not allow. */
  readonly refusals: readonly ConfigurationProblem[];
}

/** How many rules are named in a sentence. */
const MOST_NAMED = 20;

/** What a run reports less of because a repository says so, as sentences. */
export function weakeningSentences({ files, configuration }: Report): string[] {
  const { file = 'the configuration', weakening, leftOut = 0 } = configuration ?? {};
  const counts = new Map<string, number>();
  for (const { by, owner = 'no owner' } of files.flatMap(({ accepted }) => accepted)) {
    const name = by === 'configuration' ? `${acceptedByName(by, file)} (${owner})` : acceptedByName(by, file);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [
    ...(weakening ? configurationSentences(file, weakening) : []),
    ...(leftOut > 0 ? [`${file} leaves out ${plural(leftOut, 'file')} (ignore).`] : []),
    ...acceptedSentences(counts),
  ];
}

/** What a configuration makes Bulkhead report less of, but for the files that it leaves out. */
export function configurationSentences(file: string, { off, lowered, notAi, hostUsers }: Weakening): string[] {
  const milder = lowered.map(({ rule, to }) => `${rule} (${to})`);
  return [
    off.length > 0 ? `${file} switches off ${plural(off.length, 'rule')}: ${listed(off)}.` : '',
    milder.length > 0 ? `${file} lowers the severity of ${plural(milder.length, 'rule')}: ${listed(milder)}.` : '',
    notAi > 0 ? `${file} has ${plural(notAi, 'image pattern')} for what is no AI workload (ai.exclude).` : '',
    hostUsers > 0 ? `${file} lists ${plural(hostUsers, 'known host user')}, whose findings are lowered.` : '',
  ].filter((sentence) => sentence !== '');
}

function listed(names: readonly string[]): string {
  const others = names.length - MOST_NAMED;
  return [...names.slice(0, MOST_NAMED), ...(others > 0 ? [`${others} more`] : [])].join(', ');
}

const NAMES: Readonly<Record<Exclude<AcceptedBy, 'configuration'>, string>> = {
  comment: 'comments',
  annotation: 'annotations',
  kics: 'KICS comments',
  datadog: 'Datadog comments',
  trivy: 'Trivy comments',
  checkov: 'Checkov annotations',
  kubeLinter: 'KubeLinter annotations',
  kubeScore: 'kube-score annotations',
  polaris: 'Polaris annotations',
  kubeaudit: 'kubeaudit labels',
};

/** What accepts findings, in the plural. */
export function acceptedByName(by: AcceptedBy, configuration: string): string {
  return by === 'configuration' ? `exceptions in ${configuration}` : NAMES[by];
}

/** Such as `3 findings are accepted: 2 by comments, 1 by exceptions in .bulkhead.yaml (platform-team).` */
export function acceptedSentences(counts: ReadonlyMap<string, number>): string[] {
  const all = [...counts.values()].reduce((sum, count) => sum + count, 0);
  if (all === 0) return [];
  const parts = [...counts].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, count]) => `${count} by ${name}`);
  return [`${plural(all, 'finding')} ${all === 1 ? 'is' : 'are'} accepted: ${listed(parts)}.`];
}

/** What a baseline leaves out, where a report goes without the messages that say so. */
export function baselineSentence({ baseline }: Report): string[] {
  return baseline && baseline.count > 0
    ? [`${plural(baseline.count, 'known finding')} left out (${baseline.file}).`]
    : [];
}

/** Whether nothing was checked because the configuration leaves out every file that there is. */
export function isAllLeftOut({ paths, configuration }: Pick<Report, 'paths' | 'configuration'>): boolean {
  return paths.length === 0 && (configuration?.leftOut ?? 0) > 0;
}
