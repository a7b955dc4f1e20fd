import type { ConfiguredException, ExceptionMatch } from '../engine/settings.ts';
import { isExpired } from '../engine/suppressions/configured-exceptions.ts';
import { lineEnd, type Range } from '../language/text.ts';
import { type ParseProblem, YamlDocument } from '../language/yaml/document.ts';
import { withLineFeeds } from '../language/yaml/line-ends.ts';
import { splitDocuments } from '../language/yaml/split.ts';
import type { Value } from '../language/yaml/value.ts';
import { readKubernetesVersion } from '../model/kubernetes/version.ts';
import type { RuleId } from '../rules/catalogue.generated.ts';
import type { Profile } from '../rules/severity.ts';
import type { Config } from './config.ts';
import { type ConfigProblem, type Data, ShapeReader } from './read-shape.ts';
import { CONFIG } from './shape.ts';

export interface ReadConfig {
  readonly config: Config;
  /** In the order of the text. */
  readonly problems: readonly ConfigProblem[];
}

/** What is left of a configuration when it has been read by its shape. */
export interface RawConfig {
  readonly profile?: Profile | undefined;
  readonly kubernetesVersion?: string | undefined;
  readonly ignore?: readonly string[];
  readonly severity?: Config['severity'] | undefined;
  readonly exceptions?: readonly RawException[];
  readonly ai?: Partial<Config['ai']>;
  readonly knownHostUsers?: Config['knownHostUsers'] | undefined;
}

interface RawException {
  readonly rule?: RuleId;
  readonly rules?: readonly RuleId[];
  readonly match?: ExceptionMatch;
  readonly reason?: string;
  readonly owner?: string;
  readonly until?: string;
}

/**
 * Reads the text of a `.bulkhead.yaml`. Never throws: what is wrong is a problem, and the rest counts.
 * @param today as in the settings; undefined where nothing expires
 */
export function readConfig(text: string, today: string | undefined): ReadConfig {
  const lines = withLineFeeds(text);
  const documents = splitDocuments(lines).flatMap((range) => YamlDocument.parse(lines, range));
  const broken = documents.flatMap((document) => document.problems);
  const reader = new ShapeReader(
    text,
    broken.map(({ range }) => range),
  );
  const [root, ...others] = documents.flatMap((document) => document.root ?? []);
  // Text that is all comments has a root that is nothing.
  const data = root && !root.isNull ? reader.read(root, CONFIG) : undefined;
  const problems = [
    ...broken.map((problem) => notYaml(text, problem)),
    ...reader.problems,
    ...(root ? expired(root, today) : []),
    ...others.flatMap((other) => (other.isNull ? [] : notCounted(reader.placeOf(other)))),
  ];
  return {
    config: toConfig((data ?? {}) as Data & RawConfig),
    problems: problems.sort((a, b) => a.range.start - b.range.start),
  };
}

export function toConfig(raw: RawConfig): Config {
  return {
    profile: raw.profile,
    kubernetesVersion: raw.kubernetesVersion === undefined ? undefined : readKubernetesVersion(raw.kubernetesVersion),
    ignore: raw.ignore ?? [],
    severity: raw.severity ?? {},
    exceptions: (raw.exceptions ?? []).map(toException),
    ai: { include: raw.ai?.include?.map(lower) ?? [], exclude: raw.ai?.exclude?.map(lower) ?? [] },
    knownHostUsers: (raw.knownHostUsers ?? []).map((user) => ({ ...user, image: lower(user.image) })),
  };
}

function toException({ rule, rules = [], match = {}, reason, owner, until }: RawException): ConfiguredException {
  const image = match.image === undefined ? {} : { image: lower(match.image) };
  return { rules: rule ? [rule, ...rules] : rules, match: { ...match, ...image }, reason, owner, until };
}

/** Repositories of images are compared in lower case. */
function lower(image: string): string {
  return image.toLowerCase();
}

function notYaml(text: string, { message, range }: ParseProblem): ConfigProblem {
  const end = Math.max(range.start, Math.min(range.end, lineEnd(text, range.start)));
  return {
    severity: 'error',
    range: { start: range.start, end },
    message: `This is not valid YAML: ${message.replace(/\.$/, '')}. What stands around it may not count.`,
  };
}

function notCounted(range: Range): ConfigProblem {
  return { severity: 'error', range, message: 'Only the first document of the file counts. Remove the `---` above.' };
}

function expired(root: Value, today: string | undefined): ConfigProblem[] {
  const ends =
    root
      .get('exceptions')
      ?.items()
      .flatMap((exception) => exception.get('until') ?? []) ?? [];
  return ends
    .filter((until) => until.text !== undefined && isExpired({ until: until.text }, today))
    .map((until) => ({
      severity: 'warning',
      range: until.range,
      message: `The exception ended on ${until.text} and does not apply any more. Remove it, or give it a later day.`,
    }));
}
