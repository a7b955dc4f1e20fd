/** So many orders wait at each thread, so that it has work while the main thread is busy. */
export const DEPTH = 32;

/** What a thread of the program is given. */
export interface ThreadData {
  /** How many orders it has begun. */
  readonly begun: Int32Array;
}

/** Whether this is a thread of the bundled program, by what it was given. */
export function isThread(data: unknown): data is ThreadData {
  return typeof data === 'object' && data !== null && 'begun' in data;
}
