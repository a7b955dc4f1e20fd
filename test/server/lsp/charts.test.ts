import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { describe, it, type TestContext } from 'node:test';
import { type CodeLens, FileChangeType, type Hover, type InlayHint } from 'vscode-languageserver/node';
import type { ShownLine } from '../../../server/lsp/features/deployed.ts';
import { Editor } from './editor.ts';

const AGENT = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
  labels: {{- include "app.labels" . | nindent 4 }}
spec:
  selector:
    matchLabels: { app: agent }
  template:
    metadata:
      labels: { app: agent }
    spec:
      hostNetwork: {{ .Values.hostNetwork }}
      {{- if .Values.debug }}
      hostPID: true
      {{- end }}
      containers:
        - name: agent
          image: "example.com/agent:{{ .Values.image.tag | default "1.0" }}"
          env:
            - name: TOKEN
              value: {{ .Values.apiToken }}
          securityContext: {{- toYaml .Values.securityContext | nindent 12 }}
`;
const HELPERS = '{{- define "app.labels" -}}\nteam: {{ .Values.team }}\n{{- end }}\n';
const VALUES = `hostNetwork: false
debug: false
image:
  tag: "2.0"
apiToken: hunter2
team: platform
securityContext:
  privileged: false
unused: true
`;
const CHART = 'apiVersion: v2\nname: app\nversion: 1.0.0\n';
const TEMPLATE = 'app/templates/agent.yaml';
const FILES = {
  'app/Chart.yaml': CHART,
  [TEMPLATE]: AGENT,
  'app/templates/_helpers.tpl': HELPERS,
  'app/values.yaml': VALUES,
  'app/values-prod.yaml': 'hostNetwork: true\n',
};

async function opened(test: TestContext, path: string, files: Readonly<Record<string, string>> = {}, options = {}) {
  const all: Record<string, string> = { ...FILES, ...files };
  const editor = await Editor.open(test, all, { initialization: { showDeployed: 'show.deployed' }, ...options });
  await editor.scanned();
  await editor.openDocument(path, all[path] ?? '');
  return editor;
}

function retype(editor: Editor, path: string, version: number, text: string): Promise<void> {
  const textDocument = { uri: editor.uri(path), version };
  return editor.notify('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
}

async function hoverOn(editor: Editor, path: string, text: string, word: string): Promise<string | undefined> {
  const before = text.slice(0, text.indexOf(word) + 1).split('\n');
  const position = { line: before.length - 1, character: before.at(-1)!.length };
  const hover = await editor.request<Hover | null>('textDocument/hover', {
    textDocument: { uri: editor.uri(path) },
    position,
  });
  return (hover?.contents as { value: string } | undefined)?.value.replaceAll(editor.uri(''), '');
}

/** Each hint as the text before it on its line, its label and what is said of it. */
async function hintsIn(editor: Editor, path: string, text: string): Promise<unknown[]> {
  const end = { line: text.split('\n').length, character: 0 };
  const hints = await editor.request<InlayHint[]>('textDocument/inlayHint', {
    textDocument: { uri: editor.uri(path) },
    range: { start: { line: 0, character: 0 }, end },
  });
  return hints.map(({ position: { line, character }, label }) => {
    const [part] = label as { value: string; tooltip: string; location?: { uri: string } }[];
    const before = text.split('\n')[line]?.slice(0, character);
    return [/[\w.$]+$/.exec(before ?? '')?.[0], part?.value, part?.tooltip, part?.location?.uri];
  });
}

async function shownOf(editor: Editor, path: string): Promise<unknown[]> {
  const lines = await editor.request<ShownLine[]>('bulkhead/deployed', { textDocument: { uri: editor.uri(path) } });
  return lines.map(({ text, places }) => [
    text,
    ...places.map(({ uri, range }) => `${uri.replace(editor.uri(''), '')}:${range.start.line + 1}`),
  ]);
}

describe('problems of a chart in an editor', () => {
  it('change in the values and in the template as a value is edited', async (test) => {
    const editor = await opened(test, 'app/values.yaml');
    await retype(editor, 'app/values.yaml', 2, VALUES.replaceAll('false', 'true'));
    await editor.untilShown('app/values.yaml', ['host-network', 'privileged']);
    await editor.untilShown(TEMPLATE, ['host-pid']);
    await retype(editor, 'app/values.yaml', 3, VALUES);
    await editor.untilShown('app/values.yaml', []);
    await editor.untilShown(TEMPLATE, []);
  });

  it('outlive values that are a list, a half-typed template and one that is deleted', async (test) => {
    const editor = await opened(test, 'app/values.yaml');
    await editor.untilShown('app/values-prod.yaml', ['host-network']);
    await retype(editor, 'app/values.yaml', 2, '- hostNetwork: true\n');
    await editor.untilShown('app/values-prod.yaml', []);
    assert.equal(await hoverOn(editor, 'app/values.yaml', '- hostNetwork: true\n', 'hostNetwork'), undefined);
    assert.deepEqual(await shownOf(editor, 'app/values.yaml'), [
      ['# app/Chart.yaml with the default values'],
      ['# cannot load values.yaml: it is no mapping'],
    ]);
    await retype(editor, 'app/values.yaml', 3, VALUES);
    await editor.untilShown('app/values-prod.yaml', ['host-network']);

    const half = AGENT.replace('{{ .Values.hostNetwork }}', '{{ .Values.');
    await editor.openDocument(TEMPLATE, half, 'helm');
    await editor.untilShown('app/values-prod.yaml', []);
    assert.deepEqual(await hintsIn(editor, TEMPLATE, half), []);
    const [header, note] = (await shownOf(editor, TEMPLATE)) as string[][];
    assert.deepEqual(header, [`# ${TEMPLATE} with the default values`]);
    assert.match(String(note), /^# app\/templates\/agent\.yaml cannot be rendered: /);
    await retype(editor, TEMPLATE, 2, AGENT);
    await editor.untilShown('app/values-prod.yaml', ['host-network']);

    await editor.notify('textDocument/didClose', { textDocument: { uri: editor.uri(TEMPLATE) } });
    await rm(`${editor.root}/${TEMPLATE}`);
    await editor.changeOnDisk(TEMPLATE, FileChangeType.Deleted);
    await editor.untilShown('app/values-prod.yaml', []);
    assert.equal(await hoverOn(editor, 'app/values.yaml', VALUES, 'hostNetwork'), undefined);
    assert.deepEqual(await shownOf(editor, 'app/values.yaml'), [['# app/Chart.yaml with the default values']]);
  });
});

describe('a template in an editor', () => {
  it('is shown as it is rendered with each set of values, each line with its origins', async (test) => {
    const editor = await opened(test, TEMPLATE);
    const defaults = [
      ['# app/templates/agent.yaml with the default values'],
      ['apiVersion: apps/v1', 'app/templates/agent.yaml:1'],
      ['kind: DaemonSet', 'app/templates/agent.yaml:2'],
      ['metadata:', 'app/templates/agent.yaml:3'],
      ['  name: agent', 'app/templates/agent.yaml:4'],
      ['  labels:', 'app/templates/agent.yaml:5'],
      [
        '    team: platform  # app/templates/_helpers.tpl:2, app/values.yaml:6',
        'app/templates/_helpers.tpl:2',
        'app/values.yaml:6',
      ],
      ['spec:', 'app/templates/agent.yaml:6'],
      ['  selector:', 'app/templates/agent.yaml:7'],
      ['    matchLabels: { app: agent }', 'app/templates/agent.yaml:8'],
      ['  template:', 'app/templates/agent.yaml:9'],
      ['    metadata:', 'app/templates/agent.yaml:10'],
      ['      labels: { app: agent }', 'app/templates/agent.yaml:11'],
      ['    spec:', 'app/templates/agent.yaml:12'],
      ['      hostNetwork: false', 'app/templates/agent.yaml:13', 'app/values.yaml:1'],
      ['      containers:', 'app/templates/agent.yaml:17'],
      ['        - name: agent', 'app/templates/agent.yaml:18'],
      ['          image: "example.com/agent:2.0"', 'app/templates/agent.yaml:19', 'app/values.yaml:4'],
      ['          env:', 'app/templates/agent.yaml:20'],
      ['            - name: TOKEN', 'app/templates/agent.yaml:21'],
      ['              value: hunter2', 'app/templates/agent.yaml:22', 'app/values.yaml:5'],
      ['          securityContext:', 'app/templates/agent.yaml:23'],
      ['            privileged: false', 'app/templates/agent.yaml:23', 'app/values.yaml:8'],
    ];
    const places = (lines: unknown[]) =>
      (lines as string[][]).map(([text = '', ...at]) => [text.replace(/ +# .*/, ''), ...at]);
    const shown = await shownOf(editor, TEMPLATE);
    const second = shown.findIndex((line) => (line as string[])[0] === '---');
    assert.deepEqual(places(shown.slice(0, second)), places(defaults));
    assert.deepEqual(
      shown.slice(second).filter((line) => /^(?:---|# )|hostNetwork/.test((line as string[])[0] ?? '')),
      [
        ['---'],
        ['# app/templates/agent.yaml with values-prod.yaml'],
        [
          '      hostNetwork: true                   # app/values-prod.yaml:1',
          'app/templates/agent.yaml:13',
          'app/values-prod.yaml:1',
        ],
      ],
    );
  });

  it('says above it with which values it is rendered', async (test) => {
    const editor = await opened(test, TEMPLATE);
    const titleOf = async (path: string) => {
      const lenses = await editor.request<CodeLens[]>('textDocument/codeLens', {
        textDocument: { uri: editor.uri(path) },
      });
      return lenses.map(({ range, command }) => [
        range.start.line,
        command?.title,
        command?.command,
        command?.arguments,
      ]);
    };
    assert.deepEqual(await titleOf(TEMPLATE), [
      [0, 'Rendered with the default values and values-prod.yaml', 'show.deployed', [editor.uri(TEMPLATE)]],
    ]);
    for (const path of ['app/values.yaml', 'app/templates/_helpers.tpl', 'app/values-prod.yaml'] as const) {
      await editor.openDocument(path, FILES[path]);
      const values = path === 'app/values-prod.yaml' ? 'values-prod.yaml' : 'the default values';
      assert.deepEqual(await titleOf(path), [
        [0, `Show the chart rendered with ${values}`, 'show.deployed', [editor.uri(path)]],
      ]);
    }
  });

  it('has the values that it reads behind them, but secret ones', async (test) => {
    const editor = await opened(test, TEMPLATE);
    const values = editor.uri('app/values.yaml');
    const hints = [
      ['.Values.hostNetwork', '= false', 'app/values.yaml:1; true with values-prod.yaml', values],
      ['.Values.debug', '= false', 'app/values.yaml:2', values],
      ['.Values.image.tag', '= 2.0', 'app/values.yaml:4', values],
    ];
    assert.deepEqual(await hintsIn(editor, TEMPLATE, AGENT), hints);
    await editor.openDocument('app/templates/_helpers.tpl', HELPERS, 'helm');
    assert.deepEqual(await hintsIn(editor, 'app/templates/_helpers.tpl', HELPERS), [
      ['.Values.team', '= platform', 'app/values.yaml:6', values],
    ]);
    await editor.openDocument('app/values.yaml', VALUES);
    await editor.untilShown('app/values.yaml', []);
    editor.heard.delete('workspace/inlayHint/refresh');
    const long = VALUES.replace('2.0', 'a text that goes on for more than thirty characters');
    await retype(editor, 'app/values.yaml', 2, long.replace('hostNetwork: false', 'hostNetwork: true'));
    await editor.untilShown('app/values.yaml', ['host-network']);
    assert.deepEqual(await hintsIn(editor, TEMPLATE, AGENT), [
      ['.Values.hostNetwork', '= true', 'app/values.yaml:1', values],
      ['.Values.debug', '= false', 'app/values.yaml:2', values],
      ['.Values.image.tag', '= a text that goes on for more …', 'app/values.yaml:4', values],
    ]);
    assert.ok(editor.heard.has('workspace/inlayHint/refresh'));
  });

  it('has values only behind what is sure to be one', async (test) => {
    const template = `{{/* .Values.team */}}{{ "{{ .Values.team }}" }} .Values.team
{{ with .Values.image }}{{ .Values.team }}{{ $.Values.team }}{{ .tag }}{{ else }}{{ .Values.team }}{{ end }}
{{ range $i, $x := list .Values.team }}{{ .Values.team }}{{ end }}
{{ (.Values.image).tag }}{{ $x := .Values }}{{ $x.team }}{{ .Values.image }}{{ .Values.none }}{{ eq .Values.team (.Values.unused | quote) }}
`;
    const editor = await opened(test, 'app/templates/other.yaml', { 'app/templates/other.yaml': template });
    const hints = (await hintsIn(editor, 'app/templates/other.yaml', template)) as string[][];
    assert.deepEqual(
      hints.map(([field, label]) => `${field} ${label}`),
      ['$.Values.team', '.Values.team', '.Values.team', '.Values.team', '.Values.unused'].map(
        (field) => `${field} = ${field.endsWith('unused') ? 'true' : 'platform'}`,
      ),
    );
  });

  it('has none where they are switched off', async (test) => {
    const editor = await opened(test, TEMPLATE, {}, { settings: { '': { inlayHints: { values: false } } } });
    assert.deepEqual(await hintsIn(editor, TEMPLATE, AGENT), []);
  });

  it('has in a subchart the values that its parent gives', async (test) => {
    const redis = '{{ .Values.port }}{{ .Values.host }}{{ .Values.global.zone }}\n';
    const path = 'app/charts/redis/templates/redis.yaml';
    const editor = await opened(test, path, {
      [path]: redis,
      'app/charts/redis/Chart.yaml': CHART.replace('app', 'redis'),
      'app/charts/redis/values.yaml': 'port: 6379\nhost: localhost\n',
      'app/values.yaml': 'redis:\n  port: 7000\nglobal:\n  zone: a\n',
    });
    const hints = (await hintsIn(editor, path, redis)) as string[][];
    assert.deepEqual(
      hints.map(([, label, tooltip]) => [label, tooltip]),
      [
        ['= 7000', 'app/values.yaml:2'],
        ['= localhost', 'app/charts/redis/values.yaml:2'],
        ['= a', 'app/values.yaml:4'],
      ],
    );
  });
});

describe('a value in an editor', () => {
  it('says which templates read it, and what would be found if it were true', async (test) => {
    const editor = await opened(test, 'app/values.yaml');
    const agent = '[app/templates/agent.yaml](app/templates/agent.yaml)';
    const hover = (word: string) => hoverOn(editor, 'app/values.yaml', VALUES, word);
    const read = 'Read with the default values by';
    const on = (rule: string) => `\n\nIf it were true:\n\n- ${rule} in DaemonSet agent, ${agent}`;
    assert.equal(
      await hover('hostNetwork'),
      `#### hostNetwork\n\n${read}\n\n- ${agent}: DaemonSet agent${on('host-network')}`,
    );
    assert.equal(await hover('debug'), `#### debug\n\n${read}\n\n- ${agent}, which does not print it${on('host-pid')}`);
    assert.equal(await hover('tag'), `#### image.tag\n\n${read}\n\n- ${agent}: DaemonSet agent`);
    assert.equal(
      await hover('privileged'),
      `#### securityContext.privileged\n\n${read}\n\n- ${agent}: DaemonSet agent${on('privileged')}`,
    );
    assert.equal(await hover('unused'), undefined);
  });

  it('says so of subcharts and globals', async (test) => {
    const pod =
      'apiVersion: v1\nkind: Pod\nmetadata: { name: redis }\nspec:\n  hostNetwork: {{ .Values.host }}\n  hostPID: {{ .Values.global.pid }}\n  containers: [{ name: a, image: a }]\n';
    const values = 'redis:\n  host: false\nglobal:\n  pid: false\n';
    const editor = await opened(test, 'app/values.yaml', {
      'app/charts/redis/templates/redis.yaml': pod,
      'app/charts/redis/Chart.yaml': CHART.replace('app', 'redis'),
      'app/charts/redis/values.yaml': 'host: false\n',
      'app/values.yaml': values,
      [TEMPLATE]: '',
    });
    for (const [word, rule] of [
      ['host', 'host-network'],
      ['pid', 'host-pid'],
    ] as const)
      assert.match(
        String(await hoverOn(editor, 'app/values.yaml', values, word)),
        new RegExp(`If it were true:\\n\\n- ${rule} in Pod redis, `),
      );
  });
});
