import { composeProject } from '../assembly/compose/project.ts';
import type { ConfiguredException, ExceptionMatch } from '../engine/settings.ts';
import { isExpired } from '../engine/suppressions/configured-exceptions.ts';
import { lineEnd, type Range } from '../language/text.ts';
import { type ParseProblem, YamlDocument } from '../language/yaml/document.ts';
import { splitDocuments } from '../language/yaml/split.ts';
import type { Value } from '../language/yaml/value.ts';
import { readKubernetesVersion } from '../model/kubernetes/version.ts';
import type { RuleId } from '../rules/catalogue.generated.ts';
import type { Profile } from '../rules/severity.ts';
import type { Config } from './config.ts';
import { type ConfigProblem, type Data, ShapeReader } from './read-shape.ts';
import { CONFIG, type Shape } from './shape.ts';

export interface ReadConfig {
  readonly config: Config;
  /** In the order of the text. */
  readonly problems: readonly ConfigProblem[];
  /** Where the value at a path of keys and indexes stands: at its key, or on its first line. */
  readonly rangeOf: (...path: readonly (string | number)[]) => Range;
}

/** What is left of a configuration when it has been read by its shape. */
export interface RawConfig {
  readonly profile?: Profile | undefined;
  readonly kubernetesVersion?: string | undefined;
  readonly ignore?: readonly string[];
  readonly severity?: Config['severity'] | undefined;
  readonly exceptions?: readonly RawException[];
  readonly ai?: Partial<Config['ai']>;
  readonly composeProjects?: readonly RawProject[];
  readonly knownHostUsers?: Config['knownHostUsers'] | undefined;
}

interface RawProject {
  readonly files?: readonly string[];
  readonly projectDirectory?: string;
  readonly envFiles?: readonly string[];
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
  const { root, data, problems, rangeOf } = readYaml(text, CONFIG);
  return {
    config: toConfig((data ?? {}) as Data & RawConfig),
    problems: [...problems, ...(root ? expired(root, today) : [])].sort((a, b) => a.range.start - b.range.start),
    rangeOf,
  };
}

/** Reads a YAML text by its shape. Never throws: what is wrong is a problem, and the rest counts. */
export function readYaml(text: string, shape: Shape) {
  const documents = splitDocuments(text).flatMap((range) => YamlDocument.parse(text, range));
  const broken = documents.flatMap((document) => document.problems);
  const reader = new ShapeReader(
    text,
    broken.map(({ range }) => range),
  );
  const [root, ...others] = documents.flatMap((document) => document.root ?? []);
  // Text that is all comments has a root that is nothing.
  const data = root && !root.isNull ? reader.read(root, shape) : undefined;
  const problems = [
    ...broken.map((problem) => notYaml(text, problem)),
    ...reader.problems,
    ...others.flatMap((other) => (other.isNull ? [] : notCounted(reader.placeOf(other)))),
  ];
  const rangeOf = (...path: readonly (string | number)[]): Range => {
    const value = root && valueAt(root, path);
    return value ? (keyRange(value) ?? reader.placeOf(value)) : { start: 0, end: 0 };
  };
  return { root, data, problems: problems.sort((a, b) => a.range.start - b.range.start), rangeOf };
}

function valueAt(root: Value, path: readonly (string | number)[]): Value | undefined {
  let value: Value | undefined = root;
  for (const key of path) value = typeof key === 'number' ? value?.items()[key] : value?.get(key);
  return value;
}

function keyRange({ parent, key }: Value): Range | undefined {
  return typeof key === 'string' ? parent?.field(key)?.range : undefined;
}

export function toConfig(raw: RawConfig): Config {
  return {
    profile: raw.profile,
    kubernetesVersion: raw.kubernetesVersion === undefined ? undefined : readKubernetesVersion(raw.kubernetesVersion),
    ignore: raw.ignore ?? [],
    severity: raw.severity ?? {},
    exceptions: (raw.exceptions ?? []).map(toException),
    ai: { include: raw.ai?.include?.map(lower) ?? [], exclude: raw.ai?.exclude?.map(lower) ?? [] },
    composeProjects: (raw.composeProjects ?? []).flatMap(({ files = [], projectDirectory, envFiles }) =>
      files.length > 0 ? composeProject('', { files, folder: projectDirectory, environmentFiles: envFiles }) : [],
    ),
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
