import { parseXml, type XmlElement } from './element.ts';
import { readPciAddress, type PciAddress } from './hostDevice.ts';
import { readInteger } from './storageSource.ts';

/** A device of the host, as far as guests could have it or it says who uses another. */
export interface NodeDeviceModel {
  /** `pci_0000_3b_00_0` */
  readonly name: string;
  readonly parent: string | undefined;
  /** The kernel's driver that has it. */
  readonly driver: string | undefined;
  readonly capability: NodeDeviceCapability;
}

/** The name that its maker gives it, where the host knows it, and the ids. */
export interface Product {
  /** `0x8086` */
  readonly vendorId: string | undefined;
  readonly productId: string | undefined;
  readonly vendor: string | undefined;
  readonly product: string | undefined;
}

export type NodeDeviceCapability =
  | (Product & {
      readonly type: 'pci';
      /** `0x030000`; undefined where libvirt (before 5.8) does not tell. */
      readonly class: string | undefined;
      readonly address: PciAddress;
      /** All devices of its IOMMU group, itself too; empty where the host has no IOMMU. */
      readonly iommuGroup: readonly PciAddress[];
    })
  | (Product & { readonly type: 'usb'; readonly bus: number; readonly device: number })
  /** A network card, by its name in the kernel. */
  | { readonly type: 'net'; readonly interface: string }
  /** A disk, by its path. */
  | { readonly type: 'storage'; readonly block: string }
  | { readonly type: 'other' };

/** Reads what `getNodeDeviceXml()` gives. */
export async function parseNodeDevice(xml: string): Promise<NodeDeviceModel> {
  const device = await parseXml(xml);
  return {
    name: device.textOf('name') ?? '',
    parent: device.textOf('parent'),
    driver: device.child('driver')?.textOf('name'),
    capability: readCapability(device.child('capability')),
  };
}

function readCapability(capability: XmlElement | undefined): NodeDeviceCapability {
  const number = (name: string): number => readInteger(capability?.textOf(name)) ?? 0;
  switch (capability?.attribute('type')) {
    case 'pci':
      return {
        type: 'pci',
        ...readProduct(capability),
        class: capability.textOf('class'),
        address: {
          domain: number('domain'),
          bus: number('bus'),
          slot: number('slot'),
          function: number('function'),
        },
        iommuGroup: (capability.child('iommuGroup')?.children('address') ?? []).map(readPciAddress),
      };
    case 'usb_device':
      return { type: 'usb', ...readProduct(capability), bus: number('bus'), device: number('device') };
    case 'net':
      return { type: 'net', interface: capability.textOf('interface') ?? '' };
    case 'storage':
      return { type: 'storage', block: capability.textOf('block') ?? '' };
    default:
      return { type: 'other' };
  }
}

function readProduct(capability: XmlElement): Product {
  const [vendor, product] = [capability.child('vendor'), capability.child('product')];
  return {
    vendorId: vendor?.attribute('id'),
    productId: product?.attribute('id'),
    vendor: capability.textOf('vendor'),
    product: capability.textOf('product'),
  };
}
