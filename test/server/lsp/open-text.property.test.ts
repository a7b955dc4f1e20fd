import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { OpenText } from '../../../server/lsp/documents/open-text.ts';

const text = fc
  .array(fc.constantFrom('---', '\n', '\r\n', '\r', 'a: 1', '\n---\n', '# c', '{{ x }}', '...', ' ', '😀', '"'), {
    maxLength: 12,
  })
  .map((pieces) => pieces.join(''));
/** Where a change begins and ends, as parts of the text; it is of the whole text without. */
const place = fc.option(fc.tuple(fc.nat(100), fc.nat(100)), { freq: 6, nil: undefined });
const change = fc.record({ place, text });

it('an open text says what a text document says after the same changes', () => {
  fc.assert(
    fc.property(
      text,
      fc.array(fc.array(change, { minLength: 1, maxLength: 3 }), { maxLength: 6 }),
      (begin, messages) => {
        const open = new OpenText('file:///a.yaml', 'yaml', 1, begin);
        const plain = TextDocument.create('file:///a.yaml', 'yaml', 1, begin);
        for (const [index, changes] of messages.entries()) {
          open.update(changes, index + 2);
          TextDocument.update(plain, changes, index + 2);
          assert.equal(open.getText(), plain.getText());
          assert.equal(open.version, plain.version);
          assert.equal(open.lineCount, plain.lineCount);
          assert.equal(open.length, plain.getText().length);
          for (let offset = 0; offset <= plain.getText().length + 1; offset++)
            assert.deepEqual(open.positionAt(offset), plain.positionAt(offset));
          for (let line = 0; line <= plain.lineCount; line++)
            for (let character = 0; character < 8; character++)
              assert.equal(open.offsetAt({ line, character }), plain.offsetAt({ line, character }));
        }
      },
    ),
    { numRuns: 1000 },
  );
});
