/** Something that has the same key as something before it. */
export interface Repetition<Item> {
  readonly item: Item;
  /** The first that had the key. */
  readonly first: Item;
  readonly key: string;
}

/** What repeats the key of an item before it; those without a key repeat nothing. */
export function repetitionsAmong<Item>(
  items: Iterable<Item>,
  keyOf: (item: Item) => string | undefined,
): readonly Repetition<Item>[] {
  const firsts = new Map<string, Item>();
  const repetitions: Repetition<Item>[] = [];
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) continue;
    const first = firsts.get(key);
    if (first === undefined) firsts.set(key, item);
    else repetitions.push({ item, first, key });
  }
  return repetitions;
}
