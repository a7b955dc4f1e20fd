import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { Ajv } from 'ajv';
import { parse } from 'yaml';
import { readConfig } from '../../shared-rules/index.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const TODAY = '2026-11-21';

const schema = new Ajv({ strict: false }).compile(
  JSON.parse(readFileSync(join(ROOT, 'schemas', 'bulkhead.schema.json'), 'utf8')),
);
const DOCS = readFileSync(join(ROOT, 'docs', 'configuration.md'), 'utf8');
const EXAMPLES = [...DOCS.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].map(([, text]) => text as string);

/** The problems of a text: the first letter of the severity, the text of the range, how the message begins. */
function problemsOf(text: string): string[] {
  return readConfig(text, TODAY).problems.map(
    ({ severity, range, message }) => `${severity}: ${text.slice(range.start, range.end)}: ${message}`,
  );
}

function exception(...lines: string[]): string {
  return `exceptions:\n  - rule: host-network\n    reason: x\n${lines.map((line) => `    ${line}\n`).join('')}`;
}

describe('a configuration', () => {
  it('is read with all its keys', () => {
    const text = [
      '# ours',
      'profile: strict',
      'kubernetesVersion: v1.30.4',
      'ignore: ["charts/vendor/**", "!charts/vendor/ours"]',
      'severity: { host-port: off, privileged: "low" }',
      'exceptions:',
      '  - rule: host-network',
      '    match: { path: "deploy/**", kind: DaemonSet, namespace: monitoring, name: "node-*", image: "*/Node-Exporter" }',
      '    reason: reads interface counters',
      '    owner: platform-team',
      '    until: 2027-06-30',
      '  - rules: [host-pid, host-ipc]',
      '    reason: y',
      'ai: { include: ["localhost:5000/LLM/*"], exclude: [] }',
      'composeProjects: [{ files: [deploy/a.yaml, ./b.yaml], envFiles: [prod.env] }, { files: [c.yaml], projectDirectory: d }]',
      'knownHostUsers: [{ image: a/b, kinds: [DaemonSet], rules: [host-pid], reason: z }]',
    ].join('\r\n');
    const { config, problems } = readConfig(`\uFEFF${text}`, TODAY);
    assert.deepEqual(problems, []);
    assert.deepEqual(config, {
      profile: 'strict',
      kubernetesVersion: '1.30',
      ignore: ['charts/vendor/**', '!charts/vendor/ours'],
      severity: { 'host-port': 'off', privileged: 'low' },
      exceptions: [
        {
          rules: ['host-network'],
          match: {
            path: 'deploy/**',
            kind: 'DaemonSet',
            namespace: 'monitoring',
            name: 'node-*',
            image: '*/node-exporter',
          },
          reason: 'reads interface counters',
          owner: 'platform-team',
          until: '2027-06-30',
        },
        { rules: ['host-pid', 'host-ipc'], match: {}, reason: 'y', owner: undefined, until: undefined },
      ],
      ai: { include: ['localhost:5000/llm/*'], exclude: [] },
      composeProjects: [
        { files: ['deploy/a.yaml', 'b.yaml'], folder: 'deploy', environmentFiles: ['prod.env'] },
        { files: ['c.yaml'], folder: 'd' },
      ],
      knownHostUsers: [{ image: 'a/b', kinds: ['DaemonSet'], rules: ['host-pid'], reason: 'z' }],
    });
  });

  for (const text of ['', '# nothing yet\n', '---\n', 'exceptions:\n#  - rule: host-pid\nignore: []\nseverity:\n'])
    it(`may say nothing: ${JSON.stringify(text)}`, () => {
      assert.deepEqual(readConfig(text, TODAY).config, readConfig('{}', TODAY).config);
      assert.deepEqual(problemsOf(text), []);
    });

  it('is documented by examples without mistakes, one for every key', () => {
    assert.ok(EXAMPLES.length > 7);
    for (const example of EXAMPLES) assert.deepEqual(problemsOf(example), []);
    const known = Object.keys((schema.schema as { properties: object }).properties);
    const shown = EXAMPLES.slice(1).map((example) => Object.keys(parse(example))[0]);
    assert.deepEqual(shown, known, 'in the order of the schema');
  });
});

/** A mistake, and the problem it makes; `beyond` are mistakes that a schema cannot see. */
const MISTAKES: readonly { text: string; problem: string; beyond?: true }[] = [
  { text: 'profil: strict', problem: 'error: profil: Unknown key `profil` in this file. Did you mean `profile`?' },
  { text: 'colour: red', problem: 'error: colour: Unknown key `colour` in this file. Valid keys: profile, kube' },
  {
    text: 'constructor: x',
    problem: 'error: constructor: Unknown key `constructor` in this file. Valid keys: profile',
  },
  { text: 'severity: { toString: off }', problem: 'error: toString: Unknown rule `toString`.' },
  { text: 'profile: strickt', problem: 'error: strickt: Unknown profile `strickt`. Did you mean `strict`?' },
  { text: 'profile: [all]', problem: 'error: profile: `profile` must be one of recommended, strict, all.' },
  { text: 'profile:\nignore: [a]', problem: 'error: profile: `profile` is empty. Fill it in, or remove it.' },
  { text: '- profile: all', problem: 'error: - profile: all: The file must be a mapping' },
  { text: 'strict', problem: 'error: strict: The file must be a mapping' },
  {
    text: 'kubernetesVersion: "2.0"',
    problem: 'warning: "2.0": `2.0` is not a version of Kubernetes, such as `1.31`.',
  },
  { text: 'kubernetesVersion: latest', problem: 'warning: latest: `latest` is not a version' },
  { text: 'ignore: charts', problem: 'error: charts: `ignore` must be a list, one `- item` a line.' },
  { text: 'ignore:\n  -\n  - a', problem: 'error: ignore: `ignore[0]` is empty.' },
  { text: 'ignore: [{ a: b }]', problem: 'error: { a: b }: `ignore[0]` must be a pattern of a `.gitignore` file' },
  { text: 'ignore: ["./a"]', problem: 'error: "./a": `./a` is not a pattern of a `.gitignore` file, relative to' },
  { text: 'ignore: ["../a"]', problem: 'error: "../a": `../a` is not a pattern' },
  { text: 'ignore: ["a[b"]', problem: 'error: "a[b": `a[b` is not a pattern' },
  { text: "ignore: ['a\\b']", problem: "error: 'a\\b': `a\\b` is not a pattern" },
  { text: 'ignore: ["#a"]', problem: 'error: "#a": `#a` is not a pattern' },
  { text: 'severity: high', problem: 'error: high: `severity` must be a mapping of one `rule: severity` a line.' },
  {
    text: 'severity:\n  host-netwrok: off',
    problem: 'error: host-netwrok: Unknown rule `host-netwrok`. Did you mean `host-network`?',
  },
  { text: 'severity: { zzz: off }', problem: 'error: zzz: Unknown rule `zzz`. docs/rules.md lists them.' },
  { text: 'severity: { privileged: error }', problem: 'error: error: Unknown severity `error`. Valid values: high' },
  { text: 'exceptions: { rule: host-pid }', problem: 'error: exceptions: `exceptions` must be a list' },
  { text: 'exceptions: [host-pid]', problem: 'error: host-pid: `exceptions[0]` must be a mapping' },
  {
    text: 'exceptions:\n  - match: { name: a }\n    reason: x',
    problem: 'error: match: The exception names no rule. Add `rule`. The exception does not apply.',
  },
  { text: 'exceptions:\n  - rule: host-pid', problem: 'warning: rule: The exception gives no reason. Add `reason`' },
  {
    text: 'exceptions: [{ rules: [host-pid, host-piid], reason: x }]',
    problem: 'error: host-piid: Unknown rule `host-piid`. Did you mean `host-pid`? The exception does not apply.',
  },
  { text: 'exceptions: [{ rules: [], reason: x }]', problem: 'error: rules: `exceptions[0].rules` is empty.' },
  { text: exception('match:'), problem: 'error: match: `exceptions[0].match` is empty.' },
  { text: exception('match: {}'), problem: 'error: match: `exceptions[0].match` is empty.' },
  {
    text: exception('match: { nmae: a }'),
    problem: 'error: nmae: Unknown key `nmae` in a match. Did you mean `name`?',
  },
  { text: exception('match: { name: a b }'), problem: 'error: a b: `a b` is not a name without blanks' },
  { text: exception('match: { path: "!a" }'), problem: 'error: "!a": `!a` is not a pattern' },
  { text: exception('match: { image: "a/b:1" }'), problem: 'error: "a/b:1": `a/b:1` is not an image without tag' },
  { text: exception('match: { image: "a@sha256" }'), problem: 'error: "a@sha256": `a@sha256` is not an image' },
  {
    text: exception('expires: 2027-06-30'),
    problem: 'error: expires: Unknown key `expires` in an exception. Valid keys',
  },
  { text: exception('until: 30.6.2027'), problem: 'error: 30.6.2027: `30.6.2027` is not a day, such as `2027-06-30`.' },
  { text: exception('until: 2027-02-29'), problem: 'error: 2027-02-29: `2027-02-29` is not a day', beyond: true },
  { text: exception('until: 2027-13-01'), problem: 'error: 2027-13-01: `2027-13-01` is not a day', beyond: true },
  {
    text: exception('until: 2026-11-20'),
    problem: 'warning: 2026-11-20: The exception ended on 2026-11-20 and does not apply any more.',
    beyond: true,
  },
  { text: 'ai: [a]', problem: 'error: ai: `ai` must be a mapping' },
  { text: 'ai: {}', problem: 'error: ai: `ai` is empty.' },
  {
    text: 'ai: { includes: [a] }',
    problem: 'error: includes: Unknown key `includes` in `ai`. Did you mean `include`?',
  },
  {
    text: 'knownHostUsers: [{ image: a }]',
    problem: 'error: image: The entry gives no reason. Add `reason`: what the workload does on its host. The entry has',
  },
  {
    text: 'composeProjects: [{ projectDirectory: a }]',
    problem: 'error: projectDirectory: The project names no files.',
  },
  {
    text: 'composeProjects: [{ files: [/etc/a.yaml] }]',
    problem: 'error: /etc/a.yaml: `/etc/a.yaml` is not a path relative to the folder of',
  },
  { text: 'knownHostUsers: [{ reason: a }]', problem: 'error: reason: The entry names no image.' },
  {
    text: 'profile: all\nprofile: strict',
    problem: 'error: profile: `profile` stands here twice, and only the last one counts.',
    beyond: true,
  },
  {
    text: 'profile: all\n---\nprofile: strict',
    problem: 'error: profile: strict: Only the first document of the file counts.',
    beyond: true,
  },
];

describe('a mistake in a configuration is reported at its place', () => {
  for (const { text, problem } of MISTAKES)
    it(JSON.stringify(text), () => {
      const [first, ...others] = problemsOf(text);
      assert.equal(first?.slice(0, problem.length), problem);
      assert.deepEqual(others, []);
    });

  it('costs nothing but itself', () => {
    const text = 'profile: al\nignore: [a, "./b"]\nseverity: { privileged: low, x: off }\nkubernetesVersion: x\n';
    const { config } = readConfig(text, TODAY);
    assert.deepEqual(
      [config.profile, config.ignore, config.severity, config.kubernetesVersion],
      [undefined, ['a'], { privileged: 'low' }, undefined],
    );
  });

  it('ends an exception, of which half could accept more than all', () => {
    const wrong = MISTAKES.filter(({ text, problem }) => text.startsWith('exceptions:') && problem.startsWith('error'));
    assert.ok(wrong.length > 10);
    for (const { text } of wrong) assert.deepEqual(readConfig(text, TODAY).config.exceptions, [], text);
    const mixed = `${exception('until: never')}  - rule: host-pid\n    reason: x\n`;
    assert.deepEqual(
      readConfig(mixed, TODAY).config.exceptions.map(({ rules }) => rules),
      [['host-pid']],
    );
  });

  it('may be that it is no YAML: what stands around does not count, the rest does', () => {
    const before = `profile: strict\n${exception('match: { name: a }')}`;
    const broken = `${before}  - rule: host-pid\n    reason: "x\n    match: { name: b }\n`;
    const { config, problems } = readConfig(broken, TODAY);
    assert.equal(config.profile, 'strict');
    assert.deepEqual(
      config.exceptions.map(({ rules }) => rules),
      [['host-network']],
    );
    assert.deepEqual(
      problems.map(({ severity }) => severity),
      ['error'],
    );
    assert.match(problems[0]?.message ?? '', /^This is not valid YAML: Missing closing "quote\./);
    for (let end = 0; end <= broken.length; end++) readConfig(broken.slice(0, end), TODAY);
  });
});

describe('the JSON schema', () => {
  for (const text of [...EXAMPLES, exception('until: 2027-06-30'), 'exceptions:\nignore:\nkubernetesVersion: 1.30'])
    it(`accepts ${JSON.stringify(text)}`, () => {
      assert.ok(schema(parse(text)), JSON.stringify(schema.errors));
    });

  for (const { text } of MISTAKES.filter(({ beyond }) => !beyond))
    it(`rejects ${JSON.stringify(text)}`, () => assert.equal(schema(parse(text)), false));
});
