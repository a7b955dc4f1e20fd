import type { Severity } from '../../shared-rules/index.ts';

/** How the program ends; the larger one wins. */
export const EXIT = {
  /** Nothing found, or nothing that `--fail-on` asks for. */
  clean: 0,
  found: 1,
  /** Wrong usage, a configuration with errors, or something named that could not be read or written. */
  usage: 2,
  /** A mistake of Bulkhead's own. */
  internal: 3,
} as const;

/** A mistake of whoever runs the program: it ends it with a message, and nothing else. */
export class UsageError extends Error {}

export const FAIL_ON = ['high', 'medium', 'low', 'never'] as const;
export type FailOn = (typeof FAIL_ON)[number];

/** The exit status that findings deserve. Without `failOn` any finding fails. */
export function statusOf(findings: Iterable<{ readonly severity: Severity }>, failOn: FailOn = 'low'): number {
  const failing = failOn === 'never' ? [] : FAIL_ON.slice(0, FAIL_ON.indexOf(failOn) + 1);
  for (const { severity } of findings) if (failing.includes(severity)) return EXIT.found;
  return EXIT.clean;
}
