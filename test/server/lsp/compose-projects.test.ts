// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Compose files refer to variables like this.
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { FileChangeType } from 'vscode-languageserver/node';
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

  it('is judged where only open files are checked', async (test) => {
    const settings = { '': { diagnostics: { scope: 'openFiles' } } };
    const editor = await Editor.open(test, { 'compose.yaml': BASE, 'compose.override.yaml': HOST }, { settings });
    await editor.openDocument('compose.yaml', BASE);
    await editor.untilShown('compose.yaml', ['published-ports-ignored']);
    assert.equal(editor.shown('compose.override.yaml'), undefined);
  });
});
