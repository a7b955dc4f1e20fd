import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Editor } from './editor.ts';

const pod = (name: string) => `apiVersion: v1\nkind: Pod\nmetadata:\n  name: ${name}\nspec:\n  hostNetwork: true\n`;
const LINES = pod('a').split('\n').length;
const PODS = Array.from({ length: 300 }, (_, index) => pod(`pod-${index}`));
const MANY = PODS.join('---\n');
/** In the 150th pod the name is typed on; no line comes or goes. */
const nameOf150 = { line: 150 * LINES + 3, character: 8 };

const type = (editor: Editor, version: number, text: string) =>
  editor.notify('textDocument/didChange', {
    textDocument: { uri: editor.uri('many.yaml'), version },
    contentChanges: [{ range: { start: nameOf150, end: nameOf150 }, text }],
  });
const publishedOf = (editor: Editor, version: number) => editor.published.filter((one) => one.version === version);

describe('typing in a file with very many problems', () => {
  it('shows at each keystroke those about it and how many are left, and all of them when it stops', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('many.yaml', MANY);
    await editor.until('all problems', () => publishedOf(editor, 1).at(-1)?.diagnostics.length === 300);
    await type(editor, 2, 'x');
    await type(editor, 3, 'y');
    await editor.until('the last version', () => publishedOf(editor, 3).length > 0);
    const [first] = publishedOf(editor, 3);
    assert.equal(first?.diagnostics.length, 201);
    assert.deepEqual(first.diagnostics.at(-1), {
      range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
      severity: 3,
      source: 'bulkhead',
      message: '100 more problems of this file are listed as soon as you stop typing.',
    });
    const lines = first.diagnostics.map(({ range }) => range.start.line);
    for (let index = 110; index < 190; index++) assert.ok(lines.includes(index * LINES + 5), `pod ${index}`);
    await editor.until('all problems again', () => publishedOf(editor, 3).length > 1);
    const [, all] = publishedOf(editor, 3);
    assert.deepEqual(
      all?.diagnostics.map(({ range, code }) => [range.start.line, code]),
      PODS.map((_, index) => [index * LINES + 5, 'host-network']),
    );
  });

  it('says nothing of other files', async (test) => {
    const editor = await Editor.open(test, { 'other.yaml': pod('other') });
    await editor.openDocument('many.yaml', MANY);
    await editor.scanned();
    const others = () => editor.published.filter(({ uri }) => uri !== editor.uri('many.yaml')).length;
    const before = others();
    await type(editor, 2, 'x');
    await editor.until('the edit', () => publishedOf(editor, 2).length > 0);
    assert.equal(others(), before);
  });

  it('offers and explains what is found where it is now', async (test) => {
    const editor = await Editor.open(test, {});
    await editor.openDocument('many.yaml', MANY);
    await editor.notify('textDocument/didChange', {
      textDocument: { uri: editor.uri('many.yaml'), version: 2 },
      contentChanges: [
        { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, text: '# a\n# b\n' },
      ],
    });
    await editor.until('the edit', () => publishedOf(editor, 2).length > 0);
    const line = 299 * LINES + 5 + 2;
    await editor.until('all problems', () => publishedOf(editor, 2).at(-1)?.diagnostics.length === 300);
    const diagnostic = publishedOf(editor, 2).at(-1)?.diagnostics.at(-1);
    assert.equal(diagnostic?.range.start.line, line);
    const [fix] = await editor.codeActions('many.yaml', diagnostic);
    assert.deepEqual(fix?.edit?.documentChanges, [
      {
        textDocument: { uri: editor.uri('many.yaml'), version: 2 },
        edits: [
          { range: { start: { line: line - 1, character: 5 }, end: { line: line - 1, character: 5 } }, newText: ' {}' },
          { range: { start: { line, character: 0 }, end: { line: line + 1, character: 0 } }, newText: '' },
        ],
      },
    ]);
  });
});
