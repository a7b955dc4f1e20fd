import assert from 'node:assert/strict';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it, type TestContext } from 'node:test';
import { packageOf } from '../packages.ts';
import { programIn } from '../program.ts';

const CHART = 'apiVersion: v2\nname: app\nversion: 1.0.0\n';
const DEPENDS = `${CHART}dependencies:\n  - name: redis\n    version: 19.x.x\n    repository: https://example.com\n`;
const REDIS = { 'Chart.yaml': 'apiVersion: v2\nname: redis\nversion: 19.0.0\n', 'values.yaml': 'hostNetwork: false\n' };

function pod(name: string): string {
  const lines = ['apiVersion: v1', 'kind: Pod', `metadata: { name: ${name} }`, 'spec:'];
  const values = ['  hostNetwork: {{ .Values.hostNetwork }}', '  hostPID: {{ .Values.host.pid | default false }}'];
  return [...lines, ...values, '  containers: [{ name: a, image: "a:1" }]', ''].join('\n');
}

const APP = {
  'app/Chart.yaml': CHART,
  'app/values.yaml': 'hostNetwork: false\nhost: {}\n',
  'app/values-dev.yaml': 'hostNetwork: true\n',
  'app/templates/pod.yaml': pod('app'),
};
const REDIS_POD = pod('redis').replace('.Values.host.pid', 'false');

/** A chart with a packed dependency. */
function withPackage(packed: Buffer, values: string): Record<string, string | Buffer> {
  const { 'app/Chart.yaml': _, 'app/values-dev.yaml': __, ...rest } = APP;
  return { ...rest, 'app/Chart.yaml': DEPENDS, 'app/values.yaml': values, 'app/charts/redis-19.0.0.tgz': packed };
}

async function findings(test: TestContext, files: Record<string, string | Buffer>, args: readonly string[]) {
  const { run } = await programIn(test, files);
  const { status, out, err } = run(['check', '--format', 'json', ...args]);
  const all: { rule: string; file: string; message: string; range: { start: { line: number } } }[] = JSON.parse(
    out || '[]',
  );
  const places = all.map(({ rule, file, range }) => `${file.replaceAll('\\', '/')}:${range.start.line} ${rule}`);
  return { status, places, err, messages: all.map(({ message }) => message) };
}

describe('a packed dependency of a chart', () => {
  const values = 'hostNetwork: false\nhost: {}\nredis:\n  hostNetwork: true\n';

  it('is judged with the values that its parent gives it, and named where they are used', async (test) => {
    const { run } = await programIn(
      test,
      withPackage(packageOf('redis', { ...REDIS, 'templates/pod.yaml': REDIS_POD }), values),
    );
    const { status, out, err } = run(['check', 'app', '--format', 'json']);
    const [{ file, rule, range, related }, ...others] = JSON.parse(out);
    assert.deepEqual([status, err, others], [1, '', []]);
    assert.deepEqual([file, rule, range.start.line], ['app/values.yaml', 'host-network', 4]);
    assert.deepEqual(
      related.map(({ message, file, range }: { message: string; file: string; range: { start: { line: number } } }) => [
        message,
        file,
        range.start.line,
      ]),
      [['Used here by Pod redis, in app/charts/redis-19.0.0.tgz/templates/pod.yaml', undefined, 4]],
    );
    assert.match(
      run(['check', 'app']).out,
      /\n {4}4:16 {2}Used here by Pod redis, in app\/charts\/redis-19\.0\.0\.tgz/,
    );
    assert.equal(run(['fix', '--unsafe', 'app']).status, 0);
    assert.deepEqual(run(['check', 'app']).status, 0);
  });

  it('reports nothing that only its own templates say', async (test) => {
    const on = REDIS_POD.replace('{{ .Values.hostNetwork }}', 'true');
    const packed = packageOf('redis', { ...REDIS, 'templates/pod.yaml': on });
    const { status, places, err } = await findings(test, withPackage(packed, 'hostNetwork: false\nhost: {}\n'), []);
    assert.deepEqual([status, places, err], [0, [], '']);
  });

  it('that cannot be read is named, and the rest is judged', async (test) => {
    const files = withPackage(Buffer.from('nothing'), 'hostNetwork: true\nhost: {}\n');
    const { status, places, err } = await findings(test, files, []);
    assert.deepEqual([status, places], [1, ['app/values.yaml:1 host-network']]);
    const message = 'The packed chart charts/redis-19.0.0.tgz is no complete gzip archive and was not read';
    assert.equal(err, `bulkhead: app/Chart.yaml:1:1: ${message}\n`);
  });

  it('that is too large is named as such', async (test) => {
    const files = withPackage(Buffer.alloc(8 * 1024 * 1024 + 1), 'host: {}\n');
    const message = 'The packed chart charts/redis-19.0.0.tgz is larger than 8 MiB (8.0 MiB) and was not checked';
    assert.equal((await findings(test, files, [])).err, `bulkhead: app/Chart.yaml:1:1: ${message}\n`);
  });

  it('that is missing is named where it is declared, once', async (test) => {
    const { 'app/charts/redis-19.0.0.tgz': _, ...files } = withPackage(Buffer.alloc(0), 'host: {}\n');
    const { err } = await findings(test, files, ['app', '.']);
    const message = 'The chart app depends on redis, which is not in charts/: run `helm dependency build`';
    assert.equal(err, `bulkhead: app/Chart.yaml:5:11: ${message}\n`);
  });

  it('that is named itself is no file to check', async (test) => {
    const files = withPackage(packageOf('redis', REDIS), 'host: {}\n');
    const { status, err } = await findings(test, files, ['app/charts/redis-19.0.0.tgz']);
    const message = 'is a packed chart: it is read with the chart that depends on it';
    assert.deepEqual([status, err], [0, `bulkhead: app/charts/redis-19.0.0.tgz ${message}.\n`]);
  });

  it('is not read through a link that leads there', { skip: process.platform === 'win32' }, async (test) => {
    const { 'app/charts/redis-19.0.0.tgz': packed, ...files } = withPackage(packageOf('redis', REDIS), 'host: {}\n');
    const { root, run } = await programIn(test, files);
    await writeFile(join(root, 'redis.tgz'), packed as Buffer);
    await mkdir(join(root, 'app/charts'));
    await symlink(join(root, 'redis.tgz'), join(root, 'app/charts/redis-19.0.0.tgz'));
    assert.match(run(['check', 'app']).err, /depends on redis, which is not in charts/);
  });
});

describe('values on the command line', () => {
  it('take the place of the values files of the chart', async (test) => {
    assert.deepEqual((await findings(test, APP, ['app'])).places, ['app/values-dev.yaml:1 host-network']);
    const files = { ...APP, 'prod.yaml': 'host:\n  pid: true\n' };
    const { status, places, messages } = await findings(test, files, ['app', '--values', 'prod.yaml']);
    assert.deepEqual([status, places], [1, ['prod.yaml:2 host-pid']]);
    assert.doesNotMatch(messages[0] ?? '', /Only with/);
  });

  it('add up, the last file above the others', async (test) => {
    const files = { ...APP, 'a.yaml': 'host: { pid: true }\nhostNetwork: true\n', 'b.yaml': 'host: { pid: false }\n' };
    const { places } = await findings(test, files, ['app', '--values', 'a.yaml', '--values', 'b.yaml']);
    assert.deepEqual(places, ['a.yaml:2 host-network']);
  });

  it('are repaired in the file that they are in', async (test) => {
    const { root, run } = await programIn(test, { ...APP, 'prod.yaml': 'hostNetwork: true\n' });
    assert.equal(run(['fix', '--unsafe', 'app', '--values', 'prod.yaml']).status, 0);
    assert.equal(await readFile(join(root, 'prod.yaml'), 'utf8'), 'hostNetwork: false\n');
    assert.equal(await readFile(join(root, 'app/values-dev.yaml'), 'utf8'), 'hostNetwork: true\n');
  });

  it('are found at the action that prints them, by their keys, where they are in no file', async (test) => {
    const { places, messages } = await findings(test, APP, ['app', '--set', 'host.pid=true,other=secret']);
    assert.deepEqual(places, ['app/templates/pod.yaml:6 host-pid']);
    assert.match(messages[0] ?? '', / Only with --set host\.pid and other\.$/);
  });

  it('take back what a file says', async (test) => {
    const args = ['app', '--values', 'app/values-dev.yaml'];
    assert.deepEqual((await findings(test, APP, args)).places, ['app/values-dev.yaml:1 host-network']);
    assert.deepEqual(await findings(test, APP, [...args, '--set', 'hostNetwork=false']), {
      status: 0,
      places: [],
      err: '',
      messages: [],
    });
  });

  it('that are strings are laid over others', async (test) => {
    const files = {
      ...APP,
      'app/templates/pod.yaml': pod('app').replace('.Values.host.pid', 'eq (typeOf .Values.x) "string"'),
    };
    const args = ['app', '--set-string', 'x=1', '--set', 'x=1'];
    assert.deepEqual((await findings(test, files, args)).places, ['app/templates/pod.yaml:6 host-pid']);
  });

  it('need one chart, and a form that Helm reads', async (test) => {
    const { run } = await programIn(test, { ...APP, 'other/Chart.yaml': CHART, 'sub/x.yaml': '' });
    const refused = (...args: string[]) => {
      const { status, err } = run(['check', ...args]);
      assert.equal(status, 2);
      return err;
    };
    const none = 'bulkhead: --values and --set are for a chart, and none is among the paths. Name its folder.\n';
    assert.equal(refused('sub', '--set', 'a=b'), none);
    assert.equal(refused('sub', '--values', 'app/values.yaml'), none);
    const two = 'there are 2 among the paths, such as app and other. Name one.';
    assert.equal(refused('.', '--set', 'a=b'), `bulkhead: --values and --set are for one chart, and ${two}\n`);
    assert.match(refused('app', '--set', 'a={b'), /Write it as for helm: list must terminate with '}'\./);
    assert.match(refused('app', '--values', '-'), /Values are read from files\./);
    assert.match(refused('app', '--values', 'none.yaml'), /no such file or folder: none\.yaml/);
  });

  it('that Helm refuses over those of the chart are named', async (test) => {
    const { err } = await findings(test, { ...APP, 'prod.yaml': 'host: x\n' }, [
      ...['app', '--values', 'prod.yaml', '--set', 'host.pid=true'],
    ]);
    assert.equal(err, 'bulkhead: app/Chart.yaml:1:1: cannot set host.pid=true: host is no mapping\n');
  });
});

describe('what a chart refuses', () => {
  it('is said where it is written, once and in one line', async (test) => {
    const template = `${pod('app')}---\na: {{ required "a name\\n  is needed" .Values.name }}\n---\n{{ fail "no" }}\n`;
    const { err } = await findings(test, { ...APP, 'app/templates/pod.yaml': template }, ['app']);
    const at = 'bulkhead: app/templates/pod.yaml';
    assert.deepEqual(err.split('\n'), [
      `${at}:9:7: A value is required in app/templates/pod.yaml: a name is needed`,
      `${at}:11:4: The chart refuses these values in app/templates/pod.yaml: no`,
      '',
    ]);
  });

  it('is said in the template that includes it, not in all', async (test) => {
    const files = {
      ...APP,
      'app/templates/_a.tpl': '{{ define "a" }}{{ fail "no" }}{{ end }}',
      'app/templates/b.yaml': '{{ include "a" . }}\n',
    };
    const { err } = await findings(test, files, ['app']);
    assert.equal(
      err,
      'bulkhead: app/templates/b.yaml:1:4: The chart refuses these values in app/templates/_a.tpl: no\n',
    );
  });
});

describe('a file of a chart that is named alone', () => {
  const named = 'metadata: { name: {{ include "app.name" . }} }';
  const files = {
    ...APP,
    'app/values-dev.yaml': 'hostNetwork: false\n',
    'app/templates/_names.tpl': '{{- define "app.name" -}}web{{- end }}\n',
    'app/templates/pod.yaml': pod('app')
      .replace('metadata: { name: app }', named)
      .replace('{{ .Values.hostNetwork }}', 'true'),
    'app/deep/values.yaml': 'hostNetwork: true\n',
  };

  it('is rendered with the rest of the chart, of which nothing is reported', async (test) => {
    const { places, messages } = await findings(test, files, ['app/templates/pod.yaml']);
    assert.deepEqual(places, ['app/templates/pod.yaml:5 host-network']);
    assert.match(messages[0] ?? '', /^Pod web /);
  });
});
