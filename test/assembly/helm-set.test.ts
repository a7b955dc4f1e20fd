import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { readJson } from '../../shared-rules/assembly/helm/formats/json-read.ts';
import { writeJson } from '../../shared-rules/assembly/helm/formats/json-write.ts';
import { SetValuesError, setKeys, setValues } from '../../shared-rules/assembly/helm/set-values.ts';
import type { Dict } from '../../shared-rules/language/go-template/data.ts';
import { Rope } from '../../shared-rules/language/go-template/rope.ts';

/**
 * Single values, and what `strvals.ParseInto` and `ParseIntoString` of helm.sh/helm/v3 v3.20.2 make of others with them; null
 * where they refuse them.
 */
interface Case {
  readonly set: string;
  readonly isString?: boolean;
  readonly over?: object;
  readonly gives: object | null;
}

const CASES: readonly Case[] = JSON.parse(readFileSync(new URL('helm-set.json', import.meta.url), 'utf8'));

function dictOf(values: object): Dict {
  return readJson(Rope.of(JSON.stringify(values))) as Dict;
}

describe('single values of a command line', () => {
  for (const { set: text, isString = false, over = {}, gives } of CASES)
    it(`${isString ? '--set-string' : '--set'} ${text.slice(0, 70)} over ${JSON.stringify(over)}`, () => {
      const values = dictOf(over);
      if (gives === null) assert.throws(() => setValues(values, { text, isString }), SetValuesError);
      else {
        setValues(values, { text, isString });
        assert.deepEqual(JSON.parse(writeJson(values, () => {}).text), gives);
      }
    });

  it('are named by their keys', () => {
    assert.deepEqual(setKeys({ text: 'a.b=secret,d[0].e={f,g}, h=', isString: false }), ['a.b', 'd[0].e', ' h']);
  });
});
