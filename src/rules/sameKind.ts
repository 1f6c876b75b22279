import type { DomainKind } from './hostKnowledge.ts';

export function isSameKind(one: DomainKind, other: DomainKind): boolean {
  return (
    one.emulator === other.emulator &&
    one.architecture === other.architecture &&
    one.machine === other.machine &&
    one.virtType === other.virtType
  );
}
