// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose files refer to variables like this.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { programIn } from '../program.ts';

const BASE = 'services:\n  web:\n    image: nginx\n    network_mode: ${MODE}\n    command: |\n      a\n      b\n';
const OVERRIDE = 'services:\n  web:\n    privileged: true\n    command: |\n      c\n      d\n';
const SHOWN = `# compose.yaml and compose.override.yaml
services:
  web:
    image: nginx
    network_mode: host  # .env:1
    command: |          # compose.override.yaml:4
      c
      d
    privileged: true    # compose.override.yaml:3
`;

describe('show', () => {
  it('prints a project as it is deployed, whichever of its files is named, and names the places in other files', async (test) => {
    const { run } = await programIn(test, {
      'compose.yaml': BASE,
      'compose.override.yaml': OVERRIDE,
      '.env': 'MODE=host\n',
      '.gitignore': '.env\n',
    });
    assert.deepEqual(run(['show', 'compose.yaml']), { status: 0, out: SHOWN, err: '' });
    assert.deepEqual(run(['show', 'compose.override.yaml']).out, SHOWN);
    assert.deepEqual(run(['show']), { status: 0, out: SHOWN, err: '' });
  });

  it('prints several projects as documents of one stream, and a file that is in none by itself', async (test) => {
    const { run } = await programIn(test, {
      'a/compose.yaml': 'services:\n  a:\n    image: a\n',
      'b/stack.yaml': 'include:\n  - more.yaml\nservices:\n  b:\n    image: b:$TAG\n',
      'b/more.yaml': 'services:\n  c:\n    image: c\n',
      'b/.env': 'TAG=2\n',
      'pod.yaml': 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: {}\n',
    });
    const a = '# a/compose.yaml\nservices:\n  a:\n    image: a\n';
    const b = [
      '# b/stack.yaml',
      'services:       # b/more.yaml:1',
      '  c:            # b/more.yaml:2',
      '    image: c    # b/more.yaml:3',
      '  b:',
      '    image: b:2  # b/.env:1',
      '',
    ].join('\n');
    const both = run(['show', 'a/compose.yaml', 'b/stack.yaml']);
    const slashed = both.out.replaceAll('\\', '/');
    assert.deepEqual({ ...both, out: slashed }, { status: 0, out: `${a}---\n${b}`, err: '' });
  });

  it('refuses what is not deployed by anything', async (test) => {
    const { run } = await programIn(test, {
      'other.yaml': 'a: 1\n',
      'compose.yaml': 'services:\n  a:\n    image: a\n',
    });
    const refused = run(['show', 'other.yaml']);
    assert.deepEqual(refused, {
      status: 2,
      out: '',
      err: 'bulkhead: other.yaml is no Compose file, belongs to no chart and is not deployed by a kustomization: there is nothing to show.\n',
    });
    assert.equal(run(['show', 'compose.yaml', 'other.yaml']).status, 2);
    assert.deepEqual(run(['show', 'none.yaml']).status, 2);
  });

  it('refuses a folder without any', async (test) => {
    const { run } = await programIn(test, { 'other.yaml': 'a: 1\n' });
    assert.deepEqual(run(['show']), {
      status: 2,
      out: '',
      err: 'bulkhead: none of the files is a Compose file, belongs to a chart or is deployed by a kustomization; there is nothing to show.\n',
    });
  });

  it('names what it is shown without', async (test) => {
    const { run } = await programIn(test, {
      'compose.yaml': 'include:\n  - none.yaml\nservices:\n  a:\n    image: a\n',
    });
    assert.deepEqual(run(['show', 'compose.yaml']), {
      status: 0,
      out: '# compose.yaml\nservices:\n  a:\n    image: a\n',
      err: 'bulkhead: compose.yaml:2: none.yaml was not found; it is shown without it.\n',
    });
  });

  it('says what it could not read', async (test) => {
    const { run } = await programIn(test, { 'compose.yaml': 'services:\n  a:\n    image: a\n    ports: [\n' });
    const { status, out, err } = run(['show', 'compose.yaml']);
    assert.equal(status, 0);
    assert.equal(out, '# compose.yaml\nservices:\n  a:\n    image: a\n    ports: []\n');
    assert.match(err, /^bulkhead: compose\.yaml:\d+: .*; the rest is shown\.\n$/);
  });

  it('prints nothing that commands a terminal or a CI', async (test) => {
    const { run } = await programIn(test, {
      'compose.yaml': 'services:\n  a:\n    image: "a\\e[31m\\u202e"\n    command: "a\\n::error::b"\n',
    });
    const { out } = run(['show', 'compose.yaml']);
    assert.equal(
      out,
      '# compose.yaml\nservices:\n  a:\n    image: "a\\e[31m\\u202e"\n    command: |-\n      a\n      :\ufffderror::b\n',
    );
  });
});

describe('show of a chart', () => {
  const FILES = {
    'agent/Chart.yaml': 'apiVersion: v2\nname: agent\nversion: 1.0.0\n',
    'agent/templates/a.yaml': 'kind: A\nx: {{ .Values.x }}\n---\nkind: B\n',
    'agent/templates/b.yaml': 'kind: C\ntext: |\n  {{ .Values.x }}\n',
    'agent/values.yaml': 'x: 1\n',
    'agent/values-prod.yaml': 'x: 2\n',
  };
  const CHART = [
    '# agent/Chart.yaml with the default values',
    '# agent/templates/b.yaml',
    'kind: C',
    'text: |',
    '  1',
    '---',
    '# agent/templates/a.yaml',
    'kind: A',
    'x: 1  # agent/values.yaml:1',
    '---',
    '# agent/templates/a.yaml',
    'kind: B',
    '',
  ].join('\n');

  it('prints what its templates render to, once, and of a template what it renders to with each set of values', async (test) => {
    const { run } = await programIn(test, FILES);
    const slashed = (text: string) => text.replaceAll('\\', '/');
    const { status, out, err } = run(['show', 'agent']);
    assert.deepEqual({ status, out: slashed(out), err }, { status: 0, out: CHART, err: '' });
    const b = (values: string, x: number) => `# agent/templates/b.yaml with ${values}\nkind: C\ntext: |\n  ${x}\n---\n`;
    const both = slashed(run(['show', 'agent/templates/b.yaml', 'agent']).out);
    assert.equal(both, b('the default values', 1) + b('values-prod.yaml', 2) + CHART);
  });
});
