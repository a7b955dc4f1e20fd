import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { describe, it } from 'node:test';
import { sha256 } from '../../shared-rules/language/sha256.ts';
import { utf8Bytes } from '../../shared-rules/language/utf8.ts';

describe('sha256', () => {
  it('is that of Node for texts of every length around the blocks', () => {
    for (let length = 0; length < 300; length++) {
      const text = `${'x'.repeat(length)}${['', 'é', '€', '😀', '\ud800'][length % 5]}`;
      assert.equal(sha256(utf8Bytes(text)), createHash('sha256').update(text).digest('hex'));
      assert.deepEqual(utf8Bytes(text), [...Buffer.from(text)]);
    }
  });
});
