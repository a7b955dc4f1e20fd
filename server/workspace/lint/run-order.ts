import { TextDocument } from 'vscode-languageserver-textdocument';
import {
  type AskedTopics,
  type FactQueries,
  type LintSettings,
  NO_FACTS,
  ProofBudget,
  provenFixes,
  queriesOfSnapshot,
  REPORT_BUDGET,
} from '../../../shared-rules/index.ts';
import { type FixData, toLintData } from '../../report/finding-data.ts';
import { positionsIn } from '../../report/positions.ts';
import { type LintedFile, lintFile } from './lint-file.ts';
import type { Order, OrderOutcome } from './order.ts';

/**
 * Carries out an order. Never throws.
 * @returns an `OrderOutcome` as JSON, which is sent and read faster than data
 */
export function runOrder(order: Order): string {
  return JSON.stringify(order.prove ? proofsFor(order, order.prove) : lintFor(order));
}

function lintFor(order: Order): OrderOutcome {
  const linted = lintFile(order, settingsFrom(order.settings), queriesFrom(order.facts));
  return 'refused' in linted ? linted : { data: toLintData(linted.result, order.details), content: linted.content };
}

function proofsFor(order: Order, { content, findings }: NonNullable<Order['prove']>): OrderOutcome {
  const asked = { together: new Set<string>(), anywhere: new Set<string>() };
  const linted = lintFile(order, settingsFrom(order.settings), recording(queriesFrom(order.facts), asked));
  if ('refused' in linted) return linted;
  if (linted.content !== content) return { refused: 'changed while it was checked; its fixes were left out' };
  const budget = new ProofBudget(REPORT_BUDGET);
  const fixes = findings.map((number) => fixesOf(linted, number, budget));
  const places = positionsIn(fixes, TextDocument.create('', 'yaml', 0, linted.result.text));
  return { fixes, places, asked: { together: [...asked.together], anywhere: [...asked.anywhere] } };
}

function fixesOf(linted: LintedFile, number: number, budget: ProofBudget): FixData[] | null {
  const finding = linted.result.findings[number]!;
  if (!budget.covers(linted.result, finding)) return null;
  return provenFixes(linted, finding).map(({ title, safety, edits }) => ({ title, safety, edits }));
}

/** The same facts; the topics that somebody asks about are noted. */
function recording(queries: FactQueries, asked: Record<keyof AskedTopics, Set<string>>): FactQueries {
  const ask = (reach: keyof AskedTopics) => (topic: string) => {
    asked[reach].add(topic);
    return queries[reach](topic);
  };
  return { together: ask('together'), anywhere: ask('anywhere') };
}

function queriesFrom(facts: string | undefined): FactQueries {
  return facts === undefined ? NO_FACTS : queriesOfSnapshot(JSON.parse(facts));
}

let last: { readonly json: string; readonly settings: LintSettings } | undefined;

function settingsFrom(json: string): LintSettings {
  last = last?.json === json ? last : { json, settings: JSON.parse(json) };
  return last.settings;
}
