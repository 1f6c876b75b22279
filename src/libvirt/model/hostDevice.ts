import { t } from '../../base/l10n.ts';
import type { XmlElement } from './element.ts';
import { readInteger } from './storageSource.ts';

/** Where a PCI device of the host is. */
export interface PciAddress {
  readonly domain: number;
  readonly bus: number;
  readonly slot: number;
  readonly function: number;
}

/** Which device of the host a guest has. */
export type HostDeviceSource =
  | { readonly type: 'pci'; readonly address: PciAddress }
  | {
      readonly type: 'usb';
      /** `0x1d6b`; undefined where it is named by its place alone. */
      readonly vendor: string | undefined;
      readonly product: string | undefined;
      readonly bus: number | undefined;
      readonly device: number | undefined;
    }
  /** A type this client has no fields for: `scsi`, `mdev` ... */
  | { readonly type: 'other'; readonly name: string };

/** A device of the host that a domain has for itself. */
export interface DomainHostDevice {
  readonly source: HostDeviceSource;
  /** Whether libvirt takes it from the host's driver and gives it back by itself. */
  readonly managed: boolean;
  readonly alias: string | undefined;
}

export function readHostDevice(device: XmlElement): DomainHostDevice {
  return {
    source: readHostDeviceSource(device),
    managed: device.attribute('managed') === 'yes',
    alias: device.child('alias')?.attribute('name'),
  };
}

function readHostDeviceSource(device: XmlElement): HostDeviceSource {
  const type = device.attribute('type') ?? device.attribute('mode') ?? '';
  const source = device.child('source');
  const address = source?.child('address');
  if (type === 'pci' && address) return { type, address: readPciAddress(address) };
  if (type === 'usb') {
    return {
      type,
      vendor: source?.child('vendor')?.attribute('id'),
      product: source?.child('product')?.attribute('id'),
      bus: readInteger(address?.attribute('bus')),
      device: readInteger(address?.attribute('device')),
    };
  }
  return { type: 'other', name: type };
}

/** @param address an `<address>` with hexadecimal or decimal numbers; what is left out is 0 */
export function readPciAddress(address: XmlElement): PciAddress {
  const number = (name: string): number => Number(address.attribute(name) ?? 0);
  return { domain: number('domain'), bus: number('bus'), slot: number('slot'), function: number('function') };
}

/** `0000:3b:00.0`, as lspci writes it. */
export function pciName(address: PciAddress): string {
  const hex = (value: number, digits: number): string => value.toString(16).padStart(digits, '0');
  const { domain, bus, slot } = address;
  return `${hex(domain, 4)}:${hex(bus, 2)}:${hex(slot, 2)}.${address.function}`;
}

/** How people call it: `0000:3b:00.0`, `1d6b:0002`. */
export function hostDeviceName(source: HostDeviceSource): string {
  switch (source.type) {
    case 'pci':
      return pciName(source.address);
    case 'usb': {
      const { vendor, product, bus, device } = source;
      if (vendor !== undefined && product !== undefined)
        return `${vendor.replace(/^0x/, '')}:${product.replace(/^0x/, '')}`;
      return t('bus {0} device {1}', bus ?? 0, device ?? 0);
    }
    case 'other':
      return source.name;
  }
}
