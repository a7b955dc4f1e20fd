import assert from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import { Editor } from './editor.ts';

const service = (name: string, port: number) => `services:\n  ${name}:\n    image: nginx\n    ports: ["${port}:80"]\n`;
const A = service('web', 8080);
const B = service('docs', 8080);
const CONFLICT = ['host-port-conflict'];

/** Two files that both publish port 8080, with what only says that a port is published left out. */
const settings = { '': { severity: { 'port-on-all-interfaces': 'off' } } };
const open = (test: Parameters<typeof Editor.open>[0], files: Record<string, string>, more: object = {}) =>
  Editor.open(test, files, { settings, ...more });

function retype(editor: Editor, path: string, version: number, text: string): Promise<void> {
  const textDocument = { uri: editor.uri(path), version };
  return editor.notify('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
}

describe('a conflict of two files', () => {
  it('is shown in both, without opening one, each with the way to the other', async (test) => {
    const editor = await open(test, { 'compose.a.yaml': A, 'compose.b.yaml': `# below\n${B}` });
    await editor.scanned();
    const [own] = await editor.untilShown('compose.a.yaml', CONFLICT);
    assert.match(String(own?.message), /service docs in compose\.b\.yaml/);
    assert.deepEqual(own?.relatedInformation, [
      {
        message: 'service docs in compose.b.yaml takes it',
        location: {
          uri: editor.uri('compose.b.yaml'),
          range: { start: { line: 4, character: 12 }, end: { line: 4, character: 21 } },
        },
      },
    ]);
    await editor.untilShown('compose.b.yaml', CONFLICT);
  });

  it('vanishes from both and appears again as one is edited', async (test) => {
    const editor = await open(test, { 'compose.a.yaml': A, 'compose.b.yaml': B });
    await editor.untilShown('compose.a.yaml', CONFLICT);
    await editor.openDocument('compose.b.yaml', B);
    await retype(editor, 'compose.b.yaml', 2, service('docs', 8081));
    await editor.untilShown('compose.a.yaml', []);
    await editor.untilShown('compose.b.yaml', []);
    await retype(editor, 'compose.b.yaml', 3, B);
    await editor.untilShown('compose.a.yaml', CONFLICT);
    await editor.untilShown('compose.b.yaml', CONFLICT);
  });

  it('tells the place in the second document of a file, and follows it while that is typed in', async (test) => {
    const pod = (name: string, more = '') =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name}${more} }\nspec:\n  containers:\n    - { name: a, image: ${name}, ports: [{ hostPort: 80 }] }\n`;
    const other = pod('first').replace('hostPort: 80', 'hostPort: 81');
    const editor = await open(
      test,
      { 'a.yaml': pod('web'), 'b.yaml': `${other}---\n${pod('api')}` },
      {
        settings: { '': { severity: { 'host-port': 'off' } } },
      },
    );
    const lineOfRival = () => editor.shown('a.yaml')?.[0]?.relatedInformation?.[0]?.location.range.start.line;
    await editor.until('the place', () => lineOfRival() === 12);
    await editor.openDocument('b.yaml', `${other}---\n${pod('api')}`);
    await editor.notify('textDocument/didChange', {
      textDocument: { uri: editor.uri('b.yaml'), version: 2 },
      contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# a\n' }],
    });
    await editor.until('the place it moved to', () => lineOfRival() === 13);
    await editor.openDocument('a.yaml', pod('web'));
    await editor.notify('textDocument/didChange', {
      textDocument: { uri: editor.uri('b.yaml'), version: 3 },
      contentChanges: [{ range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# b\n' }],
    });
    await editor.until('the place it moved to, beside an open file', () => lineOfRival() === 14);
  });

  it('is shown in two open files that lie nowhere yet', async (test) => {
    const editor = await open(test, {});
    await editor.openDocument('compose.a.yaml', A);
    await editor.openDocument('compose.b.yaml', B);
    await editor.untilShown('compose.a.yaml', CONFLICT);
    await editor.untilShown('compose.b.yaml', CONFLICT);
    // An open file that is not on disk is gone when it is closed.
    await editor.notify('textDocument/didClose', { textDocument: { uri: editor.uri('compose.b.yaml') } });
    await editor.untilShown('compose.a.yaml', []);
  });

  it('follows a file that is closed without saving, changed on disk and deleted', async (test) => {
    const editor = await open(test, { 'compose.a.yaml': A, 'compose.b.yaml': B });
    await editor.untilShown('compose.a.yaml', CONFLICT);
    await editor.openDocument('compose.b.yaml', service('docs', 1));
    await editor.untilShown('compose.a.yaml', []);
    await editor.notify('textDocument/didClose', { textDocument: { uri: editor.uri('compose.b.yaml') } });
    await editor.untilShown('compose.a.yaml', CONFLICT);
    await editor.write('compose.b.yaml', service('docs', 2));
    await editor.changeOnDisk('compose.b.yaml', FileChangeType.Changed);
    await editor.untilShown('compose.a.yaml', []);
    await editor.write('compose.b.yaml', B);
    await editor.changeOnDisk('compose.b.yaml', FileChangeType.Changed);
    await editor.untilShown('compose.a.yaml', CONFLICT);
    await rm(join(editor.root, 'compose.b.yaml'));
    await editor.changeOnDisk('compose.b.yaml', FileChangeType.Deleted);
    await editor.untilShown('compose.a.yaml', []);
    await editor.untilShown('compose.b.yaml', []);
  });

  it('points to where the other one has moved', async (test) => {
    const editor = await open(test, { 'compose.a.yaml': A, 'compose.b.yaml': B });
    await editor.untilShown('compose.a.yaml', CONFLICT);
    await editor.openDocument('compose.b.yaml', B);
    const lineShown = () => editor.shown('compose.a.yaml')?.[0]?.relatedInformation?.[0]?.location.range.start.line;
    assert.equal(lineShown(), 3);
    await retype(editor, 'compose.b.yaml', 2, `\n\n${B}`);
    await editor.until('a place two lines below', () => lineShown() === 5);
  });

  it('ends where one of them is excluded, and comes back', async (test) => {
    const editor = await open(test, { 'compose.a.yaml': A, 'compose.b.yaml': B });
    await editor.untilShown('compose.a.yaml', CONFLICT);
    editor.settings[''] = { ...settings[''], exclude: ['compose.b.yaml'] };
    await editor.notify('workspace/didChangeConfiguration', { settings: null });
    await editor.untilShown('compose.a.yaml', []);
    editor.settings[''] = settings[''];
    await editor.notify('workspace/didChangeConfiguration', { settings: null });
    await editor.untilShown('compose.a.yaml', CONFLICT);
  });

  it('is none across workspace folders', async (test) => {
    const files = { 'one/compose.a.yaml': A, 'two/compose.b.yaml': B };
    const editor = await open(test, files, { folders: ['one', 'two'] });
    await editor.scanned();
    assert.equal(editor.shown('one/compose.a.yaml'), undefined);
    await editor.openDocument('two/compose.b.yaml', B);
    await editor.untilShown('two/compose.b.yaml', []);
  });

  it('is one of open files only, where only these are checked', async (test) => {
    const openFiles = { '': { ...settings[''], diagnostics: { scope: 'openFiles' } } };
    const editor = await open(test, { 'compose.a.yaml': A, 'compose.b.yaml': B }, { settings: openFiles });
    await editor.openDocument('compose.a.yaml', A);
    await editor.untilShown('compose.a.yaml', []);
    await editor.openDocument('compose.b.yaml', B);
    await editor.untilShown('compose.a.yaml', CONFLICT);
    await editor.notify('textDocument/didClose', { textDocument: { uri: editor.uri('compose.b.yaml') } });
    await editor.untilShown('compose.a.yaml', []);
  });
});

it('a folder that is deleted takes its files out of what the others are told', async (test) => {
  const kustomization = 'resources: [a.yaml, sub/b.yaml]\n';
  const pod = (name: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: a, image: ${name}, ports: [{ containerPort: 1, hostPort: 1 }] }] }\n`;
  const off = { '': { severity: { 'host-port': 'off' } } };
  const files = { 'kustomization.yaml': kustomization, 'a.yaml': pod('a'), 'sub/b.yaml': pod('b') };
  const editor = await open(test, files, { settings: off });
  await editor.untilShown('a.yaml', CONFLICT);
  await rm(join(editor.root, 'sub'), { recursive: true });
  await editor.changeOnDisk('sub', FileChangeType.Deleted);
  await editor.untilShown('a.yaml', []);
});
