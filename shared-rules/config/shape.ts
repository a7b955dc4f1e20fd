import { KUBERNETES_VERSION } from '../model/kubernetes/version.ts';
import { CATALOGUE } from '../rules/catalogue.generated.ts';
import type { PROFILES, SEVERITIES } from '../rules/severity.ts';

/**
 * What may stand in `.bulkhead.yaml`. The reader, completion, hovers and the JSON schema all follow it, so they cannot
 * disagree.
 */
export type Shape = Mapping | List | Table | Choice | Text;

/** A mapping with keys of its own. */
export interface Mapping {
  readonly type: 'mapping';
  /** What it is, as in "Unknown key `foo` in an exception". */
  readonly noun: string;
  readonly keys: Readonly<Record<string, Key>>;
  /** What has to be there: one key at least of each group. */
  readonly needs: readonly Need[];
  /** What a mistake inside costs, where half of it would mean something else than all of it; else it costs itself. */
  readonly loss?: string;
}

export interface Key {
  readonly shape: Shape;
  /** What the key is for, in Markdown. */
  readonly description: string;
  /** Whether nothing may stand behind the key, as when all that is below it is a comment. */
  readonly mayBeEmpty?: boolean;
}

export interface Need {
  readonly oneOf: readonly string[];
  readonly severity: 'error' | 'warning';
  readonly message: string;
}

export interface List {
  readonly type: 'list';
  readonly of: Shape;
}

/** A mapping whose keys are of one kind, and so are its values. */
export interface Table {
  readonly type: 'table';
  readonly key: Choice;
  readonly value: Choice;
}

export interface Choice {
  readonly type: 'choice';
  /** Such as "rule", as in "Unknown rule `foo`". */
  readonly noun: string;
  /** Every value with its meaning. */
  readonly values: Readonly<Record<string, string>>;
}

export interface Text {
  readonly type: 'text';
  readonly pattern: RegExp;
  /** What it has to be, as in "`until` must be a day". */
  readonly what: string;
  readonly example: string;
  readonly severity?: 'error' | 'warning';
  /** Whether a text of the right pattern can still be wrong. */
  readonly isWrong?: (text: string) => boolean;
}

export const RULE: Choice = {
  type: 'choice',
  noun: 'rule',
  values: Object.fromEntries(Object.entries(CATALOGUE).map(([id, { title }]) => [id, title])),
};

export const PROFILE: Choice = {
  type: 'choice',
  noun: 'profile',
  values: {
    recommended: 'What nearly everyone would want to know.',
    strict: 'Hardening advice too.',
    all: 'Every rule.',
  } satisfies Record<(typeof PROFILES)[number], string>,
};

const SEVERITY: Choice = {
  type: 'choice',
  noun: 'severity',
  values: {
    high: 'Shows as an error.',
    medium: 'Shows as a warning.',
    low: 'Shows as information.',
    off: 'Switches the rule off.',
  } satisfies Record<(typeof SEVERITIES)[number] | 'off', string>,
};

const SENTENCE: Text = { type: 'text', pattern: /\S/, what: 'a text', example: 'reads interface counters' };

const NAME: Text = {
  type: 'text',
  pattern: /^\S+$/,
  what: 'a name without blanks, in which `*` stands for anything',
  example: 'node-*',
};

const IMAGE: Text = {
  type: 'text',
  // A colon or an at sign after the last slash begins a tag or a digest.
  pattern: /^(?:[^\s@/]+\/)*[^\s@:/]+$/,
  what: 'an image without tag and digest, in which `*` stands for anything between slashes',
  example: 'registry.example/llm/*',
};

/**
 * Patterns of a `.gitignore` file that can match something: no comment, no path from or out of the current folder, no
 * bracket left open, and no backslash between folders.
 */
const PATH: Text = {
  type: 'text',
  pattern: /^(?!#|!?\.{1,2}(?:\/|$)|\s)(?:[^[\\\n]|\\[^\w/]|\[[^\]]+\])+(?<!\s)$/,
  what: 'a pattern of a `.gitignore` file, relative to the folder of this file and with `/` between folders',
  example: 'charts/vendor/**',
};

export const POSITIVE_PATH: Text = {
  ...PATH,
  pattern: new RegExp(PATH.pattern.source.replace('(?!#', '(?!#|!')),
  example: 'deploy/**',
};

const DAY: Text = {
  type: 'text',
  pattern: /^\d{4}-\d{2}-\d{2}$/,
  what: 'a day',
  example: '2027-06-30',
  isWrong: (text) => !isDay(text),
};

export const VERSION: Text = {
  type: 'text',
  pattern: KUBERNETES_VERSION,
  what: 'a version of Kubernetes',
  example: '1.31',
  severity: 'warning',
};

const RULES: List = { type: 'list', of: RULE };
export const IMAGES: List = { type: 'list', of: IMAGE };
export const SEVERITY_OF_RULES: Table = { type: 'table', key: RULE, value: SEVERITY };
const PATHS: List = { type: 'list', of: PATH };
/** The same where no file says what they are relative to. */
export const SET_PATHS: List = {
  type: 'list',
  of: { ...PATH, what: 'a pattern of a `.gitignore` file with `/` between folders' },
};

const MATCH: Mapping = {
  type: 'mapping',
  noun: 'a match',
  needs: [],
  keys: {
    path: { shape: POSITIVE_PATH, description: 'The file, as a pattern of a `.gitignore` file.' },
    kind: {
      shape: { ...NAME, example: 'DaemonSet' },
      description: 'The Kubernetes kind, or `service` in a Compose file. `*` stands for anything.',
    },
    namespace: {
      shape: { ...NAME, example: 'monitoring' },
      description: "The namespace that the object's metadata name. `*` stands for anything.",
    },
    name: { shape: NAME, description: 'The name of the object or service. `*` stands for anything.' },
    image: {
      shape: { ...IMAGE, example: '*/node-exporter' },
      description:
        'One of the images of the workload, without tag and digest, behind any registry. `*` stands for anything between slashes, a last `/*` for everything below.',
    },
  },
};

const EXCEPTION: Mapping = {
  type: 'mapping',
  noun: 'an exception',
  loss: 'The exception does not apply.',
  needs: [
    { oneOf: ['rule', 'rules'], severity: 'error', message: 'The exception names no rule. Add `rule`.' },
    {
      oneOf: ['reason'],
      severity: 'warning',
      message:
        'The exception gives no reason. Add `reason`: why this is fine here, for whoever reads it next. It applies meanwhile.',
    },
  ],
  keys: {
    rule: { shape: RULE, description: 'The rule whose findings are accepted.' },
    rules: { shape: RULES, description: 'The rules whose findings are accepted, where there are several.' },
    match: {
      shape: MATCH,
      description:
        'Which findings are accepted: those for which everything holds that is given here. Without it, all findings of the rule are.',
    },
    reason: { shape: SENTENCE, description: 'Why this is fine here.' },
    owner: { shape: { ...SENTENCE, example: 'platform-team' }, description: 'Who answers for it.' },
    until: {
      shape: DAY,
      description: 'The last day on which the exception applies, as `2027-06-30`. Without it, it never ends.',
    },
  },
};

const KNOWN_HOST_USER: Mapping = {
  type: 'mapping',
  noun: 'a known host user',
  loss: 'The entry has no effect.',
  needs: [
    { oneOf: ['image'], severity: 'error', message: 'The entry names no image. Add `image`.' },
    {
      oneOf: ['reason'],
      severity: 'error',
      message: 'The entry gives no reason. Add `reason`: what the workload does on its host.',
    },
  ],
  keys: {
    image: {
      shape: { ...IMAGE, example: 'registry.example/network/agent' },
      description: 'The image of the workload, as in the `match` of an exception.',
    },
    kinds: {
      shape: { type: 'list', of: { ...NAME, example: 'DaemonSet' } },
      description: 'The kinds it runs as; without them all.',
    },
    rules: { shape: RULES, description: 'The rules it is known to; without them all.' },
    reason: { shape: SENTENCE, description: 'What it does on its host.' },
  },
};

const FILE: Text = {
  type: 'text',
  pattern: /^(?![\s/])(?!.*\\).*\S$/,
  what: 'a path relative to the folder of this file, with `/` between folders',
  example: 'deploy/compose.yaml',
};

const FILES: List = { type: 'list', of: FILE };

const COMPOSE_PROJECT: Mapping = {
  type: 'mapping',
  noun: 'a Compose project',
  loss: 'The project is not judged.',
  needs: [{ oneOf: ['files'], severity: 'error', message: 'The project names no files. Add `files`.' }],
  keys: {
    files: { shape: FILES, description: 'Its Compose files, in the order of `-f`.' },
    projectDirectory: {
      shape: { ...FILE, example: 'deploy' },
      description: 'What relative paths start from, and where `.env` lies; without it the folder of the first file.',
    },
    envFiles: { shape: FILES, description: 'What is read in place of `.env`, as with `--env-file`.' },
  },
};

export const KNOWN_HOST_USERS: List = { type: 'list', of: KNOWN_HOST_USER };

export const CONFIG: Mapping = {
  type: 'mapping',
  noun: 'this file',
  needs: [],
  keys: {
    profile: {
      shape: PROFILE,
      description: 'How much to report. Wins over the setting `bulkhead.profile`.',
    },
    kubernetesVersion: {
      shape: VERSION,
      description:
        'The version of Kubernetes that the manifests are for, such as `"1.31"`; without it the newest that Bulkhead knows. Wins over the setting `bulkhead.kubernetesVersion`.',
    },
    ignore: {
      shape: PATHS,
      mayBeEmpty: true,
      description:
        'Files and folders to leave out, as patterns of a `.gitignore` file in the folder of this one. They come after those of the setting `bulkhead.exclude`, so `!` takes back what these leave out.',
    },
    severity: {
      shape: SEVERITY_OF_RULES,
      mayBeEmpty: true,
      description:
        'The severity of single rules, in any profile: `high`, `medium`, `low`; `off` switches a rule off. Wins over the setting `bulkhead.severity`, rule by rule.',
    },
    exceptions: {
      shape: { type: 'list', of: EXCEPTION },
      mayBeEmpty: true,
      description: 'Findings that are accepted, and why.',
    },
    ai: {
      description: 'Which images are AI workloads, where Bulkhead cannot tell or is wrong.',
      shape: {
        type: 'mapping',
        noun: '`ai`',
        needs: [],
        keys: {
          include: { shape: IMAGES, mayBeEmpty: true, description: 'Images that are AI workloads.' },
          exclude: {
            shape: IMAGES,
            mayBeEmpty: true,
            description: 'Images that are not, whatever they look like.',
          },
        },
      },
    },
    composeProjects: {
      shape: { type: 'list', of: COMPOSE_PROJECT },
      mayBeEmpty: true,
      description: 'Compose files that are deployed together, where nothing in the workspace says so.',
    },
    knownHostUsers: {
      shape: KNOWN_HOST_USERS,
      mayBeEmpty: true,
      description: 'Workloads that work on their host by design, beside those that Bulkhead knows.',
    },
  },
};

/** The shape below a path of keys and indexes; undefined where nothing may stand. */
export function shapeAt(path: readonly (string | number)[]): Shape | undefined {
  let shape: Shape | undefined = CONFIG;
  for (const key of path) {
    if (shape?.type === 'mapping') shape = shape.keys[key]?.shape;
    else if (shape?.type === 'list') shape = shape.of;
    else shape = shape?.type === 'table' ? shape.value : undefined;
  }
  return shape;
}

/** Whether a calendar has a day written as `2027-06-30`. */
function isDay(text: string): boolean {
  const [year, month, day] = text.split('-').map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}
