import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  applyEdits,
  DEFAULT_SETTINGS,
  type Finding,
  fixAll,
  type Linted,
  lint,
  provenFixes,
  safeFix,
} from '../../shared-rules/index.ts';
import { rules } from '../../shared-rules/rules/index.generated.ts';

function findingsOf(text: string, path = 'manifest.yaml', settings = DEFAULT_SETTINGS): readonly Finding[] {
  const { findings, failures } = lint(path, text, settings);
  assert.deepEqual(failures, []);
  return findings;
}

function rulesOf(text: string, path?: string): string[] {
  return findingsOf(text, path).map(({ rule }) => rule);
}

describe('objects', () => {
  const pod = (name: string) => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'n' },
    spec: { hostNetwork: true },
  });

  it('are found in a List and tell their own name', () => {
    const text = JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [pod('a'), pod('b')] });
    const found = findingsOf(text).map(({ path, subject }) => [path, subject.kind, subject.name, subject.namespace]);
    assert.deepEqual(found, [
      ['items[0].spec.hostNetwork', 'Pod', 'a', 'n'],
      ['items[1].spec.hostNetwork', 'Pod', 'b', 'n'],
    ]);
  });

  it('are found inside other objects', () => {
    const wrapped = {
      apiVersion: 'workload.codeflare.dev/v1beta2',
      kind: 'AppWrapper',
      spec: { components: [{ template: pod('a') }] },
    };
    assert.deepEqual(
      findingsOf(JSON.stringify(wrapped)).map(({ path }) => path),
      ['spec.components[0].template.spec.hostNetwork'],
    );
  });

  it('are not looked for in what controllers write', () => {
    const text = JSON.stringify({
      apiVersion: 'v1',
      kind: 'Thing',
      status: { spec: { hostNetwork: true, containers: [{ name: 'a' }] } },
    });
    assert.deepEqual(findingsOf(text), []);
  });

  it('are reported once when an owner in the file repeats them, and at themselves when it does not', () => {
    const job = (spec: object) => ({
      apiVersion: 'batch/v1',
      kind: 'Job',
      metadata: { name: 'j', ownerReferences: [{ kind: 'CronJob', name: 'c' }] },
      spec: { template: { spec } },
    });
    const cronJob = (spec: object) => ({
      apiVersion: 'batch/v1',
      kind: 'CronJob',
      metadata: { name: 'c' },
      spec: { jobTemplate: { spec: { template: { spec } } } },
    });
    const file = (...documents: object[]) => documents.map((document) => JSON.stringify(document)).join('\n---\n');
    const kinds = (text: string) => findingsOf(text).map(({ subject }) => subject.kind);
    assert.deepEqual(kinds(file(cronJob({ hostNetwork: true }), job({ hostNetwork: true }))), ['CronJob']);
    assert.deepEqual(kinds(file(job({ hostNetwork: true }))), ['Job']);
    assert.deepEqual(kinds(file(cronJob({}), job({ hostNetwork: true }))), ['Job']);
  });
});

describe('a file', () => {
  const compose = 'services:\n  web:\n    image: nginx\n    network_mode: host\n';
  it('is a Compose file by its name or by what it says', () => {
    assert.deepEqual(rulesOf(compose, 'compose.yaml'), ['host-network']);
    assert.deepEqual(rulesOf(compose, 'deploy/docker-compose.prod.yml'), ['host-network']);
    assert.deepEqual(rulesOf(compose, 'stack.yaml'), ['host-network']);
    assert.deepEqual(rulesOf('services:\n  web:\n    network_mode: host\n', 'compose.yaml'), ['host-network']);
  });

  it('is not ours when it only sounds so', () => {
    assert.deepEqual(
      rulesOf('services:\n  _defaults: { autowire: true }\n  App\\: { network_mode: host }\n', 'services.yaml'),
      [],
    );
    assert.deepEqual(rulesOf('hostNetwork: true\nspec: { hostNetwork: true }\n', 'values.yaml'), []);
    assert.deepEqual(rulesOf('kind: Pod\nspec: { hostNetwork: true }\n'), []);
    assert.deepEqual(
      rulesOf('apiVersion: v1\nkind: ConfigMap\ndata:\n  pod: |\n    spec:\n      hostNetwork: true\n'),
      [],
    );
  });

  it('shows nothing for an empty, a binary and a foreign text', () => {
    for (const text of ['', '\n', '\uFEFF', 'apiVersion: \0', 'just words: no', '# apiVersion: v1\n'])
      assert.deepEqual(rulesOf(text), []);
  });

  it('is linted around a broken document, and says what could not be read', () => {
    const text =
      'apiVersion: v1\nkind: Pod\nspec: [unclosed\n---\napiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n';
    const { findings, problems } = lint('manifest.yaml', text, DEFAULT_SETTINGS);
    assert.equal(findings.length, 1);
    assert.ok(problems.length > 0);
    assert.ok((problems[0]?.range.end ?? 0) <= text.indexOf('---') + 1);
  });

  it('is linted while it is typed', () => {
    const text = 'apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n  containers:\n    - name: a\n      ima\n';
    assert.deepEqual(rulesOf(text), ['host-network']);
  });

  it('that is a template shows no syntax error', () => {
    const text = 'apiVersion: v1\nkind: Pod\nspec:\n  {{- if .x }\n  hostNetwork: {{ .y }}\n';
    assert.deepEqual(lint('templates/pod.yaml', text, DEFAULT_SETTINGS).problems, []);
  });

  it('with 200 levels of nesting is linted', () => {
    const deep = `${'['.repeat(200)}1${']'.repeat(200)}`;
    assert.deepEqual(rulesOf(`apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n  deep: ${deep}\n`), [
      'host-network',
    ]);
  });

  it('with an alias bomb is linted', () => {
    const levels = Array.from(
      { length: 30 },
      (_, level) => `  l${level + 1}: &l${level + 1} [${`*l${level},`.repeat(9)}]`,
    );
    const text = `apiVersion: v1\nkind: Pod\nspec:\n  hostNetwork: true\n  l0: &l0 [x]\n${levels.join('\n')}\n  volumes: *l30\n`;
    assert.deepEqual(rulesOf(text), ['host-network']);
  });
});

describe('services that share an anchor', () => {
  const text = `x-host: &host
  network_mode: host
  restart: always
services:
  a: { <<: *host, image: a }
  b: { <<: *host, image: b }
`;
  const result = lint('compose.yaml', text, DEFAULT_SETTINGS);
  it('are reported once, where it is written', () => {
    assert.deepEqual(
      result.findings.map(({ range }) => [range.start, text.slice(range.start, range.end)]),
      [[text.indexOf(': host') + 2, 'host']],
    );
  });
  it('are repaired there, and the fix says so', () => {
    const [fix, ...others] = provenFixes(
      { path: 'compose.yaml', settings: DEFAULT_SETTINGS, result },
      result.findings[0] as Finding,
    );
    assert.deepEqual(others, []);
    assert.equal(fix?.title, 'Remove network_mode in &host, for all that use it');
    assert.equal(applyEdits(text, fix.edits), text.replace('  network_mode: host\n', ''));
  });
});

describe('a template', () => {
  const chart = (body: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n${body}`;
  const fixesOf = (text: string) => {
    const path = 'chart/templates/pod.yaml';
    const result = lint(path, text, DEFAULT_SETTINGS);
    const linted = { path, settings: DEFAULT_SETTINGS, result };
    return result.findings.flatMap((finding) =>
      provenFixes(linted, finding).map(({ edits }) => applyEdits(text, edits)),
    );
  };

  it('lowers what only one branch says by one step, and tells which', () => {
    const [high] = findingsOf(chart('  {{- if .Values.host }}\n  hostPID: true\n  {{- end }}\n'));
    assert.equal(high?.severity, 'medium');
    const [finding] = findingsOf(chart('  {{- if .Values.host }}\n  hostNetwork: true\n  {{- end }}\n'));
    assert.equal(finding?.severity, 'low');
    assert.match(finding.message, /Only in the branch \{\{ if \.Values\.host \}\}\.$/);
  });

  it('is looked through in every branch', () => {
    const text = chart(
      '  {{- if .Values.host }}\n  hostNetwork: false\n  {{- else }}\n  hostNetwork: true\n  {{- end }}\n',
    );
    assert.deepEqual(
      findingsOf(text).map(({ range }) => text.slice(range.start - 13, range.end)),
      ['hostNetwork: true'],
    );
  });

  it('is repaired between its actions', () => {
    const text = chart(
      '  hostNetwork: true\n  {{- with .Values.more }}\n  {{- toYaml . | nindent 2 }}\n  {{- end }}\n  dnsPolicy: Default\n',
    );
    assert.equal(fixesOf(text)[0], text.replace('  hostNetwork: true\n', ''));
  });

  it('is not repaired where an edit would take an action along', () => {
    const volume =
      '  volumes:\n    - name: s\n      hostPath:\n        path: /run/docker.sock\n        type: {{ .Values.type }}\n';
    assert.equal(findingsOf(chart(volume)).length, 1);
    assert.deepEqual(fixesOf(chart(volume)), []);
  });

  it('is not repaired across branches', () => {
    const text = chart(
      '  hostNetwork: true\n  {{- if .Values.dns }}\n  dnsPolicy: ClusterFirstWithHostNet\n  {{- end }}\n',
    );
    assert.deepEqual(fixesOf(text), []);
  });
});

describe('fixing all', () => {
  const linted = (text: string): Linted => {
    const settings = DEFAULT_SETTINGS;
    return { path: 'compose.yaml', settings, result: lint('compose.yaml', text, settings) };
  };

  it('applies safe fixes only, as one edit', () => {
    const text =
      'services:\n  a:\n    image: a\n    network_mode: host\n    ports: ["1:1"]\n  b:\n    image: b\n    network_mode: host\n    ports:\n      - "2:2"\n';
    const edit = fixAll(linted(text), safeFix);
    assert.ok(edit);
    assert.equal(
      applyEdits(text, [edit]),
      text.replace('    ports: ["1:1"]\n', '').replace('    ports:\n      - "2:2"\n', ''),
    );
  });
  it('leaves a text without safe fixes alone', () => {
    assert.equal(fixAll(linted('services:\n  a: { image: a, network_mode: host }\n'), safeFix), undefined);
  });
});

describe('a rule that throws', () => {
  it('costs its own findings, and is named once', (test) => {
    const rule = rules.find(({ id }) => id === 'host-network');
    assert.ok(rule);
    test.mock.method(rule, 'detect', () => {
      throw new Error('broken');
    });
    const text =
      'services:\n  a: { image: a, network_mode: host, ports: ["1:1"] }\n  b: { image: b, network_mode: host }\n';
    const { findings, failures } = lint('compose.yaml', text, DEFAULT_SETTINGS);
    assert.deepEqual(
      findings.map(({ rule }) => rule),
      ['published-ports-ignored'],
    );
    assert.deepEqual(
      failures.map(({ part }) => part),
      ['rule host-network'],
    );
  });
});

describe('settings', () => {
  const text = 'services:\n  a: { image: a, network_mode: host, security_opt: [no-new-privileges] }\n';
  it('switch a rule off and give it another severity', () => {
    assert.deepEqual(
      findingsOf(text, 'compose.yaml', { ...DEFAULT_SETTINGS, profile: 'all', severity: { 'host-network': 'off' } }),
      [],
    );
    const [finding] = findingsOf(text, 'compose.yaml', {
      ...DEFAULT_SETTINGS,
      profile: 'all',
      severity: { 'host-network': 'high' },
    });
    assert.equal(finding?.severity, 'high');
  });
  it('bring back the general rule when the particular one is off', () => {
    const ai = 'services:\n  a: { image: docker/mcp-gateway, network_mode: host, security_opt: [no-new-privileges] }\n';
    assert.deepEqual(rulesOf(ai, 'compose.yaml'), ['ai-host-network']);
    const off = findingsOf(ai, 'compose.yaml', {
      ...DEFAULT_SETTINGS,
      profile: 'all',
      severity: { 'ai-host-network': 'off' },
    });
    assert.deepEqual(
      off.map(({ rule }) => rule),
      ['host-network'],
    );
  });
});
