import type { Failure } from './finding.ts';

/** Runs a part of Bulkhead that may throw. @returns what it gives, else `otherwise` */
export type Attempt = <T>(part: string, run: () => T, otherwise: T) => T;

/** What throws costs what it would have given, and is noted once; the rest goes on. */
export function attempting(failures: Failure[]): Attempt {
  return (part, run, otherwise) => {
    if (failures.some((failure) => failure.part === part)) return otherwise;
    try {
      return run();
    } catch (error) {
      failures.push({ part, error });
      return otherwise;
    }
  };
}
