import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ClientCapabilities, CodeAction } from 'vscode-languageserver/node';
import { Editor } from './editor.ts';

const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  hostNetwork: true\n';
const CLEAN = POD.replace('  hostNetwork: true\n', '');
const LLM = `${POD}  containers:\n    - name: llm\n      image: vllm/vllm-openai\n`;
const PORT =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec:\n  containers:\n    - name: a\n      ports: [{ containerPort: 80, hostPort: 80 }]\n';

/** What an editor says that can do nothing beyond the least. */
const NOTHING: ClientCapabilities = {};

describe('an editor that can do little', () => {
  it('is sent and offered nothing it cannot take', async (test) => {
    const files = { '.bulkhead.yaml': 'severity:\n  host-network: high\n', 'closed.yaml': POD };
    const editor = await Editor.open(test, files, { capabilities: NOTHING, initialization: {} });
    await editor.openDocument('open.yaml', LLM + POD.replace(/^/, '---\n'));
    const [diagnostic] = await editor.untilShown('open.yaml', ['ai-host-network', 'host-network']);
    await editor.untilShown('closed.yaml', ['host-network']);
    assert.equal(diagnostic?.codeDescription?.href.startsWith('file:'), true);
    const actions = await editor.codeActions('open.yaml', diagnostic);
    const text = JSON.stringify(actions);
    assert.doesNotMatch(text, /"command"|"snippet"|documentChanges|annotationId/);
    assert.deepEqual(
      actions.map(({ title }) => title),
      ['Remove hostNetwork', 'Set hostNetwork to false', 'Accept ai-host-network here with a reason'],
    );
    const range = { start: { line: 5, character: 0 }, end: { line: 6, character: 0 } };
    assert.deepEqual(actions[0]?.edit, { changes: { [editor.uri('open.yaml')]: [{ range, newText: '' }] } });
    assert.equal(editor.abilities.codeLensProvider, undefined);
    assert.equal(
      await editor.request('textDocument/codeLens', { textDocument: { uri: editor.uri('open.yaml') } }).then(String),
      '',
    );
    const hover = await editor.request<object>('textDocument/hover', {
      textDocument: { uri: editor.uri('open.yaml') },
      position: diagnostic?.range.start,
    });
    assert.doesNotMatch(JSON.stringify(hover), /command:/);
    const allowed = ['textDocument/publishDiagnostics', 'window/logMessage', 'window/showMessage'];
    assert.deepEqual(
      [...editor.heard].filter((method) => !allowed.includes(method)),
      [],
    );
  });

  it('is told when it cannot make the changes of a command', async (test) => {
    const editor = await Editor.open(test, {}, { capabilities: NOTHING });
    await editor.openDocument('pod.yaml', POD);
    const order = { uri: editor.uri('pod.yaml'), review: false };
    await editor.request('workspace/executeCommand', { command: 'bulkhead.fixRule', arguments: [order] });
    assert.deepEqual(editor.edits, []);
    assert.deepEqual(editor.warnings, [
      'Bulkhead: Fix all problems: this editor cannot be asked to make changes. Nothing was changed.',
    ]);
  });

  it('is asked to make the changes of a command, without versions and review where it has none', async (test) => {
    const capabilities: ClientCapabilities = { workspace: { applyEdit: true } };
    const editor = await Editor.open(test, { 'other.yaml': POD }, { capabilities, initialization: {} });
    await editor.untilShown('other.yaml', ['host-network']);
    await editor.openDocument('pod.yaml', POD);
    const [diagnostic] = await editor.untilShown('pod.yaml', ['host-network']);
    const commands = (await editor.codeActions('pod.yaml', diagnostic)).filter(({ command }: CodeAction) => command);
    assert.deepEqual(
      commands.map(({ title }) => title),
      ['Fix all of host-network in the workspace'],
    );
    await editor.request('workspace/executeCommand', { ...commands[0]?.command });
    const changes = editor.edits[0]?.edit.changes ?? {};
    assert.deepEqual(Object.keys(changes).sort(), [editor.uri('other.yaml'), editor.uri('pod.yaml')]);
  });

  it('may know of one folder only', async (test) => {
    const files = { '.bulkhead.yaml': 'severity:\n  host-network: high\n', 'pod.yaml': POD };
    const editor = await Editor.open(test, files, { capabilities: NOTHING, asRoot: true });
    const [diagnostic] = await editor.untilShown('pod.yaml', ['host-network']);
    assert.equal(diagnostic?.severity, 1);
  });
});

it('a file is one file, however an editor spells its URI', async (test) => {
  const editor = await Editor.open(test, { 'a@b+(1)/pod.yaml': PORT, 'a@b+(1)/clean.yaml': CLEAN });
  await editor.scanned();
  const plain = `file://${editor.root}/a@b+(1)/pod.yaml`;
  assert.notEqual(plain, editor.uri('a@b+(1)/pod.yaml'));
  const textDocument = { uri: plain, languageId: 'yaml', version: 1, text: POD };
  await editor.notify('textDocument/didOpen', { textDocument });
  const [diagnostic] = await editor.untilShown('a@b+(1)/pod.yaml', ['host-network']);
  const [fix] = await editor.request<CodeAction[]>('textDocument/codeAction', {
    textDocument,
    range: diagnostic?.range,
    context: { diagnostics: [] },
  });
  assert.equal(fix?.title, 'Remove hostNetwork');
  await editor.notify('textDocument/didChange', {
    textDocument: { uri: plain, version: 2 },
    contentChanges: [{ text: PORT }],
  });
  await editor.untilShown('a@b+(1)/pod.yaml', ['host-port']);
  await editor.notify('textDocument/didClose', { textDocument: { uri: plain } });
  const uris = new Set(editor.published.map(({ uri }) => uri));
  assert.deepEqual([...uris], [editor.uri('a@b+(1)/pod.yaml')]);
});
