/**
 * The index of the last of several numbers in ascending order that is not above a limit; 0 if all are.
 * @param numberAt the number at an index below `count`
 */
export function lastAtOrBefore(count: number, numberAt: (index: number) => number, limit: number): number {
  let [low, high] = [0, count];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (numberAt(middle) <= limit) low = middle;
    else high = middle;
  }
  return low;
}
