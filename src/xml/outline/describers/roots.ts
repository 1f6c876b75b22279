import type { XmlElement } from '../../document.ts';
import { attributeValue } from '../../queries.ts';
import { childText, childValue, type Describers, type Description, filled } from '../description.ts';

/** What the roots of documents are of. */
export const rootDescribers: Describers = {
  domain: namedObject,
  inactiveDomain: namedObject,
  pool: namedObject,
  volume: namedObject,
  network: (network) => ({ id: childText(network, 'name'), detail: childValue(network, 'forward', 'mode') }),
  domainsnapshot: (snapshot) => ({ id: childText(snapshot, 'name'), detail: childText(snapshot, 'state') }),
  domaincheckpoint: namedObject,
  device: namedObject,
};

function namedObject(element: XmlElement): Description | undefined {
  const id = childText(element, 'name');
  return id === undefined ? undefined : { id, detail: filled(attributeValue(element, 'type')) };
}
