/** Maps all of them, so many at a time; the results are in order. */
export async function mapInTurns<T, R>(
  items: readonly T[],
  atATime: number,
  map: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results = new Array<R>(items.length);
  const queue = items.map((item, index) => ({ item, index }));
  const worker = async (): Promise<void> => {
    for (let next = queue.shift(); next; next = queue.shift()) results[next.index] = await map(next.item);
  };
  await Promise.all(Array.from({ length: atATime }, worker));
  return results;
}
