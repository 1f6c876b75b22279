import type { XmlDocument } from '../../xml/document.ts';
import { isSameName, type ObjectName, type ObjectReference } from '../../xml/references/objectReference.ts';
import { referencesIn } from '../../xml/references/referencesIn.ts';
import type { HostKnowledge } from '../hostKnowledge.ts';
import { isSameObject, type ObjectAddress } from './objectAddress.ts';
import { resolveName } from './resolveName.ts';

/**
 * The places in the document that mean the object, by whichever of its names. A pool is also meant by the path of what
 * is in it.
 * @param names what is known to be the object's, for a host that is not connected
 */
export function mentionsOf(
  document: XmlDocument,
  object: { readonly names: readonly ObjectName[]; readonly addresses: readonly ObjectAddress[] },
  knowledge: HostKnowledge | undefined,
): ObjectReference[] {
  return referencesIn(document).filter((reference) => {
    if (object.names.some((name) => isSameName(name, reference.object))) return true;
    const meant = resolveName(reference.object, knowledge).map((address) =>
      reference.object.kind === 'storage' ? withPool(address) : [address],
    );
    return meant.flat().some((address) => object.addresses.some((own) => isSameObject(own, address)));
  });
}

function withPool(address: ObjectAddress): readonly ObjectAddress[] {
  return address.pool === undefined ? [address] : [address, { kind: 'pool', name: address.pool }];
}
