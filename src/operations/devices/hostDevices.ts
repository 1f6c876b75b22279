import type { WaitOptions } from '../../base/waiting.ts';
import type { LibvirtConnection } from '../../libvirt/connection.ts';
import { pciName, type HostDeviceSource } from '../../libvirt/model/hostDevice.ts';
import {
  parseNodeDevice,
  type NodeDeviceCapability,
  type NodeDeviceModel,
  type Product,
} from '../../libvirt/model/nodeDevice.ts';
import { getNodeDeviceXml, listNodeDevices } from '../../libvirt/nodeDevices.ts';
import { ListNodeDevices } from '../../libvirt/protocol/nodeDevice.ts';
import type { NewElement } from '../../xml/writer.ts';

/** A PCI or USB device of the host that a guest could have. */
export interface GivableDevice {
  readonly source: Exclude<HostDeviceSource, { type: 'other' }>;
  /** `Intel Corporation I350 Gigabit`, else the ids. */
  readonly label: string;
  /** `0000:3b:00.0`, `bus 1 device 3` is not here: where it is. */
  readonly place: string;
  /** The kernel's driver that has it now; undefined: none. */
  readonly driver: string | undefined;
  /** What the host uses through it: `eth0`, `/dev/sdb`. */
  readonly usedAs: readonly string[];
  /** The others of its IOMMU group, which guests get together or not at all: `0000:3b:00.1`. */
  readonly companions: readonly string[];
}

type Given = NodeDeviceModel & {
  readonly capability: Extract<NodeDeviceCapability, { type: 'pci' | 'usb' }>;
};

/** Bridges of PCI. */
const bridgeClass = '0x06';
/** Hubs and root hubs of USB say so in their names; libvirt does not tell the class. */
const rootHubVendor = '0x1d6b';

/**
 * What the host has to give away. libvirt has no call for the details of all devices: each PCI and USB device, network
 * card and disk is asked for.
 */
export async function listGivableDevices(
  connection: LibvirtConnection,
  options?: WaitOptions,
): Promise<readonly GivableDevice[]> {
  const { capPciDevice, capUsbDevice, capNet, capStorage } = ListNodeDevices;
  const refs = await listNodeDevices(connection, capPciDevice | capUsbDevice | capNet | capStorage, options);
  const models = await Promise.all(
    refs.map(async (ref) => parseNodeDevice(await getNodeDeviceXml(connection, ref, options))),
  );
  return givableDevices(models);
}

/** The same of what has been read. */
export function givableDevices(models: readonly NodeDeviceModel[]): readonly GivableDevice[] {
  const given = models.filter(isGiven).filter(({ capability }) => !isInfrastructure(capability));
  return given.map((device) => ({
    source: sourceOf(device, given),
    label: labelOf(device.capability),
    place: placeOf(device.capability),
    driver: device.driver,
    usedAs: usesOf(device.name, models),
    companions: companionsOf(device.capability),
  }));
}

function isGiven(model: NodeDeviceModel): model is Given {
  return model.capability.type === 'pci' || model.capability.type === 'usb';
}

function isInfrastructure(capability: Given['capability']): boolean {
  return capability.type === 'pci'
    ? capability.class?.startsWith(bridgeClass) === true
    : capability.vendorId === rootHubVendor;
}

/** A USB device is named by what it is, so that it is found in another socket too; its twin only by where it is. */
function sourceOf({ capability }: Given, all: readonly Given[]): GivableDevice['source'] {
  if (capability.type === 'pci') return { type: 'pci', address: capability.address };
  const { vendorId: vendor, productId: product, bus, device } = capability;
  const isTwin = ({ capability: other }: Given): boolean =>
    other.type === 'usb' && other.vendorId === vendor && other.productId === product;
  return all.filter(isTwin).length > 1
    ? { type: 'usb', vendor, product, bus, device }
    : { type: 'usb', vendor, product, bus: undefined, device: undefined };
}

function labelOf(product: Product): string {
  const named = [product.vendor, product.product].filter((word) => word !== undefined);
  const ids = [product.vendorId, product.productId].map((id) => (id ?? '?').replace(/^0x/, ''));
  return named.length > 0 ? named.join(' ') : ids.join(':');
}

function placeOf(capability: Given['capability']): string {
  if (capability.type === 'pci') return pciName(capability.address);
  return `${capability.bus}-${capability.device}`;
}

/** Network cards and disks below the device, however deep. */
function usesOf(name: string, models: readonly NodeDeviceModel[]): readonly string[] {
  return models
    .filter(({ parent }) => parent === name)
    .flatMap((child) => [...useOf(child.capability), ...usesOf(child.name, models)]);
}

function useOf(capability: NodeDeviceCapability): readonly string[] {
  if (capability.type === 'net') return [capability.interface];
  return capability.type === 'storage' ? [capability.block] : [];
}

function companionsOf(capability: Given['capability']): readonly string[] {
  if (capability.type !== 'pci') return [];
  const own = pciName(capability.address);
  return capability.iommuGroup.map(pciName).filter((name) => name !== own);
}

/** The `<hostdev>` that libvirt takes: it takes the device from the host's driver and gives it back by itself. */
export function hostDeviceElement(source: GivableDevice['source']): NewElement {
  return {
    name: 'hostdev',
    attributes: { mode: 'subsystem', type: source.type, managed: 'yes' },
    children: [{ name: 'source', children: hostDeviceSource(source) }],
  };
}

function hostDeviceSource(source: GivableDevice['source']): readonly NewElement[] {
  const hex = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;
  if (source.type === 'pci') {
    const { address } = source;
    const attributes = {
      domain: hex(address.domain, 4),
      bus: hex(address.bus, 2),
      slot: hex(address.slot, 2),
      function: hex(address.function, 1),
    };
    return [{ name: 'address', attributes }];
  }
  const { vendor, product, bus, device } = source;
  return [
    ...(vendor === undefined ? [] : [{ name: 'vendor', attributes: { id: vendor } }]),
    ...(product === undefined ? [] : [{ name: 'product', attributes: { id: product } }]),
    ...(bus === undefined || device === undefined
      ? []
      : [{ name: 'address', attributes: { bus: String(bus), device: String(device) } }]),
  ];
}
