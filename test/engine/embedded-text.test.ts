import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { stringify } from 'yaml';
import {
  acceptFinding,
  applyEdits,
  DEFAULT_SETTINGS,
  type Finding,
  type Linted,
  lint,
  provenFixes,
} from '../../shared-rules/index.ts';

function linted(text: string, path = 'workflow.yaml'): Linted {
  const result = lint(path, text, DEFAULT_SETTINGS);
  assert.deepEqual(result.failures, []);
  return { path, settings: DEFAULT_SETTINGS, result };
}

function only(one: Linted, rule: string): Finding {
  const found = one.result.findings.filter((finding) => finding.rule === rule);
  assert.equal(found.length, 1, one.result.text);
  return found[0] as Finding;
}

/** A WorkflowTemplate with a patch as it is written behind its key. */
function workflow(patch: string): string {
  return `apiVersion: argoproj.io/v1alpha1
kind: WorkflowTemplate
metadata:
  name: build
spec:
  podSpecPatch: ${patch}
  templates:
    - name: main
      container:
        image: golang
        volumeMounts:
          - name: socket
            mountPath: /run/docker.sock
`;
}

/** What is underlined, and the whole file after the first fix. */
function repaired(text: string, rule: string): { marked: string; fixed: string | undefined } {
  const one = linted(text);
  const finding = only(one, rule);
  const [fix] = provenFixes(one, finding);
  return {
    marked: text.slice(finding.range.start, finding.range.end),
    fixed: fix && applyEdits(text, fix.edits),
  };
}

describe('a text that holds a patch', () => {
  const cases: [string, string, string][] = [
    ['in a literal block', '|\n    hostPID: true\n    priority: 1\n', '|\n    priority: 1\n'],
    ['in a literal block without a last line end', '|-\n    hostPID: true\n    priority: 1\n', '|-\n    priority: 1\n'],
    [
      'in a literal block that keeps its line ends',
      '|+\n    priority: 1\n    hostPID: true\n\n',
      '|+\n    priority: 1\n\n',
    ],
    ['in a literal block of JSON', '|\n    {"hostPID": true, "priority": 1}\n', '|\n    {"priority": 1}\n'],
    ['in single quotes', `'{"hostPID": true, "x": "it''s"}'`, `'{"x": "it''s"}'`],
  ];
  for (const [name, before, after] of cases)
    it(`is repaired ${name}`, () => {
      assert.deepEqual(repaired(workflow(before), 'host-pid'), { marked: 'true', fixed: workflow(after) });
    });

  it('is repaired with line ends of Windows', () => {
    const windows = (text: string) => text.replaceAll('\n', '\r\n');
    assert.deepEqual(repaired(windows(workflow('|\n    hostPID: true\n    priority: 1\n')), 'host-pid'), {
      marked: 'true',
      fixed: windows(workflow('|\n    priority: 1\n')),
    });
  });

  it('is marked where it says something, and left alone where no edit leads to what is asked for', () => {
    for (const patch of [
      '"{\\"hostPID\\": true, \\"priority\\": 1}"',
      '"priority: 1\\nhostPID: true\\n"',
      '>-\n    {"hostPID": true,\n    "priority": 1}\n',
      '|\n    hostPID: true\n',
    ])
      assert.deepEqual(repaired(workflow(patch), 'host-pid'), { marked: 'true', fixed: undefined }, patch);
  });

  it('is marked as a whole where it is not known what stands where', () => {
    const { marked, fixed } = repaired(workflow('"{\\"hostPID\\":\n    true}"'), 'host-pid');
    assert.deepEqual([marked, fixed], ['"{\\"hostPID\\":\n    true}"', undefined]);
  });

  it('belongs to the containers beside it', () => {
    const patch = '|\n    volumes:\n      - name: socket\n        hostPath:\n          path: /run/docker.sock\n';
    const one = linted(workflow(patch));
    const finding = only(one, 'runtime-socket');
    assert.deepEqual(
      finding.related.map(({ at }) => at.path),
      ['spec.templates[0].container.volumeMounts[0].mountPath'],
    );
    // The volume and its mount stand in two documents.
    assert.deepEqual(provenFixes(one, finding), []);
  });

  it('says nothing where it is none', () => {
    for (const patch of [
      '',
      '~',
      '[]',
      '|\n    hostPID: [\n',
      '"{{workflow.parameters.patch}}"',
      '|\n    a\n    ---\n    hostPID: true\n',
    ])
      assert.deepEqual(linted(workflow(patch)).result.findings, [], patch);
  });

  it('is reported where it is written if an alias repeats it, and repaired for all', () => {
    const alias = (text: string) => text.replace('container:', 'podSpecPatch: *patch\n      container:');
    const text = alias(workflow('&patch |\n    hostPID: true\n    priority: 1\n'));
    const one = linted(text);
    const [fix] = provenFixes(one, only(one, 'host-pid'));
    assert.match(fix?.title ?? '', /in &patch, for all that use it$/);
    assert.equal(applyEdits(text, fix?.edits ?? []), alias(workflow('&patch |\n    priority: 1\n')));
  });

  it('is read in a text in a text, but not however deep', () => {
    const levels = (depth: number): object => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Workflow',
      spec: {
        templates: [
          depth === 0
            ? { podSpecPatch: '{"hostPID": true}' }
            : { resource: { manifest: stringify(levels(depth - 1)) } },
        ],
      },
    });
    const found = (depth: number) => linted(stringify(levels(depth))).result.findings.map(({ rule }) => rule);
    assert.deepEqual([found(0), found(3), found(4)], [['host-pid'], ['host-pid'], []]);
  });

  it('is accepted in all of its object', () => {
    const one = linted(workflow('|\n    hostPID: true\n'));
    const accepted = acceptFinding(one, only(one, 'host-pid'));
    const after = applyEdits(one.result.text, accepted?.edits ?? []);
    assert.ok(after.includes('bulkhead'), after);
    assert.ok(after.includes('  podSpecPatch: |\n    hostPID: true\n'), after);
    assert.ok(!linted(after).result.findings.some(({ rule }) => rule === 'host-pid'));
  });

  it('may be part of a template of Helm', () => {
    const text = workflow('|\n    hostPID: true\n    priority: {{ .Values.priority }}\n');
    const one = linted(text, 'templates/workflow.yaml');
    const finding = only(one, 'host-pid');
    assert.equal(text.slice(finding.range.start, finding.range.end), 'true');
  });

  it('may stand in a fence of Markdown', () => {
    const fence = (patch: string) =>
      `# Use\n\n> \`\`\`yaml\n${workflow(patch).replace(/^/gm, '> ').replace(/> $/, '')}> \`\`\`\n`;
    const text = fence('|\n    hostPID: true\n    priority: 1\n');
    const one = linted(text, 'README.md');
    const [fix] = provenFixes(one, only(one, 'host-pid'));
    assert.equal(fix && applyEdits(text, fix.edits), fence('|\n    priority: 1\n'));
  });
});

describe('a list of a kind', () => {
  const list = (kind: string, apiVersion: string, item: object) =>
    JSON.stringify({
      apiVersion,
      kind: `${kind}List`,
      metadata: {},
      items: [{ metadata: { name: 'a', namespace: 'n' }, ...item }],
    });

  it('says what its items are', () => {
    const cases: [string, string, object, string][] = [
      ['Pod', 'v1', { spec: { hostPID: true, containers: [{ name: 'c', image: 'x' }] } }, 'host-pid'],
      ['Deployment', 'apps/v1', { spec: { template: { spec: { hostIPC: true } } } }, 'host-ipc'],
      ['Task', 'tekton.dev/v1', { spec: { steps: [{ securityContext: { privileged: true } }] } }, 'privileged'],
      [
        'ClusterRoleBinding',
        'rbac.authorization.k8s.io/v1',
        {
          roleRef: { kind: 'ClusterRole', name: 'cluster-admin' },
          subjects: [{ kind: 'ServiceAccount', name: 'default', namespace: 'n' }],
        },
        'cluster-admin-binding',
      ],
    ];
    for (const [kind, apiVersion, item, rule] of cases) {
      const { subject } = only(linted(list(kind, apiVersion, item)), rule);
      assert.deepEqual([subject.kind, subject.name, subject.namespace], [kind, 'a', 'n']);
    }
  });

  it('is no list without items, and leaves alone an item that says what it is', () => {
    const spec = { template: { spec: { hostPID: true } } };
    const of = (object: object) => linted(JSON.stringify(object)).result.findings.map(({ subject }) => subject.kind);
    assert.deepEqual(of({ apiVersion: 'example.com/v1', kind: 'AllowList', spec }), ['AllowList']);
    const job = { apiVersion: 'batch/v1', kind: 'Job', spec };
    assert.deepEqual(of({ apiVersion: 'v1', kind: 'PodList', items: [job] }), ['Job']);
  });
});
