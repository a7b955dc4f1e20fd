import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type AskedTopics,
  type FactQueries,
  type LintSettings,
  lint,
  NO_FACTS,
  provenFixes,
  queriesOfSnapshot,
} from '../../../shared-rules/index.ts';
import { type FixData, toLintData } from '../../report/finding-data.ts';
import { positionsIn } from '../../report/positions.ts';
import { hash } from '../hash.ts';
import { decode, readBytes, withoutMark } from '../read-file.ts';
import type { Order, OrderOutcome } from './order.ts';

/** Text that may make what is found depend on the day: an exception with an end, however its characters are written. */
const MAY_END = /bulkhead|trivy|\\[xuU\r\n]/;

/**
 * Carries out an order. Never throws.
 * @returns an `Outcome` as JSON, which is sent and read faster than data
 */
export function runOrder(order: Order): string {
  return JSON.stringify(outcomeOf(order));
}

function outcomeOf(order: Order): OrderOutcome {
  const bytes = order.text === undefined ? readBytes(order.file) : Buffer.from(order.text);
  if ('refused' in bytes) return bytes;
  const content = hash(bytes);
  const read = order.text === undefined ? decode(bytes) : { text: order.text };
  if ('refused' in read) return read;
  const text = withoutMark(read.text);
  if (order.prove?.content === content) return fixesOf(order, text, order.prove.findings);
  if (order.prove) return { refused: 'changed while it was checked; its fixes were left out' };
  const result = lint(order.path, text, settingsFrom(order.settings), neighboursFrom(order.answers));
  return { told: toLintData(result, order.wants), content, isDated: MAY_END.test(text) };
}

function neighboursFrom(answers: string | undefined): FactQueries {
  return answers === undefined ? NO_FACTS : queriesOfSnapshot(JSON.parse(answers));
}

let last: { readonly json: string; readonly settings: LintSettings } | undefined;

function settingsFrom(json: string): LintSettings {
  last = last?.json === json ? last : { json, settings: JSON.parse(json) };
  return last.settings;
}

function fixesOf({ path, settings: json, answers }: Order, text: string, numbers: readonly number[]): OrderOutcome {
  const asked = { together: new Set<string>(), anywhere: new Set<string>() };
  const said = neighboursFrom(answers);
  const ask = (reach: keyof AskedTopics) => (topic: string) => {
    asked[reach].add(topic);
    return said[reach](topic);
  };
  const neighbours = { together: ask('together'), anywhere: ask('anywhere') };
  const settings = settingsFrom(json);
  const result = lint(path, text, settings, neighbours);
  const fixes = numbers.map((number) =>
    provenFixes({ path, settings, result, neighbours }, result.findings[number]!).map(
      ({ title, safety, edits }): FixData => ({ title, safety, edits }),
    ),
  );
  const places = positionsIn(fixes, TextDocument.create('', 'yaml', 0, text));
  return { fixes, places, asked: { together: [...asked.together], anywhere: [...asked.anywhere] } };
}
