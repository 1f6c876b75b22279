import type { XmlDocument, XmlElement } from '../../xml/document.ts';
import { attributeValue } from '../../xml/queries.ts';
import { elementsNamed } from '../wholeElements.ts';
import { type IpAddress, parseIp, prefixOfNetmask, type Subnet, subnetOf } from '../../base/ipAddresses.ts';

/** An `<ip>` of a network. */
export interface WrittenSubnet {
  readonly element: XmlElement;
  readonly address: IpAddress;
  readonly subnet: Subnet;
  /** As libvirt writes it: `192.168.122.1/24`. */
  readonly shown: string;
}

/** The `<ip>`s of the network that the document is, those that say all that is needed. */
export function writtenSubnetsOf(document: XmlDocument): readonly WrittenSubnet[] {
  return elementsNamed(document, 'ip')
    .filter(({ parent }) => parent?.name === 'network' && parent.parent === undefined)
    .flatMap((element): WrittenSubnet[] => {
      const text = attributeValue(element, 'address');
      const address = text === undefined ? undefined : parseIp(text);
      const prefix = address && prefixOf(element, address);
      const subnet = address === undefined || prefix === undefined ? undefined : subnetOf(address, prefix);
      if (text === undefined || address === undefined || prefix === undefined || subnet === undefined)
        return [];
      return [{ element, address, subnet, shown: `${text}/${prefix}` }];
    });
}

/** As written, or as libvirt takes it when nothing is: by the old classes for IPv4, 64 for IPv6. */
function prefixOf(ip: XmlElement, { family, number }: IpAddress): number | undefined {
  const prefix = attributeValue(ip, 'prefix');
  if (prefix !== undefined) return /^[0-9]{1,3}$/.test(prefix) ? Number(prefix) : undefined;
  const netmask = attributeValue(ip, 'netmask');
  if (netmask !== undefined) return prefixOfNetmask(netmask);
  if (family === 6) return 64;
  const firstBits = Number(number >> 28n);
  if (firstBits < 0b1000) return 8;
  if (firstBits < 0b1100) return 16;
  return firstBits < 0b1110 ? 24 : undefined;
}
