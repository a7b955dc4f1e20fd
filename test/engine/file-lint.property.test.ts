import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import {
  DEFAULT_SETTINGS,
  divide,
  FileLint,
  lint,
  type Range,
  TextDivision,
  WorkspaceFacts,
} from '../../shared-rules/index.ts';
import { told } from './told.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all', today: '2026-11-21' } as const;

const pod = (name: string, spec: string, metadata = '') =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\n  namespace: shop\n  labels: { app: ${name} }\n${metadata}spec:\n${spec}`;
const container = (ports: string) => `  containers:\n    - name: main\n      image: nginx\n${ports}`;
const taking = (port: number) =>
  container(`      ports:\n        - containerPort: ${port}\n          hostPort: ${port}\n`);

/** Documents that have to do with each other. */
const DOCUMENTS = [
  pod('web', `  hostNetwork: true\n${taking(80)}`),
  pod('other', `  # bulkhead: ignore[host-port-conflict] known until 2027-06-30\n${taking(80)}`),
  pod('third', `  hostPID: true # bulkhead: ignore[host-ipc] not used\n${taking(81)}`),
  pod(
    'llm',
    `  containers:\n    - name: main\n      image: vllm/vllm-openai\n      ports: [{ containerPort: 8000 }]\n`,
  ),
  pod('made', `  hostNetwork: true\n${container('')}`, '  ownerReferences: [{ kind: Job, name: job }]\n'),
  `apiVersion: batch/v1\nkind: Job\nmetadata: { name: job, namespace: shop }\nspec:\n  template:\n    spec:\n      hostNetwork: true\n      containers: [{ name: main, image: nginx }]\n`,
  'apiVersion: v1\nkind: Service\nmetadata: { name: llm, namespace: shop }\nspec:\n  type: LoadBalancer\n  selector: { app: llm }\n',
  'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: shop\n  labels:\n    istio-injection: enabled\n    pod-security.kubernetes.io/enforce: baseline\n',
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: all, namespace: shop }\nspec:\n  podSelector: {}\n',
  'apiVersion: v1\nkind: ConfigMap\ndata:\n  text: |\n    apiVersion: v1\n    ---\n    kind: Pod\n',
  'services:\n  web:\n    image: nginx\n    network_mode: host\n',
  '# kics-scan ignore\n',
  '# kics-scan disable=6b6bdfb3-c3ae-44cb-88e4-7405c1ba2c8a\n# a comment\n',
];

/** What people type, paste, and type by mistake. */
const PIECES = [
  ...DOCUMENTS,
  ...DOCUMENTS.map((document) => `---\n${document}`),
  ...[
    '---\n',
    '\n---\n',
    '...\n',
    '%YAML 1.2\n',
    '# comment\n',
    '\n',
    '\r\n',
    '\r',
    '\u2028',
    ' ',
    '"',
    "'",
    '[',
    '|',
    '- ',
    '-',
    'x',
  ],
  ...[
    '{{ .Values.a }}',
    '{{',
    '}}',
    '\0',
    '# kics-scan ignore\n',
    '  hostIPC: true\n',
    '{{- if .Values.a }}\n',
    '{{- end }}\n',
  ],
];

/** Where an edit begins and how much it takes away, as parts of the text, and what it writes. */
const edits = fc.record({
  at: fc.nat(1000).map((thousandths) => thousandths / 1000),
  removed: fc.oneof(fc.constant(0), fc.constant(1), fc.nat(5), fc.nat(300)),
  from: fc.constantFrom('anywhere', 'the start of a line', 'the end of a document'),
  added: fc.oneof(fc.constant(''), fc.constantFrom(...PIECES)),
  /** How much is done before the next edit comes; undefined for everything. */
  steps: fc.option(fc.nat(3), { nil: undefined }),
  /** What another file says from then on. */
  other: fc.option(fc.constantFrom('', ...DOCUMENTS), { freq: 6, nil: undefined }),
});

type Edit = typeof edits extends fc.Arbitrary<infer T> ? T : never;

function rangeOf(text: string, { at, removed, from }: Pick<Edit, 'at' | 'removed' | 'from'>): Range {
  const offset = Math.round(at * text.length);
  const line = text.lastIndexOf('\n', offset) + 1;
  const end = Math.max(0, text.indexOf('\n---', offset));
  const start = from === 'anywhere' ? offset : from === 'the start of a line' ? line : end;
  return { start, end: Math.min(text.length, start + removed) };
}

it('a marker that loses its line end belongs to what stands before it', () => {
  const division = new TextDivision('a: 1\n---\n---\nb: 2\n');
  division.edit({ start: 8, end: 9 }, '');
  assert.deepEqual(division.pieces, divide('a: 1\n------\nb: 2\n'));
});

it('after any edits a file is found to be what it is found to be when it is read at once', () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(...DOCUMENTS), { minLength: 1, maxLength: 6 }),
      fc.array(edits, { maxLength: 10 }),
      (documents, all) => {
        const workspace = new WorkspaceFacts();
        const beside = workspace.queriesFor('deploy/a.yaml');
        const file = new FileLint('deploy/a.yaml', settings, beside);
        let text = documents.join('---\n');
        const division = new TextDivision(text);
        file.lint(text);
        for (const { steps, other, added, ...edit } of all) {
          const { start, end } = rangeOf(text, edit);
          text = text.slice(0, start) + added + text.slice(end);
          division.edit({ start, end }, added);
          assert.deepEqual(division.pieces, divide(text));
          file.update(division.pieces);
          if (other !== undefined) {
            workspace.update('deploy/b.yaml', lint('deploy/b.yaml', other, settings));
            file.refreshFacts();
          }
          if (steps !== undefined) {
            const work = file.steps();
            for (let done = 0; done < steps; done++) work.next();
          } else assert.deepEqual(told(file.lint(text)), told(lint('deploy/a.yaml', text, settings, beside)));
        }
        assert.deepEqual(told(file.lint(text)), told(lint('deploy/a.yaml', text, settings, beside)));
      },
    ),
    { numRuns: 300 },
  );
});
