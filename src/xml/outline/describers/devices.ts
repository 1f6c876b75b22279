import type { XmlElement } from '../../document.ts';
import { attributeValue, childElements, childNamed } from '../../queries.ts';
import { childText, childValue, type Describers, type Description, filled, joined } from '../description.ts';
import { pciAddress } from './storage.ts';

/** The devices of a domain, but for its disks. */
export const deviceDescribers: Describers = {
  interface: (nic) => {
    const source = childNamed(nic, 'source');
    const id = childValue(nic, 'mac', 'address');
    if (id === undefined && attributeValue(nic, 'name') !== undefined) return undefined;
    const names = ['network', 'bridge', 'dev', 'path'].map((name) => source && attributeValue(source, name));
    const place = names.find((name) => filled(name) !== undefined);
    return { id, detail: joined([attributeValue(nic, 'type'), place]) };
  },
  controller: (controller) => ({
    id: joined([attributeValue(controller, 'type'), attributeValue(controller, 'index')]),
    detail: filled(attributeValue(controller, 'model')),
  }),
  graphics: (graphics) => {
    const port = filled(attributeValue(graphics, 'port'));
    const isAutomatic = attributeValue(graphics, 'autoport') === 'yes' || port === '-1';
    return { id: filled(attributeValue(graphics, 'type')), detail: isAutomatic ? 'autoport' : port };
  },
  video: (video) => ({ detail: childValue(video, 'model', 'type') }),
  channel: characterDevice,
  console: characterDevice,
  serial: characterDevice,
  parallel: characterDevice,
  hostdev: (hostdev) => ({ id: filled(attributeValue(hostdev, 'type')), detail: hostDeviceOf(hostdev) }),
  filesystem: (filesystem) => {
    const source = childNamed(filesystem, 'source');
    const names = ['dir', 'file', 'dev', 'name', 'pool'].map(
      (name) => source && attributeValue(source, name),
    );
    return {
      id: childValue(filesystem, 'target', 'dir'),
      detail: joined([
        childValue(filesystem, 'driver', 'type'),
        names.find((name) => filled(name) !== undefined),
      ]),
    };
  },
  tpm: (tpm) => ({
    detail: joined(
      [
        attributeValue(tpm, 'model'),
        joined([childValue(tpm, 'backend', 'type'), childValue(tpm, 'backend', 'version')]),
      ],
      ', ',
    ),
  }),
  watchdog: (watchdog) => ({
    detail: joined([attributeValue(watchdog, 'model'), attributeValue(watchdog, 'action')], ', '),
  }),
  rng: (rng) => ({ detail: joined([attributeValue(rng, 'model'), childText(rng, 'backend')], ', ') }),
  input: (input) => ({
    id: filled(attributeValue(input, 'type')),
    detail: filled(attributeValue(input, 'bus')),
  }),
  vsock: (vsock) => ({ detail: joined(['cid', childValue(vsock, 'cid', 'address') ?? 'auto']) }),
  address: (address) => {
    const type = attributeValue(address, 'type');
    const value = (name: string): string | undefined => attributeValue(address, name);
    if (type === 'drive') {
      return { detail: joined([type, joined(['controller', 'bus', 'target', 'unit'].map(value), ':')]) };
    }
    const isPci = type === 'pci' || type === undefined;
    return isPci ? { detail: joined([type, pciAddress(address)]) } : undefined;
  },
};

function characterDevice(device: XmlElement): Description {
  return {
    id: childValue(device, 'target', 'name') ?? childValue(device, 'target', 'port'),
    detail: filled(attributeValue(device, 'type')),
  };
}

/** A PCI address, a USB vendor and product, or else what the source names first. */
function hostDeviceOf(hostdev: XmlElement): string | undefined {
  const source = childNamed(hostdev, 'source');
  if (source === undefined) return undefined;
  const address = childNamed(source, 'address');
  const usb = joined([childValue(source, 'vendor', 'id'), childValue(source, 'product', 'id')], ':');
  if (usb !== undefined) return usb.replaceAll('0x', '');
  if (address === undefined) return childElements(source).map(({ localName }) => localName)[0];
  return pciAddress(address) ?? filled(attributeValue(address, 'uuid'));
}
