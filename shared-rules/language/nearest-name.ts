/** The name most like a mistyped one; undefined where none is alike. */
export function nearestName(typed: string, names: readonly string[]): string | undefined {
  const most = Math.max(1, Math.floor(typed.length / 4));
  const near = names
    .filter((name) => Math.abs(name.length - typed.length) <= most)
    .map((name) => ({ name, distance: distanceBetween(typed.toLowerCase(), name.toLowerCase()) }))
    .filter(({ distance }) => distance <= most);
  return near.sort((a, b) => a.distance - b.distance)[0]?.name;
}

/** How many letters have to be added, left out, replaced or swapped with their neighbour to make one text of another. */
function distanceBetween(a: string, b: string): number {
  let [before, last] = [[] as number[], Array.from({ length: b.length + 1 }, (_, column) => column)];
  for (let row = 1; row <= a.length; row++) {
    const line = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const costs = [line[column - 1]! + 1, last[column]! + 1, last[column - 1]! + (isSame ? 0 : 1)];
      line.push(Math.min(...costs, ...(isSwap ? [before[column - 2]! + 1] : [])));
    }
    [before, last] = [last, line];
  }
  return last[b.length]!;
}
