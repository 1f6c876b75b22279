import type { HostKnowledge, KnownGuest } from '../hostKnowledge.ts';
import type { WrittenDomain } from './writtenDomains.ts';

/** What the host can run of the architecture that the domain says, or of any; none when that is not known. */
export function guestsFor(
  { architecture }: WrittenDomain,
  knowledge: HostKnowledge | undefined,
): readonly KnownGuest[] {
  const guests = knowledge?.guests ?? [];
  return architecture === undefined ? guests : guests.filter((guest) => guest.architecture === architecture);
}
