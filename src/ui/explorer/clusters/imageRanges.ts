/** More rows than this are put into ranges. */
const mostTogether = 1000;
const rangeLength = 200;

/** Parts of a long list, each about as long as the others; none for a list that can be shown as it is. */
export function rangesOf<T>(rows: readonly T[]): readonly (readonly T[])[] {
  if (rows.length <= mostTogether) return [];
  const count = Math.ceil(rows.length / rangeLength);
  const length = Math.ceil(rows.length / count);
  return Array.from({ length: count }, (_, index) => rows.slice(index * length, (index + 1) * length));
}
