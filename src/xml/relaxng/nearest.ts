/** Longer texts are not compared: nobody misspells them in a way that could be told. */
const maxLength = 64;

/**
 * What somebody who wrote `written` most likely meant: the only one begun so, one spelt nearly so or in another case. undefined when
 * nothing looks like it.
 */
export function nearest(written: string, options: readonly string[]): string | undefined {
  return allNearest(written, options)[0];
}

/** As {@link nearest}, all that look alike equally. */
export function allNearest(written: string, options: readonly string[]): readonly string[] {
  if (written === '' || written.length > maxLength) return [];
  const lower = written.toLowerCase();
  const completed = options.filter((option) => option.toLowerCase().startsWith(lower));
  if (completed.length === 1 && lower.length > 1) return completed;
  let near: string[] = [];
  let least = allowedDifference(lower);
  for (const option of options) {
    const difference = differenceOf(lower, option.toLowerCase());
    if (difference < least) near = [];
    if (difference <= least) near.push(option);
    least = Math.min(least, difference);
  }
  const lengthDifference = (option: string): number => Math.abs(option.length - written.length);
  return near.length > 0
    ? near.sort((a, b) => lengthDifference(a) - lengthDifference(b))
    : begunWith(lower, options);
}

/** One letter in three may be wrong, one in the shortest. */
function allowedDifference(written: string): number {
  return Math.max(1, Math.floor(written.length / 3));
}

/** The shortest option that begins with what is written, or with which it begins. */
function begunWith(written: string, options: readonly string[]): readonly string[] {
  if (written.length < 3) return [];
  return options
    .filter((option) => {
      const other = option.toLowerCase();
      return other.startsWith(written) || (other.length >= 3 && written.startsWith(other));
    })
    .sort((a, b) => a.length - b.length)
    .slice(0, 1);
}

/** How many letters are changed, added, left out or swapped with the next: the distance of Damerau. */
export function differenceOf(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > maxLength) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      let cost = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (isSwap) cost = Math.min(cost, (beforeLast[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length] ?? 0;
}
