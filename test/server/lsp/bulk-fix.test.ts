import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ApplyWorkspaceEditParams, TextDocumentEdit } from 'vscode-languageserver/node';
import { changed, Editor } from './editor.ts';

const service = (name: string) => `  ${name}:\n    image: ${name}\n    network_mode: host # why\n`;
const COMPOSE = `services:\n${service('a')}${service('b')}`;
const FIXED = COMPOSE.replaceAll('    network_mode: host # why\n', '');
const POD = 'apiVersion: v1\nkind: Pod\nmetadata:\n  name: a\nspec:\n  hostNetwork: true\n  priority: 1\n';
const FIXED_POD = POD.replace('  hostNetwork: true\n', '');
const SOCKET = 'services:\n  s:\n    image: s\n    volumes:\n      - /run/docker.sock:/s\n      - d:/d\n';

const FILES = { 'one.yaml': COMPOSE, 'two.yaml': POD, 'socket.yaml': SOCKET };
const fixRule = (editor: Editor, order: object) =>
  editor.request('workspace/executeCommand', { command: 'bulkhead.fixRule', arguments: [order] });

describe('fixing all of a rule', () => {
  it('is offered once for all that is selected, of which a large file has the fixes at the beginning', async (test) => {
    const select = async (text: string) => {
      const editor = await Editor.open(test, { 'one.yaml': text });
      await editor.openDocument('one.yaml', text);
      await editor.untilShown('one.yaml', ['host-network', 'host-network']);
      const range = { start: { line: 0, character: 0 }, end: { line: 9, character: 0 } };
      const textDocument = { uri: editor.uri('one.yaml') };
      const context = { diagnostics: [] };
      const actions = await editor.request<{ title: string }[]>('textDocument/codeAction', {
        textDocument,
        range,
        context,
      });
      return actions.map(({ title }) => title).filter((title) => !title.startsWith('Accept'));
    };
    const all = 'Fix all of host-network in this file';
    assert.deepEqual(await select(COMPOSE), ['Remove network_mode', all, 'Remove network_mode']);
    assert.deepEqual(await select(`${COMPOSE}# ${'x'.repeat(1_200_000)}\n`), ['Remove network_mode', all]);
  });

  it('is offered for the file where it is found twice, and for the workspace where it is found elsewhere', async (test) => {
    const editor = await Editor.open(test, FILES);
    await editor.scanned();
    await editor.openDocument('one.yaml', COMPOSE, 'yaml', 4);
    await editor.openDocument('socket.yaml', SOCKET);
    const [first] = await editor.untilShown('one.yaml', ['host-network', 'host-network']);
    const [socket] = await editor.untilShown('socket.yaml', ['runtime-socket']);
    const actions = await editor.codeActions('one.yaml', first);
    assert.deepEqual(actions.map(({ title }) => title).slice(1, -1), [
      'Fix all of host-network in this file',
      'Fix all of host-network in the workspace',
      'Fix all of host-network in the workspace, with review',
    ]);
    const { command, arguments: args } = actions[1]?.command ?? {};
    await editor.request('workspace/executeCommand', { command, arguments: args });
    const [{ edit }] = editor.edits as [ApplyWorkspaceEditParams];
    assert.equal(changed(edit, editor.uri('one.yaml'), COMPOSE), FIXED);
    assert.deepEqual(
      (edit.documentChanges as TextDocumentEdit[]).map(({ textDocument }) => textDocument),
      [{ uri: editor.uri('one.yaml'), version: 4 }],
    );
    const others = (await editor.codeActions('socket.yaml', socket)).map(({ title }) => title);
    assert.deepEqual(
      others.filter((title) => title.startsWith('Fix all')),
      [],
    );
  });

  it('reaches over the workspace, as files are now', async (test) => {
    const editor = await Editor.open(test, FILES);
    await editor.scanned();
    await editor.openDocument('one.yaml', COMPOSE, 'yaml', 4);
    await editor.untilShown('one.yaml', ['host-network', 'host-network']);
    const moved = `# written since the scan\n${POD}`;
    await editor.write('two.yaml', moved);
    await fixRule(editor, { rule: 'host-network', review: false });
    const [{ edit }] = editor.edits as [ApplyWorkspaceEditParams];
    assert.equal(changed(edit, editor.uri('one.yaml'), COMPOSE), FIXED);
    assert.equal(changed(edit, editor.uri('two.yaml'), moved), `# written since the scan\n${FIXED_POD}`);
    const changes = edit.documentChanges as TextDocumentEdit[];
    assert.deepEqual(
      changes.map(({ textDocument }) => [textDocument.uri, textDocument.version]),
      [
        [editor.uri('one.yaml'), 4],
        [editor.uri('two.yaml'), null],
      ],
      'the socket is left alone, and an open file is changed in its version only',
    );
  });

  it('is looked through before it is made, one box for a fix', async (test) => {
    const editor = await Editor.open(test, FILES);
    await editor.scanned();
    await fixRule(editor, { review: true });
    const [{ edit }] = editor.edits as [ApplyWorkspaceEditParams];
    assert.deepEqual(edit.changeAnnotations, {
      'fix 1': { label: 'Remove network_mode', description: 'host-network, line 4', needsConfirmation: true },
      'fix 2': { label: 'Remove network_mode', description: 'host-network, line 7', needsConfirmation: true },
      'fix 3': {
        label: 'Remove the mount of /run/docker.sock',
        description: 'runtime-socket, line 5',
        needsConfirmation: true,
      },
      'fix 4': { label: 'Remove hostNetwork', description: 'host-network, line 6', needsConfirmation: true },
    });
    const used = (edit.documentChanges as TextDocumentEdit[]).flatMap(({ edits }) =>
      edits.map((one) => (one as { annotationId: string }).annotationId),
    );
    assert.deepEqual(used, ['fix 1', 'fix 2', 'fix 3', 'fix 4']);
    assert.equal(changed(edit, editor.uri('one.yaml'), COMPOSE), FIXED);
  });

  it('says when there is nothing to fix, and when the editor cannot show a review', async (test) => {
    const editor = await Editor.open(test, {});
    await fixRule(editor, { review: false });
    assert.deepEqual(editor.warnings, ['Bulkhead: Fix all problems: there is nothing that can be fixed.']);
    const plain = await Editor.open(test, FILES, { capabilities: {} });
    await plain.untilShown('two.yaml', ['host-network']);
    await fixRule(plain, { review: true });
    assert.deepEqual(plain.edits, []);
    assert.match(plain.warnings.join(), /cannot show changes for review\. Nothing was changed/);
  });
});
