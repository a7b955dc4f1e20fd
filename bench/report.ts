/** A figure that was promised. */
export interface Target {
  readonly what: string;
  readonly wanted: string;
  readonly measured: string;
  readonly isMet: boolean;
}

export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** What one part of the run found out. */
export interface Section {
  readonly title: string;
  /** How it was measured, and what to know to read the figures. */
  readonly text: readonly string[];
  readonly tables: readonly Table[];
  readonly targets: readonly Target[];
}

export function atLeast(what: string, wanted: number, ratio: number, unit = 'times as fast'): Target {
  return { what, wanted: `at least ${wanted} ${unit}`, measured: round(ratio), isMet: ratio >= wanted };
}

export function atMost(what: string, wanted: number, ratio: number, unit = 'times'): Target {
  return { what, wanted: `at most ${wanted} ${unit}`, measured: round(ratio), isMet: ratio <= wanted };
}

function round(ratio: number): string {
  return Number.isFinite(ratio) ? (ratio >= 100 ? Math.round(ratio).toString() : ratio.toPrecision(2)) : 'not measured';
}

function tableText({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(columns), line(columns.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n');
}

function targetsTable(targets: readonly Target[]): Table {
  return {
    columns: ['target', 'wanted', 'measured', ''],
    rows: targets.map(({ what, wanted, measured, isMet }) => [what, wanted, measured, isMet ? 'met' : '**not met**']),
  };
}

/**
 * The whole report as Markdown: first what was promised, then all figures.
 * @param notes what is to be said about targets that are not met, as Markdown
 */
export function reportText(intro: readonly string[], sections: readonly Section[], notes: string): string {
  const targets = sections.flatMap((section) => section.targets);
  const parts = [
    '# Performance',
    ...intro,
    '## Targets',
    tableText(targetsTable(targets)),
    notes.trim(),
    ...sections.flatMap(({ title, text, tables }) => [`## ${title}`, ...text, ...tables.map(tableText)]),
  ];
  return `${parts.join('\n\n')}\n`;
}
