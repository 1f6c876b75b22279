import type { XmlElement } from '../../document.ts';
import { attributeValue, childElements, childrenNamed } from '../../queries.ts';
import { type Describers, type Description, filled, joined, lineOf, parentName } from '../description.ts';

/** Networks and network filters. */
export const networkDescribers: Describers = {
  ip: (ip) => (parentName(ip) === 'rule' ? undefined : { id: addressOf(ip) }),
  route: (route) => ({ id: addressOf(route), detail: filled(attributeValue(route, 'gateway')) }),
  range: (range) => ({
    detail: joined([attributeValue(range, 'start'), attributeValue(range, 'end')], ' – '),
  }),
  host,
  rule: (rule) => ({
    id: joined([attributeValue(rule, 'action'), attributeValue(rule, 'direction')]),
    detail: joined([
      ...childElements(rule).map(({ localName }) => localName),
      filled(attributeValue(rule, 'priority')),
    ]),
  }),
  filterref: (reference) => ({ id: filled(attributeValue(reference, 'filter')) }),
  vlan: (vlan) => ({
    detail: joined(
      childrenNamed(vlan, 'tag').map((tag) => attributeValue(tag, 'id')),
      ', ',
    ),
  }),
};

/** `192.168.122.1/24`. */
function addressOf(element: XmlElement): string | undefined {
  const value = (name: string): string | undefined => filled(attributeValue(element, name));
  return joined([value('address'), value('prefix') ?? value('netmask')], '/');
}

/** A host that a network gives an address or a name to. */
function host(element: XmlElement): Description | undefined {
  const value = (name: string): string | undefined => filled(attributeValue(element, name));
  switch (parentName(element)) {
    case 'dhcp':
      return {
        id: value('name') ?? value('mac') ?? value('id'),
        detail: joined([value('ip'), value('name') && value('mac')]),
      };
    case 'dns':
      return { id: value('ip'), detail: joined(childrenNamed(element, 'hostname').map(lineOf), ', ') };
    default:
      return undefined;
  }
}
