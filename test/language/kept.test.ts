import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Kept } from '../../shared-rules/language/kept.ts';

describe('Kept', () => {
  it('forgets what was asked for longest ago', () => {
    const kept = new Kept<number>(10);
    kept.set('a', 1, 5);
    kept.set('b', 2, 5);
    assert.equal(kept.get('a'), 1);
    kept.set('c', 3, 5);
    assert.deepEqual(
      ['a', 'b', 'c'].map((key) => kept.get(key)),
      [1, undefined, 3],
    );
  });

  it('keeps what is too long until the next', () => {
    const kept = new Kept<number>(10);
    kept.set('a', 1, 11);
    assert.equal(kept.get('a'), 1);
    kept.set('b', 2, 1);
    assert.equal(kept.get('a'), undefined);
    assert.equal(kept.get('b'), 2);
  });

  it('counts what takes the place of another once', () => {
    const kept = new Kept<number>(10);
    for (let count = 0; count < 5; count++) kept.set('a', count, 6);
    kept.set('b', 9, 4);
    assert.equal(kept.get('a'), 4);
  });
});
