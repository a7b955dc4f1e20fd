import { allAliasesOf, CATALOGUE, type RuleId } from '../../shared-rules/index.ts';
import { type JsonText, json, jsonText } from '../sinks/json.ts';
import { terminalLines } from '../sinks/terminal.ts';
import { EXIT } from './exit-status.ts';
import type { Streams } from './inputs.ts';

export const RULES_FORMATS = ['table', 'json'] as const;

export interface RulesOptions {
  readonly format: (typeof RULES_FORMATS)[number];
}

const RULES = Object.keys(CATALOGUE) as RuleId[];

/** Lists the rules. */
export function rules({ format }: RulesOptions, { out }: Pick<Streams, 'out'>): number {
  out.write(format === 'json' ? toJson() : terminalLines(toTable()));
  return EXIT.clean;
}

function toJson(): JsonText {
  const all = RULES.map((rule) => ({ rule, ...CATALOGUE[rule], aliases: allAliasesOf(rule) }));
  return json`${jsonText(all, 2)}\n`;
}

function toTable(): string {
  const rows = RULES.map((rule) => {
    const { severity, profile, isFixable } = CATALOGUE[rule];
    return [rule, severity, profile, isFixable ? 'yes' : 'no', aliasesIn(rule)];
  });
  const table = [['RULE', 'SEVERITY', 'PROFILE', 'FIX', 'ALIASES'], ...rows];
  const widths = table[0]!.map((_, column) => Math.max(...table.map((row) => row[column]!.length)));
  const line = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column]!)).join('  ');
  return table.map((row) => `${line(row).trimEnd()}\n`).join('');
}

/** Every id by itself, but for those that are only long numbers. */
function aliasesIn(rule: RuleId): string {
  const ids = new Set(Object.values(allAliasesOf(rule)).flat());
  return [...ids].filter((id) => !/^[\da-f]{8}-[\da-f-]{27}$/.test(id)).join(' ');
}
