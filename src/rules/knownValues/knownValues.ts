import type { ElementView, KnownValues, ValuePlace, ValueSource } from '../../xml/completion/knownValues.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import { capabilityValues } from './capabilityValues.ts';
import { cephValues } from './cephValues.ts';
import { freshValues } from './freshValues.ts';
import { machineValues } from './machineValues.ts';
import { networkValues } from './networkValues.ts';
import type { ValueTable } from './place.ts';
import { secretValues } from './secretValues.ts';
import { storageValues } from './storageValues.ts';

const tables: readonly ValueTable[] = [storageValues, cephValues, secretValues, networkValues, machineValues];

/**
 * The values that may stand at the places of a document, for completion: the objects of the host by name, what its QEMU
 * has, and fresh ones (a UUID, a MAC address, a target) that nothing has yet.
 *
 * @param knowledge what the connected host knows; undefined when there is none
 */
export function knownValues(knowledge: HostKnowledge | undefined): ValueSource {
  return (place) => {
    const fresh = valuesFrom(freshValues, place, knowledge);
    if (knowledge === undefined || fresh !== undefined) return fresh;
    for (const table of tables) {
      const found = valuesFrom(table, place, knowledge);
      if (found !== undefined) return found;
    }
    return capabilityValues(place, knowledge);
  };
}

/** The entry of the table for the place: by the names of the element and of the one around it, or by the element's. */
function valuesFrom<Knowledge>(
  table: ValueTable<Knowledge>,
  place: ValuePlace,
  knowledge: Knowledge,
): KnownValues | undefined {
  const { element, attribute } = place;
  const suffix = attribute === undefined ? '' : `@${attribute}`;
  const find =
    table.get(`${parentName(element)}/${element.name}${suffix}`) ?? table.get(`${element.name}${suffix}`);
  const values = find?.(place, knowledge);
  return values && { values };
}

function parentName({ parent }: ElementView): string {
  return parent?.name ?? '';
}
