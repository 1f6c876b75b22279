import { readDisk } from '../../libvirt/model/disk.ts';
import { parseXml, type XmlElement } from '../../libvirt/model/element.ts';
import {
  hostDeviceName,
  readHostDevice,
  pciName,
  type HostDeviceSource,
} from '../../libvirt/model/hostDevice.ts';

/** Which device of a domain. */
export type DeviceKey =
  | { readonly kind: 'disk'; readonly target: string }
  | { readonly kind: 'interface'; readonly mac: string }
  | { readonly kind: 'hostdev'; readonly source: HostDeviceSource };

/** How people call it: `vdb`, `52:54:00:12:34:56`, `0000:3b:00.0`. */
export function deviceName(key: DeviceKey): string {
  switch (key.kind) {
    case 'disk':
      return key.target;
    case 'interface':
      return key.mac;
    case 'hostdev':
      return hostDeviceName(key.source);
  }
}

/** The device in the XML of its domain; undefined where it is not there. */
export async function findDevice(domainXml: string, key: DeviceKey): Promise<XmlElement | undefined> {
  const devices = (await parseXml(domainXml)).child('devices');
  return devices?.children(key.kind).find((element) => isDevice(element, key));
}

function isDevice(element: XmlElement, key: DeviceKey): boolean {
  switch (key.kind) {
    case 'disk':
      return readDisk(element).target === key.target;
    case 'interface':
      return element.child('mac')?.attribute('address')?.toLowerCase() === key.mac.toLowerCase();
    case 'hostdev':
      return isSameHostDevice(readHostDevice(element).source, key.source);
  }
}

/** libvirt adds to a USB device by its ids where it has found it. */
function isSameHostDevice(one: HostDeviceSource, other: HostDeviceSource): boolean {
  if (one.type === 'pci' && other.type === 'pci') return pciName(one.address) === pciName(other.address);
  if (one.type !== 'usb' || other.type !== 'usb') return false;
  const sameIds = one.vendor === other.vendor && one.product === other.product;
  const isPlaced = one.bus !== undefined && other.bus !== undefined;
  const samePlace = one.bus === other.bus && one.device === other.device;
  return isPlaced
    ? samePlace && (sameIds || one.vendor === undefined || other.vendor === undefined)
    : sameIds;
}
