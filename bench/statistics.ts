/** The value that a share of the values does not exceed, interpolated; NaN without values. */
function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const below = sorted[Math.floor(at)];
  const above = sorted[Math.ceil(at)];
  return below === undefined || above === undefined ? Number.NaN : below + (above - below) * (at % 1);
}

export const median = (values: readonly number[]) => quantile(values, 0.5);
export const p95 = (values: readonly number[]) => quantile(values, 0.95);

/** The items from a place on, then those before it: another one is first in every round. */
export function rotated<T>(items: readonly T[], round: number): T[] {
  const at = items.length === 0 ? 0 : round % items.length;
  return [...items.slice(at), ...items.slice(0, at)];
}

export function milliseconds(value: number): string {
  return Number.isNaN(value) ? '-' : `${value < 10 ? value.toFixed(1) : Math.round(value).toLocaleString('en')} ms`;
}

export function seconds(value: number): string {
  return Number.isNaN(value) ? '-' : `${(value / 1000).toFixed(2)} s`;
}

export function mebibytes(value: number | undefined): string {
  return value === undefined ? '-' : `${Math.round(value).toLocaleString('en')} MiB`;
}

/** How many times: 0.43, 2.1, 35. */
export function times(value: number): string {
  if (!Number.isFinite(value)) return '-';
  return `${value >= 10 ? Math.round(value).toLocaleString('en') : value.toPrecision(2)}x`;
}
