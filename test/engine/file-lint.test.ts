import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_SETTINGS, FileLint, lint, WorkspaceFacts } from '../../shared-rules/index.ts';

const settings = { ...DEFAULT_SETTINGS, profile: 'all' } as const;

const pod = (name: string, port = 8080) =>
  `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  containers:\n    - name: main\n      image: nginx:1\n      ports:\n        - containerPort: ${port}\n`;
const names = Array.from({ length: 300 }, (_, index) => `pod-${index}`);
const PODS = names.map((name) => pod(name)).join('---\n');
const service = (type: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec:\n  type: ${type}\n  selector: { app: model }\n`;
const model = pod('model')
  .replace('name: model', 'name: model\n  labels: { app: model }')
  .replace('nginx:1', 'ollama/ollama');

/** What it costs to go from one text to another. */
function costOf(before: string, after: string, queries = new WorkspaceFacts().queriesFor('a.yaml')) {
  const file = new FileLint('a.yaml', settings, queries);
  file.lint(before);
  const { read, characters, linted } = { ...file.work };
  file.lint(after);
  return {
    read: file.work.read - read,
    characters: file.work.characters - characters,
    linted: file.work.linted - linted,
  };
}

const longest = pod('pod-999').length + 100;

describe('an edit costs', () => {
  const costsOne = (before: string, after: string) => {
    const cost = costOf(before, after);
    assert.deepEqual([cost.read, cost.linted], [1, 1]);
    assert.ok(cost.characters <= longest, `${cost.characters} characters were read`);
  };

  it('the document it is in, wherever that stands', () => {
    for (const name of ['pod-0', 'pod-150', 'pod-299'])
      costsOne(PODS, PODS.replace(`name: ${name}\n`, `name: ${name}\n  labels: { a: b }\n`));
  });
  it('the document that comes', () => costsOne(PODS, `${PODS}---\n${pod('more')}`));
  it('the document that comes among others', () => costsOne(PODS, PODS.replace('---\n', `---\n${pod('more')}---\n`)));
  it('nothing where there is none', () => assert.deepEqual(costOf(PODS, PODS), { read: 0, characters: 0, linted: 0 }));
  it('nothing where a document goes', () => {
    const cost = costOf(PODS, PODS.replace(`---\n${pod('pod-7')}`, ''));
    assert.deepEqual(cost, { read: 0, characters: 0, linted: 0 });
  });
  it('two documents where the marker between them goes, and comes', () => {
    const joined = PODS.replace(`${pod('pod-7')}---\n`, pod('pod-7'));
    assert.equal(costOf(PODS, joined).read, 1);
    assert.equal(costOf(joined, PODS).read, 2);
  });
  it('the documents it is in where it is made at several places at once', () => {
    const after = PODS.replace('name: pod-3\n', 'name: first\n').replace('name: pod-290\n', 'name: last\n');
    const { read, linted } = costOf(PODS, after);
    assert.deepEqual([read, linted], [2, 2]);
  });
  it('the document it is in while that is broken', () => {
    const broken = PODS.replace('name: pod-150\n', 'name: "pod-150\n');
    costsOne(PODS, broken);
    costsOne(broken, PODS);
  });
  it('also what asked about something that is said otherwise now', () => {
    const taking = (port: number) =>
      pod('one').replace('containerPort: 8080', `containerPort: 8080\n          hostPort: ${port}`);
    const rival = taking(80).replace('name: one', 'name: two');
    const cost = costOf(`${PODS}---\n${rival}---\n${taking(81)}`, `${PODS}---\n${rival}---\n${taking(80)}`);
    assert.deepEqual([cost.read, cost.linted], [1, 2]);
  });
  it('of a Service what asked who can reach it', () => {
    const cost = costOf(
      `${PODS}---\n${model}---\n${service('ClusterIP')}`,
      `${PODS}---\n${model}---\n${service('NodePort')}`,
    );
    assert.deepEqual([cost.read, cost.linted], [1, 2]);
  });
});

it('places in other documents of the file are told as they stand in the file, and follow when these move', () => {
  const taking = pod('one').replace('containerPort: 8080', 'containerPort: 8080\n          hostPort: 80');
  const rival = taking.replace('name: one', 'name: two');
  const file = new FileLint('a.yaml', settings);
  for (const text of [`${PODS}---\n${rival}---\n${taking}`, `# one line more\n${PODS}---\n${rival}---\n${taking}`]) {
    const found = file.lint(text).findings.filter(({ rule }) => rule === 'host-port-conflict');
    const portOf = (name: string) =>
      text.indexOf('hostPort: 80', text.indexOf(`name: ${name}\n`)) + 'hostPort: '.length;
    assert.deepEqual(
      found.map(({ range, related }) => [range.start, ...related.map(({ at }) => at.range.start)]),
      [
        [portOf('two'), portOf('one')],
        [portOf('one'), portOf('two')],
      ],
    );
  }
});

it('news of another file cost what asked about it', () => {
  const workspace = new WorkspaceFacts();
  const file = new FileLint('a.yaml', settings, workspace.queriesFor('a.yaml'));
  const taking = pod('one').replace('containerPort: 8080', 'containerPort: 8080\n          hostPort: 80');
  const text = `${PODS}---\n${taking}`;
  const isThere = () => file.lint(text).findings.some(({ rule }) => rule === 'host-port-conflict');
  assert.equal(isThere(), false);
  const { linted } = { ...file.work };
  workspace.update(
    'b.yaml',
    lint('b.yaml', taking.replace('name: one', 'name: two').replace('nginx', 'httpd'), settings),
  );
  file.refreshFacts();
  assert.equal(isThere(), true);
  assert.equal(file.work.linted - linted, 1);
});

it('news of another file change what is said about a template whose text stays', () => {
  const files = {
    'Chart.yaml': 'apiVersion: v2\nname: app\nversion: 1.0.0\n',
    'templates/pod.yaml': pod('web').replace('spec:', 'spec:\n  hostNetwork: {{ .Values.net }}'),
    'values.yaml': 'net: false\n',
  };
  const workspace = new WorkspaceFacts();
  const write = (path: string, text: string) =>
    workspace.update(path, lint(path, text, settings, workspace.queriesFor(path)));
  for (const [path, text] of Object.entries(files)) write(path, text);
  const path = 'templates/pod.yaml';
  const file = new FileLint(path, settings, workspace.queriesFor(path));
  file.lint(files[path]);
  const isOnHostNetwork = () => {
    for (const _ of file.steps());
    return file.result().facts.flatMap((fact) => (fact.is === 'pod' ? [fact.isOnHostNetwork] : []));
  };
  assert.deepEqual(isOnHostNetwork(), [false]);
  write('values.yaml', 'net: true\n');
  file.refreshFacts();
  assert.deepEqual(isOnHostNetwork(), [true]);
});

it('what nobody asks any more is not remembered', () => {
  const asked = new Set<string>();
  const hear = (topic: string) => {
    asked.add(topic);
    return [];
  };
  const file = new FileLint('a.yaml', settings, { together: hear, anywhere: hear });
  for (const port of [8, 80, 808, 8080])
    file.lint(pod('one').replace('containerPort: 8080', `containerPort: 8080\n          hostPort: ${port}`));
  asked.clear();
  file.refreshFacts();
  const ports = [...asked].filter((topic) => topic.startsWith('port '));
  assert.equal(ports.length, 1, ports.join());
  assert.match(String(ports[0]), /8080/);
});
