import type { XmlElement } from '../../xml/document.ts';
import { attributeValue, childNamed } from '../../xml/queries.ts';
import { effectiveBusOf } from './diskNames.ts';

/** A number as libvirt's addresses have it: decimal, or hexadecimal behind 0x. */
export function addressNumber(text: string | undefined): number | undefined {
  if (text === undefined || !/^(?:0x[0-9a-f]{1,8}|[0-9]{1,9})$/i.test(text)) return undefined;
  return Number(/^0x/i.test(text) ? text : `${Number(text)}`);
}

export interface PciAddress {
  readonly element: XmlElement;
  readonly domain: number;
  readonly bus: number;
  readonly slot: number;
  readonly function: number;
}

/** The PCI address that the guest sees the device at; undefined when libvirt is to choose one. */
export function pciAddressOf(device: XmlElement): PciAddress | undefined {
  const element = childNamed(device, 'address');
  if (element === undefined || attributeValue(element, 'type') !== 'pci') return undefined;
  const [domain, bus, slot, fn] = ['domain', 'bus', 'slot', 'function'].map((name) => {
    const text = attributeValue(element, name);
    return text === undefined ? 0 : addressNumber(text);
  });
  if (domain === undefined || bus === undefined || slot === undefined || fn === undefined) return undefined;
  const isLeftOpen = domain === 0 && bus === 0 && slot === 0 && fn === 0;
  return isLeftOpen ? undefined : { element, domain, bus, slot, function: fn };
}

/** `0000:00:05.0`, as libvirt writes it. */
export function shownPciAddress({ domain, bus, slot, function: fn }: PciAddress): string {
  const hex = (number: number, digits: number): string => number.toString(16).padStart(digits, '0');
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${hex(fn, 1)}`;
}

/**
 * The address of a device in words, the same for the same place of the guest; undefined when it has none, or one that
 * others may have as well.
 */
export function guestAddressOf(device: XmlElement): string | undefined {
  const address = childNamed(device, 'address');
  if (address === undefined) return undefined;
  const numbers = (names: readonly string[]): string | undefined => {
    const values = names.map((name) => addressNumber(attributeValue(address, name) ?? '0'));
    return values.includes(undefined)
      ? undefined
      : names.map((name, index) => `${name} ${values[index]}`).join(', ');
  };
  switch (attributeValue(address, 'type')) {
    case 'pci': {
      const pci = pciAddressOf(device);
      return pci && `PCI ${shownPciAddress(pci)}`;
    }
    case 'drive':
      return prefixed(driveBusOf(device), numbers(['controller', 'bus', 'target', 'unit']));
    case 'virtio-serial':
      return attributeValue(address, 'port') === undefined ||
        addressNumber(attributeValue(address, 'port')) === 0
        ? undefined
        : prefixed('virtio-serial', numbers(['controller', 'bus', 'port']));
    case 'usb': {
      const port = attributeValue(address, 'port');
      const bus = addressNumber(attributeValue(address, 'bus') ?? '0');
      return port === undefined || bus === undefined ? undefined : `USB bus ${bus}, port ${port}`;
    }
    case 'ccw':
      return attributeValue(address, 'devno') === undefined
        ? undefined
        : prefixed('CCW', numbers(['cssid', 'ssid', 'devno']));
    default:
      return undefined;
  }
}

function prefixed(prefix: string | undefined, rest: string | undefined): string | undefined {
  return prefix === undefined || rest === undefined ? undefined : `${prefix}: ${rest}`;
}

/** Drives are counted for each kind of controller alone; SCSI devices of the host are on the same as SCSI disks. */
function driveBusOf(device: XmlElement): string | undefined {
  switch (device.localName) {
    case 'disk':
      return effectiveBusOf(device);
    case 'hostdev':
      return 'scsi';
    default:
      return undefined;
  }
}
