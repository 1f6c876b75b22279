/** Differences beyond this are another word, however long the word is. */
const mostEdits = 4;

/**
 * The candidates that look like the word, the likest first: those that differ by case alone, then by few letters
 * inserted, left out, changed or swapped, about one in three. Candidates of one likeness keep their order.
 */
export function nearest(word: string, candidates: Iterable<string>): readonly string[] {
  const wanted = word.toLowerCase();
  const limit = Math.min(mostEdits, Math.max(1, Math.floor(wanted.length / 3)));
  const ranked: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const distance = editDistance(wanted, candidate.toLowerCase(), limit);
    if (distance <= limit) ranked.push({ candidate, distance });
  }
  return ranked.sort((a, b) => a.distance - b.distance).map(({ candidate }) => candidate);
}

/** The number of edits that make one of the other; when it is above the limit, any number above the limit. */
function editDistance(one: string, other: string, limit: number): number {
  const [a, b] = withoutCommonEnds(one, other);
  if (a === '' || b === '') return a.length + b.length;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let least = row;
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const cost = Math.min(
        costAt(last, column) + 1,
        costAt(current, column - 1) + 1,
        costAt(last, column - 1) + (isSame ? 0 : 1),
        isSwap ? costAt(beforeLast, column - 2) + 1 : Infinity,
      );
      current.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return costAt(last, b.length);
}

function withoutCommonEnds(a: string, b: string): readonly [string, string] {
  const shorter = Math.min(a.length, b.length);
  let start = 0;
  while (start < shorter && a[start] === b[start]) start++;
  let end = 0;
  while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
  return [a.slice(start, a.length - end), b.slice(start, b.length - end)];
}

function costAt(row: readonly number[], column: number): number {
  return row[column] ?? Infinity;
}
