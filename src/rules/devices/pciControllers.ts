import { attributeValue } from '../../xml/queries.ts';
import { devicesNamed, isQ35, type WrittenDomain } from '../domain/writtenDomains.ts';
import { addressNumber } from './addresses.ts';

/** The slots that a PCI bus has for devices. */
export interface Slots {
  readonly first: number;
  readonly last: number;
}

const single: Slots = { first: 0, last: 0 };
const conventional: Slots = { first: 1, last: 31 };

/** By the model of the controller (libvirt's virDomainPCIAddressBusSetModel); others are not known. */
const slotsByModel: ReadonlyMap<string, Slots> = new Map([
  ['pci-root', conventional],
  ['pcie-root', conventional],
  ['pci-bridge', conventional],
  ['dmi-to-pci-bridge', { first: 0, last: 31 }],
  ['pcie-to-pci-bridge', conventional],
  ['pci-expander-bus', { first: 0, last: 31 }],
  ['pcie-switch-upstream-port', { first: 0, last: 31 }],
  ['pcie-root-port', single],
  ['pcie-switch-downstream-port', single],
]);

export interface PciBus {
  readonly model: string;
  readonly slots: Slots;
  /** libvirt adds a controller for it that is not written. */
  readonly isAdded: boolean;
}

/** The bus of that number; undefined when it is not known what it is. */
export function pciBusOf(domain: WrittenDomain, number: number): PciBus | undefined {
  const written = devicesNamed(domain, 'controller').find(
    (controller) =>
      attributeValue(controller, 'type') === 'pci' &&
      addressNumber(attributeValue(controller, 'index')) === number,
  );
  const isAdded = written === undefined;
  const model = written === undefined ? addedModel(domain, number) : attributeValue(written, 'model');
  const slots = model === undefined ? undefined : slotsByModel.get(model);
  return model === undefined || slots === undefined ? undefined : { model, slots, isAdded };
}

/** What libvirt adds for a bus that no controller makes, on the machines of PCs. */
function addedModel(domain: WrittenDomain, number: number): string | undefined {
  if (isQ35(domain)) return number === 0 ? 'pcie-root' : 'pcie-root-port';
  if (!isI440fx(domain)) return undefined;
  return number === 0 ? 'pci-root' : 'pci-bridge';
}

export function isI440fx({ machine }: WrittenDomain): boolean {
  return machine !== undefined && /^pc(?:-i440fx-.+)?$/.test(machine);
}
