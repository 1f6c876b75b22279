import type { KnownValue, ValuePlace } from '../../xml/completion/knownValues.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';

/** undefined when the host does not tell. */
export type FindValues<Knowledge = HostKnowledge> = (
  place: ValuePlace,
  knowledge: Knowledge,
) => readonly KnownValue[] | undefined;

/** By the place: `parent/element@attribute`, `element@attribute`, or without @ for the text of the element. */
export type ValueTable<Knowledge = HostKnowledge> = ReadonlyMap<string, FindValues<Knowledge>>;

/** Each value once, as it was said first. */
export function distinct(values: readonly KnownValue[]): readonly KnownValue[] {
  const byValue = new Map(values.toReversed().map((value) => [value.value, value]));
  return values.filter((value) => byValue.get(value.value) === value);
}
