// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose files refer to variables like this.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
import type { ShownLine } from '../../../server/lsp/features/deployed.ts';
import { Editor } from './editor.ts';

const BASE = 'services:\n  web:\n    image: nginx\n    ports: ["80:80"]\n';
const HOST = 'services:\n  web:\n    network_mode: host\n';
const BRIDGE = 'services:\n  web:\n    network_mode: bridge\n';

function retype(editor: Editor, path: string, version: number, text: string): Promise<void> {
  const textDocument = { uri: editor.uri(path), version };
  return editor.notify('textDocument/didChange', { textDocument, contentChanges: [{ text }] });
}

describe('a Compose project in an editor', () => {
  it('is judged as it is put together, and again as one of its files is edited', async (test) => {
    const editor = await Editor.open(test, { 'compose.yaml': BASE, 'compose.override.yaml': BRIDGE });
    await editor.scanned();
    assert.equal(editor.shown('compose.yaml'), undefined);
    await editor.openDocument('compose.override.yaml', BRIDGE);
    await retype(editor, 'compose.override.yaml', 2, HOST);
    await editor.untilShown('compose.override.yaml', ['host-network']);
    const [ignored] = await editor.untilShown('compose.yaml', ['published-ports-ignored']);
    assert.deepEqual(ignored?.relatedInformation, [
      {
        message: "Joins the host's network here",
        location: {
          uri: editor.uri('compose.override.yaml'),
          range: { start: { line: 2, character: 18 }, end: { line: 2, character: 22 } },
        },
      },
    ]);
    await retype(editor, 'compose.override.yaml', 3, BRIDGE);
    await editor.untilShown('compose.override.yaml', []);
    await editor.untilShown('compose.yaml', []);
  });

  it('is judged the same in an editor that has a language for Compose', async (test) => {
    const editor = await Editor.open(test, { 'compose.yaml': BASE, 'compose.override.yaml': HOST });
    await editor.untilShown('compose.yaml', ['published-ports-ignored']);
    await editor.openDocument('compose.yaml', BASE, 'dockercompose');
    await editor.openDocument('compose.override.yaml', HOST, 'dockercompose');
    await retype(editor, 'compose.override.yaml', 2, BRIDGE);
    await editor.untilShown('compose.yaml', []);
    await retype(editor, 'compose.override.yaml', 3, HOST);
    await editor.untilShown('compose.yaml', ['published-ports-ignored']);
  });

  it('reads a .env that git leaves out, shows nothing of it, and follows it', async (test) => {
    const editor = await Editor.open(test, {
      'compose.yaml': 'services:\n  web:\n    image: nginx\n    network_mode: ${MODE}\n',
      '.env': 'MODE=host\n',
      '.gitignore': '.env\n',
    });
    await editor.untilShown('compose.yaml', ['host-network']);
    assert.equal(editor.shown('.env'), undefined);
    await editor.write('.env', 'MODE=none\n');
    await editor.changeOnDisk('.env', FileChangeType.Changed);
    await editor.untilShown('compose.yaml', []);
  });

  it('says what it was judged without, until that is there', async (test) => {
    const text = 'include: [none.yaml]\nservices:\n  web:\n    image: nginx\n';
    const editor = await Editor.open(test, { 'compose.yaml': text });
    const [note] = await editor.untilShown('compose.yaml', ['not-judged']);
    assert.equal(note?.message, 'none.yaml was not found; it was judged without it.');
    assert.deepEqual(note?.range, { start: { line: 0, character: 10 }, end: { line: 0, character: 19 } });
    await editor.openDocument('compose.yaml', text);
    await retype(editor, 'compose.yaml', 2, text.replace('none', 'some'));
    await editor.untilShown('compose.yaml', ['not-judged']);
    await editor.write('some.yaml', 'services:\n  db:\n    image: redis\n');
    await editor.changeOnDisk('some.yaml', FileChangeType.Created);
    await editor.untilShown('compose.yaml', []);
  });

  it('is judged by what a file said before while that has a syntax error, and says so', async (test) => {
    const editor = await Editor.open(test, { 'compose.yaml': BASE, 'compose.override.yaml': HOST });
    await editor.untilShown('compose.yaml', ['published-ports-ignored']);
    await editor.openDocument('compose.override.yaml', HOST);
    await retype(editor, 'compose.override.yaml', 2, `${HOST}    command: "echo\n`);
    const shown = await editor.untilShown('compose.yaml', ['published-ports-ignored', 'not-judged']);
    assert.equal(shown[1]?.message, 'compose.override.yaml has a syntax error; what it said before was used.');
    await retype(editor, 'compose.override.yaml', 3, BRIDGE);
    await editor.untilShown('compose.yaml', []);
  });

  it('is judged where only open files are checked', async (test) => {
    const settings = { '': { diagnostics: { scope: 'openFiles' } } };
    const editor = await Editor.open(test, { 'compose.yaml': BASE, 'compose.override.yaml': HOST }, { settings });
    await editor.openDocument('compose.yaml', BASE);
    await editor.untilShown('compose.yaml', ['published-ports-ignored']);
    assert.equal(editor.shown('compose.override.yaml'), undefined);
  });

  it('is shown as it is deployed, each line with the places that it comes from', async (test) => {
    const initialization = { showDeployed: 'show.deployed' };
    const files = {
      'a/compose.yaml': 'services:\n  web:\n    image: nginx:$TAG\n',
      'a/compose.override.yaml': HOST,
      'a/.env': 'TAG=1\n',
      '.gitignore': '.env\n',
    };
    const editor = await Editor.open(test, files, { initialization });
    await editor.scanned();
    const path = 'a/compose.override.yaml';
    await editor.openDocument(path, HOST);
    await retype(editor, path, 2, `# Edited.\n${HOST}`);
    const textDocument = { uri: editor.uri(path) };
    const lines = await editor.request<ShownLine[]>('bulkhead/deployed', { textDocument });
    const places = lines.map(({ text, places }) => [
      text,
      ...places.map(({ uri, range: { start, end } }) => `${uri} ${start.line}:${start.character}-${end.character}`),
    ]);
    const [base, override, environment] = ['a/compose.yaml', path, 'a/.env'].map((file) => editor.uri(file));
    assert.deepEqual(places, [
      ['# a/compose.yaml and a/compose.override.yaml'],
      ['services:', `${base} 0:0-8`],
      ['  web:', `${base} 1:2-5`],
      ['    image: nginx:1      # a/.env:1', `${base} 2:4-9`, `${environment} 0:0-5`],
      ['    network_mode: host  # a/compose.override.yaml:4', `${override} 3:4-16`],
    ]);
    assert.deepEqual(await editor.request('textDocument/codeLens', { textDocument }), [
      {
        range: { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } },
        command: {
          title: 'Show what is deployed with a/compose.yaml',
          command: 'show.deployed',
          arguments: [textDocument.uri],
        },
      },
    ]);
  });

  it('is shown with what only that asks for, and nothing is shown of other files', async (test) => {
    const files = { 'more.yaml': 'services:\n  b:\n    image: b:$TAG\n', '.env': 'TAG=1\n', '.gitignore': '.env\n' };
    const editor = await Editor.open(test, files, { initialization: { showDeployed: 'show.deployed' } });
    await editor.scanned();
    await editor.openDocument('stack.yaml', 'include:\n  - more.yaml\nservices:\n  a:\n    image: a\n');
    await editor.openDocument('pod.yaml', 'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: {}\n');
    const shown = async (path: string) => {
      const textDocument = { uri: editor.uri(path) };
      const lines = await editor.request<ShownLine[]>('bulkhead/deployed', { textDocument });
      return [lines.map(({ text }) => text), await editor.request('textDocument/codeLens', { textDocument })];
    };
    assert.deepEqual(await shown('stack.yaml'), [
      [
        '# stack.yaml',
        'services:       # more.yaml:1',
        '  b:            # more.yaml:2',
        '    image: b:1  # more.yaml:3, .env:1',
        '  a:',
        '    image: a',
      ],
      [],
    ]);
    assert.deepEqual(await shown('pod.yaml'), [[], []]);
    assert.deepEqual(await shown('closed.yaml'), [[], []]);
  });
});
