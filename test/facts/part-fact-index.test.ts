import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { Fact } from '../../shared-rules/facts/fact.ts';
import { NO_FACTS } from '../../shared-rules/facts/fact-queries.ts';
import { PartFactIndex } from '../../shared-rules/facts/part-fact-index.ts';

const at = { range: { start: 0, end: 1 }, path: '', file: undefined };
const source = (facts: readonly Fact[]) => ({ start: 0, facts, objects: [] });
const text = (key: string): Fact => ({ is: 'source', key, text: key, at });

it('facts in another order are other facts, which nobody has to be told about', () => {
  const index = new PartFactIndex(NO_FACTS);
  const [some, others] = [source([text('a'), text('b')]), source([text('b'), text('a')])];
  index.replace([], [some]);
  index.queriesFor(some).anywhere('source a');
  assert.deepEqual(index.replace([some], [others]), { affected: new Set(), hasChangedFacts: true });
  assert.deepEqual(index.replace([others], [source([text('b'), text('a')])]).hasChangedFacts, false);
});
