import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ShownLine } from '../../../server/lsp/features/deployed.ts';
import { Editor } from './editor.ts';

const AGENT = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
      hostNetwork: true
      containers:
        - name: agent
          image: example.com/agent:1.0
`;
const PATCH = `apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: agent
spec:
  template:
    spec:
      hostNetwork: false
`;
const OVERLAY = 'namespace: monitoring\nresources: [../../base]\npatches: [{ path: agent.yaml }]\n';
const FILES = {
  'base/agent.yaml': AGENT,
  'base/kustomization.yaml': 'resources: [agent.yaml]\n',
  'overlays/prod/agent.yaml': PATCH,
  'overlays/prod/kustomization.yaml': OVERLAY,
};

function retype(editor: Editor, path: string, version: number, text: string): Promise<void> {
  const textDocument = { uri: editor.uri(path), version };
  return editor.notify('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
}

describe('a kustomization in an editor', () => {
  it('decides about its base, and again as a patch is edited', async (test) => {
    const editor = await Editor.open(test, FILES);
    await editor.scanned();
    assert.deepEqual(editor.shown('base/agent.yaml') ?? [], []);
    await editor.openDocument('overlays/prod/agent.yaml', PATCH);
    await retype(editor, 'overlays/prod/agent.yaml', 2, PATCH.replace('hostNetwork: false', 'hostPID: true'));
    await editor.untilShown('base/agent.yaml', ['host-network']);
    const [pid] = await editor.untilShown('overlays/prod/agent.yaml', ['host-pid']);
    assert.match(String(pid?.message), /agent/);
    await retype(editor, 'overlays/prod/agent.yaml', 3, PATCH);
    await editor.untilShown('base/agent.yaml', []);
    await editor.untilShown('overlays/prod/agent.yaml', []);
  });

  it('says what it was built without', async (test) => {
    const editor = await Editor.open(test, {
      'kustomization.yaml': 'resources: [https://example.com/base?ref=v1, none.yaml]\n',
    });
    const notes = await editor.untilShown('kustomization.yaml', ['not-judged', 'not-judged']);
    assert.deepEqual(
      notes.map(({ message }) => message),
      [
        'https://example.com/base?ref=v1 is remote and was not read; it was judged without it.',
        'none.yaml was not found; it was judged without it.',
      ],
    );
  });

  it('is shown as it is built, and above the base is who deploys it', async (test) => {
    const editor = await Editor.open(test, FILES, { initialization: { showDeployed: 'show.deployed' } });
    await editor.scanned();
    await editor.openDocument('base/agent.yaml', AGENT);
    const textDocument = { uri: editor.uri('base/agent.yaml') };
    const lines = await editor.request<ShownLine[]>('bulkhead/deployed', { textDocument });
    const places = lines.map(({ text, places }) => [text, ...places.map(({ uri, range }) => [uri, range.start.line])]);
    const [base, patch, overlay] = [
      'base/agent.yaml',
      'overlays/prod/agent.yaml',
      'overlays/prod/kustomization.yaml',
    ].map((file) => editor.uri(file));
    assert.deepEqual(places, [
      ['# overlays/prod/kustomization.yaml'],
      ['# base/agent.yaml'],
      ['apiVersion: apps/v1', [base, 0]],
      ['kind: DaemonSet', [base, 1]],
      ['metadata:', [base, 2]],
      ['  name: agent', [base, 3]],
      ['  namespace: monitoring   # overlays/prod/kustomization.yaml:1', [overlay, 0]],
      ['spec:', [base, 4]],
      ['  template:', [base, 5]],
      ['    spec:', [base, 6]],
      ['      hostNetwork: false  # overlays/prod/agent.yaml:8', [patch, 7]],
      ['      containers:', [base, 8]],
      ['        - name: agent', [base, 9]],
      ['          image: example.com/agent:1.0', [base, 10]],
    ]);
    assert.deepEqual(await editor.request('textDocument/codeLens', { textDocument }), [
      {
        range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
        command: { title: 'Deployed by overlays/prod', command: 'show.deployed', arguments: [textDocument.uri] },
      },
    ]);
  });
});
